"""The programme desk: what stands in the register of an officer's territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.foundation.actors import Permission
from app.foundation.clock import now, today
from app.foundation.dead_letters import dead_letters
from app.foundation.errors import ConflictError, InvalidInputError
from app.foundation.work import unit_of_work
from app.office.queries.register import (
    OrganisationFilter,
    ProductFilter,
    organisations,
    overview,
    products,
)
from app.office.queries.territory import provinces_of, territory_names
from app.office.services import retry_message
from app.office.views import (
    KIND_WORDS,
    certified,
    kinds,
    organisation_line,
    product_line,
    recognised,
    territory_words,
)
from app.web.access import permitted
from app.web.desks import render_desk
from app.web.identity import current_actor
from app.web.inputs import optional_number, words
from app.web.locale import language
from app.web.paging import page_links

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.foundation.paging import Page
    from app.web.paging import PageLinks

bp = Blueprint("office", __name__, url_prefix="/<lang:lang>", template_folder="templates")


@bp.get("/desk/office")
@permitted(Permission.DESK_OFFICE)
def office() -> ResponseReturnValue:
    """Count the register of the officer's territory."""
    actor = current_actor()
    counted = overview(actor, on=today())
    return render_desk(
        "office",
        "office/office.html",
        territory=territory_words(territory_names(actor), language()),
        counted=counted,
        organisation_count=sum(counted.organisations.values()),
        certified_count=sum(counted.certified.values()),
        kinds=kinds(counted),
        certified=certified(counted),
        recognised=recognised(counted),
    )


@bp.get("/desk/office/organisations")
@permitted(Permission.REGISTER_READ)
def office_organisations() -> ResponseReturnValue:
    """List the organisations of the officer's territory."""
    actor = current_actor()
    wanted = OrganisationFilter(
        words=words(request.args.get("q"), longest=200, name="q"),
        kind=_one_of({kind.value: kind for kind in KIND_WORDS}, "kind"),
        province_code=_province(),
    )
    page = organisations(actor, wanted, number=_page_number())
    return render_desk(
        "office",
        "office/organisations.html",
        territory=territory_words(territory_names(actor), language()),
        lines=[organisation_line(row, language()) for row in page.items],
        total=page.total,
        pages=_pages(page, "office.office_organisations"),
        kind_options=[(kind.value, str(label)) for kind, label in KIND_WORDS.items()],
        province_options=_province_options(),
        wanted=wanted,
    )


@bp.get("/desk/office/products")
@permitted(Permission.REGISTER_READ)
def office_products() -> ResponseReturnValue:
    """List the registered products of the officer's territory."""
    actor = current_actor()
    wanted = ProductFilter(
        words=words(request.args.get("q"), longest=200, name="q"),
        stars=_one_of({"5": 5, "4": 4, "3": 3, "0": 0}, "stars"),
        is_expiring=bool(_one_of({"1": True}, "expiring")),
        province_code=_province(),
    )
    page = products(actor, wanted, on=today(), number=_page_number())
    return render_desk(
        "office",
        "office/products.html",
        territory=territory_words(territory_names(actor), language()),
        lines=[product_line(row, language()) for row in page.items],
        total=page.total,
        pages=_pages(page, "office.office_products"),
        province_options=_province_options(),
        wanted=wanted,
    )


@bp.get("/desk/office/messages")
@permitted(Permission.MESSAGE_RETRY)
def messages() -> ResponseReturnValue:
    """List the messages that failed every attempt; what they carry may be personal and is not shown."""
    return render_desk("office", "office/messages.html", messages=dead_letters())


@bp.post("/desk/office/messages/<int:message_id>/retry")
@permitted(Permission.MESSAGE_RETRY)
def retry(message_id: int) -> ResponseReturnValue:
    """Try one dead message again."""
    try:
        with unit_of_work():
            retry_message(message_id, actor=current_actor(), now=now())
    except ConflictError:
        flash(_("This message is no longer waiting for you."), "warning")
    else:
        flash(_("The message is tried again."), "success")
    return redirect(url_for("office.messages"), code=303)


def _one_of(choices: dict[str, Any], name: str) -> Any:  # noqa: ANN401
    """Read a choice that may be left out; anything else is refused."""
    text = request.args.get(name, "")
    if not text:
        return None
    if text not in choices:
        raise InvalidInputError(field=name)
    return choices[text]


def _province() -> str:
    """Read a province's code; a foreign one simply finds nothing."""
    code = request.args.get("province", "")
    if code and not (code.isascii() and code.isdigit() and len(code) == 2):  # noqa: PLR2004
        raise InvalidInputError(field="province")
    return code


def _province_options() -> list[tuple[str, str]]:
    return [(code, name.in_language(language())) for code, name in provinces_of(current_actor())]


def _page_number() -> int:
    number = optional_number(request.args.get("page"), least=0, most=10**9, name="page")
    return 1 if number is None else number


def _pages(page: Page[Any], endpoint: str) -> PageLinks:
    """Keep the filters in the links to other pages."""
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if name != "page" and value
    }
    return page_links(page, lambda wanted: url_for(endpoint, **(kept | {"page": wanted})))
