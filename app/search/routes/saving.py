"""What every form and button of the search desk does: one unit of work, and a word on how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from app.foundation.actors import Permission
from app.foundation.clock import now
from app.foundation.errors import DomainError
from app.foundation.work import in_unit_of_work
from app.search import desk_views, services
from app.web.desks import render_desk
from app.web.identity import current_actor
from app.web.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask.typing import ResponseReturnValue

    from app.foundation.actors import Actor
    from app.search.forms import VersionedForm
    from app.web.forms import BaseForm

    Work = Callable[[Actor, datetime], object]

FORBIDDEN: Final = 403


class Versioned(Protocol):
    """What somebody else may have changed since it was read."""

    version: Any


def save(
    form: BaseForm,
    work: Work,
    again: Callable[[], str],
    endpoint: str,
    **values: Any,  # noqa: ANN401 - parts of an address
) -> ResponseReturnValue:
    """Do what a form asks and go on, or show the form again with what is wrong."""
    if not form.validate():
        return again(), 422
    refusal = _refusal(work)
    if refusal is None:
        return redirect(url_for(endpoint, **values), code=303)
    form.refuse(refusal, sentence(refusal))
    return again(), refusal.status


def press(
    work: Work,
    endpoint: str,
    **values: Any,  # noqa: ANN401 - parts of an address
) -> ResponseReturnValue:
    """Do what a button asks, go on, and say how it went."""
    refusal = _refusal(work)
    if refusal is not None:
        flash(sentence(refusal), "error")
    return redirect(url_for(endpoint, **values), code=303)


def is_overtaken(form: VersionedForm, kept: Versioned) -> bool:
    """Tell whether somebody else was faster; whoever saves again has seen what is saved now."""
    is_conflict = bool(form.version.data) and form.version.data != str(kept.version)
    if is_conflict:
        form.version.data = str(kept.version)
    return is_conflict


def render(template: str, **values: Any) -> str:  # noqa: ANN401
    """Render a page of the search desk."""
    may_change = current_actor().may(Permission.SEARCH_MANAGE, services.EVERYWHERE)
    return render_desk("office", template, tabs=desk_views.tabs(), may_change=may_change, **values)


def _refusal(work: Work) -> DomainError | None:
    """Do the work and say that it is done, or give what it was refused for."""
    actor, at = current_actor(), now()
    try:
        in_unit_of_work(lambda: work(actor, at))
    except DomainError as error:
        if error.status == FORBIDDEN:
            raise
        return error
    flash(_("Saved. It holds from now on."), "success")
    return None
