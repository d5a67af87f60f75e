"""Public pages of the catalogue: home and list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.foundation.clock import today
from app.foundation.errors import InvalidInputError
from app.foundation.paging import NoSuchPageError, Page, offset_of
from app.foundation.slots import slot
from app.programme.queries import categories
from app.shop.catalogue import facets, front, landings, origins, panels, queries
from app.shop.catalogue.asking import DEEPEST, Answer, Ask, answer
from app.shop.catalogue.forms import LONGEST_QUERY, read_list_query
from app.shop.catalogue.found import (
    home_data,
    is_landing,
    list_data,
    own_parameters,
)
from app.shop.catalogue.notes import search_notes, ticked
from app.shop.catalogue.nothing import instead
from app.shop.catalogue.views import card_views, category_links
from app.web.access import public
from app.web.addresses import is_page
from app.web.inputs import own_path
from app.web.locale import language
from app.web.meta import describe, hide
from app.web.paging import page_links
from app.web.partials import is_partial, vary
from app.web.problems import problem_page
from app.web.sentences import sentence, too_long
from app.web.strangers import kept_for_strangers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from flask import Response
    from flask.typing import ResponseReturnValue
    from sqlalchemy import Row

    from app.shop.catalogue.forms import ListQuery
    from app.shop.catalogue.views import ProductCard

PAGE: Final = 24
BAD_REQUEST: Final = 400
CHIPS: Final = 10
HERO_PICTURES: Final = 3
KEPT_WHEN_REFUSED: Final = (
    "exact",
    "category",
    "province",
    "star",
    "seller",
    "showroom",
    "village",
    "sort",
)

bp = Blueprint("catalogue", __name__, url_prefix="/<lang:lang>", template_folder="../templates")


@bp.get("/")
@public
@kept_for_strangers()
def home() -> str:
    """Open the market: search first, then ways in."""
    lang, day = language(), today()
    parts = front.home_parts(day)
    links = origins.province_links(parts.provinces, lang=lang)
    villages = slot("home.villages")
    describe(data=home_data())
    top = [one for one in categories() if one.parent_code is None]
    shelves = {
        name: card_views(getattr(parts, name), lang=lang, today=day) for name in front.SHELVES
    }
    return render_template(
        "catalogue/home.html",
        shelves=shelves,
        shown_first=shown_first(shelves.values()),
        industries=[
            (link, parts.industries.get(one.code, 0))
            for link, one in zip(category_links(), top, strict=True)
        ],
        groups=landings.group_links(parts.groups, lang=lang),
        map_provinces=links,
        legend=origins.legend(links),
        province_chips=sorted(links, key=lambda one: -one.count)[:CHIPS],
        total=sum(parts.provinces.values()),
        villages=villages(lang) if villages else [],
        gifts_url=page_if_any("content.gifts"),
        month=day,
    )


def shown_first(shelves: Iterable[list[ProductCard]]) -> list[ProductCard]:
    """Choose the pictures beside the search: different ones, and none twice."""
    pictures: dict[str, ProductCard] = {}
    for card in (card for shelf in shelves for card in shelf):
        if card.picture:
            pictures.setdefault(card.picture.src, card)
    chosen = list(pictures.values())[:HERO_PICTURES]
    return chosen if len(chosen) == HERO_PICTURES else []


def page_if_any(endpoint: str) -> str:
    """Link a page of a module that this shop may have; nothing where it has not."""
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


@bp.errorhandler(InvalidInputError)
def refuse(error: InvalidInputError) -> ResponseReturnValue:
    """Say what a list cannot be narrowed by, and keep what was typed in a form to mend it."""
    if request.endpoint != "catalogue.products" or isinstance(error, NoSuchPageError):
        return problem_page(error.status, sentence(error))
    hide()
    others = {
        name: value
        for name, value in request.args.items()
        if name in KEPT_WHEN_REFUSED and name != error.field
    }
    page = render_template(
        "catalogue/refused.html", message=refusal(error), others=others, asked=request.args
    )
    return page, error.status


def refusal(error: InvalidInputError) -> str:
    """Say how a filter is written where that is known, else only that it cannot be."""
    ways: dict[str, str] = {
        "price_min": _("Write a price in whole đồng, with digits only: 150000."),
        "price_max": _("Write a price in whole đồng, with digits only: 150000."),
        "star": _("Certificates give 3, 4 or 5 stars."),
        "page": _("Pages are numbered from 1."),
    }
    if len(request.args.get("q", "")) > LONGEST_QUERY:
        ways["q"] = too_long(LONGEST_QUERY)
    found = ways.get(error.field or "") if error.status == BAD_REQUEST else None
    return found or str(sentence(error))


@bp.get("/products")
@public
@kept_for_strangers(unless="q")  # what a text matches may change without a new edition
def products() -> str:
    """List and search products: the same page, narrowed by its address, or for htmx its part."""
    lang, day = language(), today()
    query = read_list_query(request.args)
    rows, found = listed(query, lang=lang, day=day)
    lead_on(query, found)
    counts = found.counts
    address = panels.Address(url_for("catalogue.products"), query.parameters(lang))
    cards = card_views(rows, lang=lang, today=day)
    describe(
        is_indexable=is_landing(query, counts.total),
        parameters=partial(own_parameters, query),
        data=list_data(cards, total=counts.total, first=(query.page - 1) * PAGE + 1),
    )
    shown = min(counts.total, DEEPEST) if query.q else counts.total
    page: Page[Any] = Page(items=rows, number=query.page, size=PAGE, total=shown)
    chips = panels.chips(query, address, lang=lang)
    notes = search_notes(query, found.notes, address) if query.q else None
    return render_template(
        "catalogue/products_part.html" if is_partial() else "catalogue/products.html",
        query=query,
        landing=landings.landing(query, counts, address, lang=lang),
        total=counts.total,
        cards=cards,
        facets=ticked(
            panels.facets(query, counts, address, lang=lang), notes.readings if notes else ()
        ),
        chips=chips,
        within=panels.within(query, lang=lang),
        sort_choices=panels.sort_choices(),
        parameters=address.parameters,
        page=page_links(page, lambda at: address.changed(page=str(at or ""))),
        notes=notes,
        highlight=found.highlight,
        instead=None if cards else instead(query, found, notes, chips, lang=lang, day=day),
    )


def lead_on(query: ListQuery, found: Answer) -> None:
    """Leave for the page that officers chose for these words, unless the reader narrows the list.

    Raises the answer that leads there.
    """
    path = own_path(found.redirect)
    if path and not is_page(path):  # a page of before
        return
    is_plain = query.page == 1 and query.is_unfiltered and not query.is_literal
    if path and is_plain and not is_partial():
        abort(redirect(path))


def listed(query: ListQuery, *, lang: str, day: date) -> tuple[Sequence[Row[Any]], Answer]:
    """Find a page of products by words, or by filters alone. Raises `NoSuchPageError`."""
    filters = query.filters()
    if query.q:
        offset = offset_of(query.page, size=PAGE, total=DEEPEST)
        found = answer(
            Ask(
                text=query.q,
                filters=filters,
                sort=query.sort,
                offset=offset,
                limit=PAGE,
                lang=lang,
                today=day,
                is_literal=query.is_literal,
            )
        )
        offset_of(query.page, size=PAGE, total=min(found.total, DEEPEST))
        return queries.rows_in_order(found.ids), found
    counts = facets.count(filters, today=day)
    offset = offset_of(query.page, size=PAGE, total=counts.total)
    if not counts.total:
        return [], Answer(counts=counts)
    rows = queries.card_rows(filters, sort=query.sort, offset=offset, limit=PAGE, today=day)
    return rows, Answer(counts=counts)


@bp.after_request
def tell_of_parts(response: Response) -> Response:
    """Let no cache give the part of a list for the whole."""
    return vary(response) if request.endpoint == "catalogue.products" else response
