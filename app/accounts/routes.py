"""The account's own page, and where a sign-in leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.accounts import services
from app.accounts.forms import ProfileForm
from app.accounts.queries import language_of
from app.accounts.views import DeskLink
from app.foundation.slots import slot
from app.foundation.work import unit_of_work
from app.web.access import signed_in
from app.web.desks import TITLES
from app.web.identity import current_actor
from app.web.navigation import desk_links, desks_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("accounts", __name__, url_prefix="/<lang:lang>/account", template_folder="templates")


def own_desks() -> list[DeskLink]:
    """List the desks that the reader may open, each by its first page."""
    return [
        DeskLink(str(TITLES[desk]), desk_links(desk)[0].url) for desk in desks_of(current_actor())
    ]


@bp.get("/start")
@signed_in
def landing() -> ResponseReturnValue:
    """Lead whoever has just signed in to their desk, or to the account that lists several."""
    desks = own_desks()
    has_one = len(desks) == 1
    return redirect(desks[0].url if has_one else url_for("accounts.profile"), code=303)


@bp.get("")
@signed_in
def profile() -> ResponseReturnValue:
    """Show the account: name, address, language, desks, and what may be changed."""
    actor = current_actor()
    form = ProfileForm(name=actor.name, language=language_of(actor))
    return profile_page(form)


@bp.post("")
@signed_in
def change_profile() -> ResponseReturnValue:
    """Keep another name or language of letters."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return profile_page(form), 422
    with unit_of_work():
        services.change_profile(
            actor=current_actor(), name=form.name.data, language=form.language.data
        )
    flash(_("Your account is up to date."), "success")
    return redirect(url_for("accounts.profile"), code=303)


def profile_page(form: ProfileForm) -> str:
    """Render the account with the orders that an upper module keeps."""
    orders = slot("account.orders")
    user_id = current_actor().user_id
    return render_template(
        "accounts/profile.html",
        form=form,
        desks=own_desks(),
        orders=orders(user_id) if orders and user_id else [],
    )
