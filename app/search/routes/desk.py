"""The search desk of the programme: the report of a week, and groups of words for one thing."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.foundation.actors import Permission
from app.foundation.clock import now, today
from app.foundation.errors import DomainError, InvalidInputError
from app.foundation.work import in_unit_of_work
from app.search import desk_views, log_queries, rule_queries, services
from app.search.forms import DropForm, SynonymForm
from app.web.access import permitted
from app.web.desks import render_desk
from app.web.identity import current_actor
from app.web.inputs import words
from app.web.locale import LANGUAGES
from app.web.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from app.web.forms import BaseForm

bp = Blueprint(
    "search_desk",
    __name__,
    url_prefix="/<lang:lang>/desk/office/search",
    template_folder="../templates",
)

FORBIDDEN: Final = 403
LONGEST: Final = 100
EARLIEST: Final = date(2020, 1, 6)  # before this shop


@bp.get("")
@permitted(Permission.SEARCH_MANAGE)
def report() -> str:
    """Count a week of searches."""
    begins, lang = _week(), _language()
    week = log_queries.report(begins, lang)
    last = log_queries.monday_of(today())
    return render(
        "search/desk/report.html",
        week=week,
        shares=desk_views.shares(week),
        weeks=[last - log_queries.WEEK * back for back in range(log_queries.WEEKS)],
        lang_asked=lang,
    )


@bp.get("/report.csv")
@permitted(Permission.SEARCH_MANAGE)
def report_file() -> Response:
    """Give every query of a week as a file."""
    begins, lang = _week(), _language()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["query", "language", "searches", "without result", "with a product opened"])
    writer.writerows(desk_views.csv_rows(log_queries.all_lines(begins, lang)))
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="search-{begins}.csv"'
    return answer


@bp.get("/synonyms")
@permitted(Permission.SEARCH_MANAGE)
def synonyms() -> str:
    """List the groups, with a form for another."""
    suggested = words(request.args.get("words"), longest=LONGEST, name="words")
    return synonyms_page(SynonymForm(None, words=suggested))


@bp.post("/synonyms")
@permitted(Permission.SEARCH_MANAGE)
def add_synonyms() -> ResponseReturnValue:
    """Add a group."""
    form, at = SynonymForm(), now()
    if not form.validate():
        return synonyms_page(form), 422
    return attempt(
        lambda: services.add_synonyms(
            form.lines, note=form.note.data or "", actor=current_actor(), now=at
        ),
        form,
        lambda: synonyms_page(form),
        "search_desk.synonyms",
    )


@bp.get("/synonyms/<int:group_id>")
@permitted(Permission.SEARCH_MANAGE)
def synonym(group_id: int) -> str:
    """Open a group to change it."""
    group = rule_queries.synonym_group(group_id) or abort(404)
    return synonym_page(
        group_id,
        SynonymForm(
            None, words="\n".join(group.words), note=group.note, version=str(group.version)
        ),
    )


@bp.post("/synonyms/<int:group_id>")
@permitted(Permission.SEARCH_MANAGE)
def change_synonyms(group_id: int) -> ResponseReturnValue:
    """Save a group."""
    form, at = SynonymForm(), now()
    if rule_queries.synonym_group(group_id) is None:
        abort(404)
    if not form.validate():
        return synonym_page(group_id, form), 422

    def work() -> None:
        services.change_synonyms(
            rule_queries.synonym_group(group_id) or abort(404),
            form.lines,
            note=form.note.data or "",
            version=form.read_version,
            actor=current_actor(),
            now=at,
        )

    return attempt(work, form, lambda: synonym_page(group_id, form), "search_desk.synonyms")


@bp.post("/synonyms/<int:group_id>/use")
@permitted(Permission.SEARCH_MANAGE)
def use_synonyms(group_id: int) -> ResponseReturnValue:
    """Retire a group, or use it again."""
    form, at = DropForm(), now()
    is_active = request.form.get("wanted") == "use"

    def work() -> None:
        services.use_synonyms(
            rule_queries.synonym_group(group_id) or abort(404),
            is_active=is_active,
            version=form.read_version,
            actor=current_actor(),
            now=at,
        )

    return attempt_or_flash(work, "search_desk.synonyms")


def synonyms_page(form: SynonymForm) -> str:
    """Render the groups."""
    return render("search/desk/synonyms.html", form=form, groups=rule_queries.synonym_groups())


def synonym_page(group_id: int, form: SynonymForm) -> str:
    """Render one group, and what is saved now when somebody else was faster."""
    group = rule_queries.synonym_group(group_id) or abort(404)
    is_conflict = bool(form.version.data) and form.version.data != str(group.version)
    if is_conflict:
        form.version.data = str(group.version)  # whoever saves again has seen what is saved now
    return render("search/desk/synonym.html", form=form, group=group, is_conflict=is_conflict)


def render(template: str, **values: Any) -> str:  # noqa: ANN401
    """Render a page of the search desk."""
    may_change = current_actor().may(Permission.SEARCH_MANAGE, services.EVERYWHERE)
    return render_desk("office", template, tabs=desk_views.tabs(), may_change=may_change, **values)


def attempt(
    work: Callable[[], object],
    form: BaseForm,
    again: Callable[[], str],
    endpoint: str,
    **values: Any,  # noqa: ANN401 - parts of an address
) -> ResponseReturnValue:
    """Do what a form asks in one unit and go on, or show the form again with what is wrong."""
    try:
        in_unit_of_work(work)
    except DomainError as error:
        if error.status == FORBIDDEN:
            raise
        form.refuse(error, sentence(error))
        return again(), error.status
    flash(_("Saved. It holds from now on."), "success")
    return redirect(url_for(endpoint, **values), code=303)


def attempt_or_flash(
    work: Callable[[], object],
    endpoint: str,
    **values: Any,  # noqa: ANN401 - parts of an address
) -> ResponseReturnValue:
    """Do what a button asks in one unit, and say how it went."""
    try:
        in_unit_of_work(work)
    except DomainError as error:
        if error.status == FORBIDDEN:
            raise
        flash(sentence(error), "error")
    else:
        flash(_("Saved. It holds from now on."), "success")
    return redirect(url_for(endpoint, **values), code=303)


def _week() -> date:
    """Read the week that is wanted, this one when none is. Raises `InvalidInputError`."""
    text = request.args.get("week", "")
    if not text:
        return log_queries.monday_of(today())
    try:
        day = date.fromisoformat(text[:10])
    except ValueError as error:
        raise InvalidInputError(field="week") from error
    if not EARLIEST <= day <= today():
        raise InvalidInputError(field="week")
    return log_queries.monday_of(day)


def _language() -> str:
    lang = request.args.get("language", "")
    if lang and lang not in LANGUAGES:
        raise InvalidInputError(field="language")
    return lang
