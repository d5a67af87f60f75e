"""Public pages of the catalogue: home, list and product."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.foundation.clock import today
from app.foundation.errors import InvalidInputError
from app.foundation.paging import NoSuchPageError, Page, offset_of
from app.foundation.slots import slot
from app.places.queries import place_name
from app.programme.queries import categories, product_by_public_id, valid_certificate
from app.programme.views import certificate_view, source_of
from app.shop.catalogue import facets, front, landings, origins, panels, queries
from app.shop.catalogue.forms import read_list_query
from app.shop.catalogue.found import (
    home_data,
    is_landing,
    list_data,
    own_parameters,
)
from app.shop.catalogue.offers import offer_view
from app.shop.catalogue.sharing import describe_product
from app.shop.catalogue.views import card_views, category_links, product_url
from app.vendors.views import producer_card
from app.web.access import public
from app.web.locale import language
from app.web.meta import describe, hide
from app.web.partials import is_partial, vary
from app.web.problems import problem_page
from app.web.sentences import sentence
from app.web.strangers import kept_for_strangers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.programme.models import RegisteredProduct
    from app.shop.catalogue.supply import Supply
    from app.shop.catalogue.views import ProductCard

PAGE: Final = 24
BAD_REQUEST: Final = 400
CHIPS: Final = 10
HERO_PICTURES: Final = 3
KEPT_WHEN_REFUSED: Final = ("category", "province", "star", "seller", "sort")

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
        month=day.month,
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
    found = ways.get(error.field or "") if error.status == BAD_REQUEST else None
    return found or str(sentence(error))


@bp.get("/products")
@public
@kept_for_strangers(unless="q")  # what a text matches may change without a new edition
def products() -> str:
    """List and search products: the same page, narrowed by its address, or for htmx its part."""
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
        "catalogue/products_part.html" if is_partial() else "catalogue/products.html",
        query=query,
        landing=landings.landing(query, counts, address, lang=lang),
        total=counts.total,
        cards=cards,
        facets=panels.facets(query, counts, address, lang=lang),
        chips=panels.chips(query, address, lang=lang),
        sort_choices=panels.sort_choices(),
        parameters=address.parameters,
        page=panels.page_links(page, address),
        dropped=match.dropped if match and counts.total else "",
    )


@bp.after_request
def tell_of_parts(response: Response) -> Response:
    """Let no cache give the part of a list for the whole."""
    return vary(response) if request.endpoint == "catalogue.products" else response


@bp.get("/products/<path>")
@public
def product(path: str) -> ResponseReturnValue:
    """Show one product of the register, sold here or not."""
    slug, _dash, public_id = path.rpartition("-")
    found = product_by_public_id(public_id) or abort(404)
    if slug != found.slug:
        return redirect(product_url(found.slug, found.public_id), code=301)
    lang, day = language(), today()
    certificate = valid_certificate(found, on=day)
    own, related = queries.card_and_related(found)
    listing = queries.public_listing(found.id) if found.producer_id is not None else None
    offer = offer_view(
        listing, available(listing), is_in_stock=bool(own and own.is_in_stock), lang=lang
    )
    certified = certificate_view(certificate, lang=lang, on=day) if certificate else None
    producer = producer_card(found.producer, lang=lang) if found.producer else None
    crumbs = category_crumbs(found, lang)
    describe_product(
        found, own, offer=offer, certificate=certified, producer=producer, crumbs=crumbs
    )
    return render_template(
        "catalogue/product.html",
        product=found,
        offer=offer,
        certificate=certified,
        expired=next((one for one in found.certificates if one.expires_on < day), None),
        recognitions=[(one, source_of(one.source_url)) for one in found.recognitions],
        producer=producer,
        origin=place_name(found.province_code, found.commune_code, lang),
        crumbs=crumbs,
        related=card_views(related, lang=lang, today=day),
        beside=beside(found, lang),
    )


def available(listing: Any) -> dict[int, Supply] | None:  # noqa: ANN401
    """Ask the ledger what of each variant a cart may take; none where nobody keeps one."""
    ledger = slot("product.available")
    if ledger is None or listing is None:
        return None
    return dict(ledger([one.id for one in listing.variants]))


def beside(found: RegisteredProduct, lang: str) -> list[Any]:
    """Ask upper modules for villages and showrooms near a product."""
    near = slot("product.beside")
    if near is None:
        return []
    return list(near(found.id, found.province_code, found.commune_code, lang))


def category_crumbs(found: RegisteredProduct, lang: str) -> list[tuple[str, str]]:
    """Lead from the industry down to the product's set."""
    by_code = {one.code: one for one in categories()}
    line = by_code[found.set_code].line if found.set_code in by_code else ()
    base = url_for("catalogue.products")
    return [
        (
            by_code[code].label.in_language(lang),
            f"{base}?category={by_code[code].slug.in_language(lang)}",
        )
        for code in line
    ]
