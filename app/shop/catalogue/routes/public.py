"""Public pages of the catalogue: home, list, product, map, and the stored pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, redirect, render_template, request, url_for

from app.foundation.clock import today
from app.foundation.errors import InvalidInputError
from app.foundation.paging import NoSuchPageError, Page, offset_of
from app.foundation.slots import slot
from app.places.queries import place_name, provinces
from app.programme.queries import categories, product_by_public_id, valid_certificate
from app.programme.views import certificate_view, source_of
from app.shop.catalogue import facets, front, panels, queries
from app.shop.catalogue.forms import read_list_query
from app.shop.catalogue.offers import offer_view
from app.shop.catalogue.views import card_views, category_links, product_url, province_links
from app.vendors.views import producer_card
from app.web.access import public
from app.web.locale import language
from app.web.pictures import picture_view
from app.web.problems import problem_page
from app.web.sentences import sentence
from app.web.strangers import kept_for_strangers

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.programme.models import RegisteredProduct
    from app.shop.catalogue.supply import Supply

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
    villages, drawn = slot("home.villages"), slot("home.pictures")
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
        hero=[picture_view(key) for key in (drawn() if drawn else [])],
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
    page: Page[Any] = Page(items=rows, number=query.page, size=PAGE, total=counts.total)
    return render_template(
        "catalogue/products.html",
        query=query,
        total=counts.total,
        cards=card_views(rows, lang=lang, today=day),
        facets=panels.facets(query, counts, address, lang=lang),
        chips=panels.chips(query, address, lang=lang),
        sort_choices=panels.sort_choices(),
        parameters=address.parameters,
        page=panels.page_links(page, address),
        dropped=match.dropped if match and counts.total else "",
    )


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
    is_in_stock, related = queries.stock_and_related(found)
    listing = queries.public_listing(found.id) if found.producer_id is not None else None
    return render_template(
        "catalogue/product.html",
        product=found,
        offer=offer_view(listing, available(listing), is_in_stock=is_in_stock, lang=lang),
        certificate=certificate and certificate_view(certificate, lang=lang, on=day),
        expired=next((one for one in found.certificates if one.expires_on < day), None),
        recognitions=[(one, source_of(one.source_url)) for one in found.recognitions],
        producer=found.producer and producer_card(found.producer, lang=lang),
        origin=place_name(found.province_code, found.commune_code, lang),
        crumbs=category_crumbs(found, lang),
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
