"""Public pages of the catalogue: home, list and map."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, render_template, request, url_for

from app.foundation.clock import today
from app.foundation.errors import InvalidInputError
from app.foundation.paging import NoSuchPageError, Page, offset_of
from app.foundation.slots import slot
from app.places.queries import provinces
from app.programme.queries import categories
from app.shop.catalogue import facets, front, panels, queries
from app.shop.catalogue.forms import read_list_query
from app.shop.catalogue.found import (
    home_data,
    is_landing,
    list_data,
    own_parameters,
)
from app.shop.catalogue.views import card_views, category_links, province_links
from app.web.access import public
from app.web.locale import language
from app.web.meta import describe, hide
from app.web.problems import problem_page
from app.web.sentences import sentence
from app.web.strangers import kept_for_strangers

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PAGE: Final = 24
CHIPS: Final = 10
KEPT_WHEN_REFUSED: Final = ("category", "province", "star", "seller", "sort")

bp = Blueprint("catalogue", __name__, url_prefix="/<lang:lang>", template_folder="../templates")


@bp.get("/")
@public
@kept_for_strangers()
def home() -> str:
    """Open the market: search first, then ways in."""
    lang, day = language(), today()
    parts = front.home_parts(day)
    links = province_links(provinces(), parts.provinces, lang=lang)
    villages = slot("home.villages")
    describe(data=home_data())
    top = [one for one in categories() if one.parent_code is None]
    return render_template(
        "catalogue/home.html",
        newly=card_views(parts.newly, lang=lang, today=day),
        friendly=card_views(parts.friendly, lang=lang, today=day),
        industries=[
            (link, parts.industries.get(one.code, 0))
            for link, one in zip(category_links(), top, strict=True)
        ],
        map_provinces=links,
        province_chips=sorted(links, key=lambda one: -one.count)[:CHIPS],
        total=sum(parts.provinces.values()),
        villages=villages(lang) if villages else [],
    )


@bp.get("/map")
@public
def map_page() -> ResponseReturnValue:
    """Show where the products come from."""
    counts = front.home_parts(today()).provinces
    links = province_links(provinces(), counts, lang=language())
    return render_template("catalogue/map.html", map_provinces=links, total=sum(counts.values()))


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
        "catalogue/refused.html", message=sentence(error), others=others, asked=request.args
    )
    return page, error.status


@bp.get("/products")
@public
@kept_for_strangers(unless="q")  # what a text matches may change without a new edition
def products() -> str:
    """List and search products: the same page, narrowed by its address."""
    lang, day = language(), today()
    query = read_list_query(request.args)
    match = queries.match_text(query.q) if query.q else None
    filters = query.filters(match.ids if match else None)
    counts = facets.count(filters, today=day)
    offset = offset_of(query.page, size=PAGE, total=counts.total)
    rows = queries.card_rows(
        filters, sort=query.sort, offset=offset, limit=PAGE, today=day, total=counts.total
    )
    address = panels.Address(url_for("catalogue.products"), query.parameters(lang))
    cards = card_views(rows, lang=lang, today=day)
    describe(
        is_indexable=is_landing(query, counts.total),
        parameters=partial(own_parameters, query),
        data=list_data(cards, total=counts.total, first=offset + 1),
    )
    page: Page[Any] = Page(items=rows, number=query.page, size=PAGE, total=counts.total)
    return render_template(
        "catalogue/products.html",
        query=query,
        total=counts.total,
        cards=cards,
        facets=panels.facets(query, counts, address, lang=lang),
        chips=panels.chips(query, address, lang=lang),
        sort_choices=panels.sort_choices(),
        parameters=address.parameters,
        page=panels.page_links(page, address),
        dropped=match.dropped if match and counts.total else "",
    )
