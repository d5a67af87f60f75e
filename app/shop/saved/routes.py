"""Pages of what is saved: the wish list, kept by a cookie or an account, and products side by side."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.work import in_unit_of_work
from app.shop.catalogue.queries import card_by_public_id
from app.shop.saved import queries, services
from app.shop.saved.panels import MOST, comparison
from app.shop.saved.views import wish_views
from app.web.access import public
from app.web.cookies import forget, keep
from app.web.identity import current_actor
from app.web.inputs import own_path
from app.web.limits import limit
from app.web.locale import language
from app.web.problems import problem_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from flask.typing import ResponseReturnValue
    from sqlalchemy import Row
    from werkzeug.wrappers import Response

    from app.shop.saved.models import WishList

    Change = Callable[[WishList, Row[Any]], bool]

COOKIE: Final = "wishes"
# How many are kept, for the script that draws the badge: kept pages are the same for everybody.
COUNT: Final = "wish_count"
MOST_PRESSED: Final = "60 per minute; 2000 per day"  # a stranger's press may begin a list (S44)
HALF_A_YEAR: Final = 180 * 24 * 3_600
LONGEST_TOKEN: Final = 40
LONGEST_IDS: Final = 200
_ID: Final = re.compile(r"[0-9a-z]{1,12}")

bp = Blueprint("saved", __name__, url_prefix="/<lang:lang>", template_folder="templates")


def wish_token() -> str | None:
    """Give the token in the cookie, if it looks like one of ours."""
    token = request.cookies.get(COOKIE, "")
    return token if token.isascii() and token.isalnum() and len(token) <= LONGEST_TOKEN else None


@bp.get("/wishes")
@public
def wishes() -> str:
    """Show what was kept, and what has changed since."""
    rows = queries.wishes(wish_token(), current_actor().user_id)
    return render_template(
        "saved/wishes.html",
        wishes=wish_views(rows, lang=language(), today=clock.today()),
        most=services.MOST,
    )


@bp.get("/wishes/ids")
@public
def ids() -> ResponseReturnValue:
    """Name what was kept, for the script that fills the hearts of pages kept for everybody."""
    found = queries.wished_ids(wish_token(), current_actor().user_id)
    return count_in_cookie(jsonify(ids=found), len(found))


@bp.post("/wishes/add")
@public
@limit(MOST_PRESSED)
def add() -> ResponseReturnValue:
    """Keep a product."""
    now = clock.now()

    def keep(wish_list: WishList, card: Row[Any]) -> bool:
        services.keep_product(wish_list, card, now)
        return True

    return changed(keep)


@bp.post("/wishes/remove")
@public
@limit(MOST_PRESSED)
def remove() -> ResponseReturnValue:
    """Take a product off the list."""

    def drop(wish_list: WishList, card: Row[Any]) -> bool:
        services.drop_product(wish_list, card.product_id)
        return False

    return changed(drop)


@bp.post("/wishes/toggle")
@public
@limit(MOST_PRESSED)
def toggle() -> ResponseReturnValue:
    """Keep a product, or take it off: what the heart does where no script tells which."""
    now = clock.now()
    return changed(lambda wish_list, card: services.toggle_product(wish_list, card, now))


@bp.get("/compare")
@public
def compare() -> str:
    """Put up to four products side by side; the address is all that is kept."""
    return render_template(
        "saved/compare.html",
        it=comparison(asked_ids(), lang=language(), today=clock.today()),
        most=MOST,
    )


def asked_ids() -> list[str]:
    """Read the products asked for, each once; what can be none of ours is left out."""
    said = request.args.get("ids", "")[:LONGEST_IDS].split(",")
    return [one for one in dict.fromkeys(said) if _ID.fullmatch(one)]


def changed(change: Change) -> ResponseReturnValue:
    """Change the reader's own list, and go back to where they were; a script gets the new state."""
    public_id = request.form.get("product_id", "")
    rows = card_by_public_id(public_id) if _ID.fullmatch(public_id) else ()
    if not rows:
        return problem_page(404, _("There is no such product here."))
    [card] = rows
    token, user_id, now = wish_token(), current_actor().user_id, clock.now()

    def work() -> tuple[bool, int, str | None]:
        wish_list = services.list_for(token, user_id, now)
        is_kept = change(wish_list, card)
        return is_kept, services.count_items(wish_list), wish_list.token

    is_kept, count, own_token = in_unit_of_work(work)
    response: Response
    if request.accept_mimetypes.best == "application/json":
        response = jsonify(is_kept=is_kept, count=count)
    else:
        said = _("It is on your wish list now.") if is_kept else _("It is off your wish list.")
        flash(said, "success")
        target = own_path(request.form.get("next")) or url_for("saved.wishes")
        response = redirect(target, code=303)
    return remember(count_in_cookie(response, count), own_token)


def remember(response: Response, token: str | None) -> Response:
    """Keep a stranger's token in a cookie of its own; a member needs none."""
    if token is not None:
        keep(response, COOKIE, token, seconds=HALF_A_YEAR)
    elif COOKIE in request.cookies:
        forget(response, COOKIE)
    return response


def count_in_cookie(response: Response, count: int) -> Response:
    """Tell the script how many are kept; a number is no secret, so it may read it."""
    if count:
        keep(response, COUNT, str(count), seconds=HALF_A_YEAR, is_for_scripts=True)
    elif COUNT in request.cookies:
        forget(response, COUNT)
    return response


def follow_session(response: Response, user_id: int | None) -> None:
    """Answer the slot `account.session_changed`: a stranger's list joins the member's who signs in.

    A sign-in never fails for it: what could not be joined is shown all the same, and joined later.
    """
    if user_id is None:
        count_in_cookie(response, 0)
        return
    token, now = wish_token(), clock.now()
    if token is None:
        count_in_cookie(response, len(queries.wished_ids(None, user_id)))
        return
    with suppress(DomainError):
        count = in_unit_of_work(lambda: services.join_lists(token, user_id, now))
        remember(count_in_cookie(response, count), None)
