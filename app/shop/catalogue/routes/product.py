"""The page of one product, its parts that are fetched alone, and the pages of lots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from flask import abort, make_response, redirect, render_template, request, url_for

from app.foundation.clock import today
from app.foundation.errors import InvalidInputError
from app.foundation.slots import slot
from app.places.queries import code_of_slug, place_name, province_by_slug
from app.programme.queries import categories, category, product_by_public_id, valid_certificate
from app.programme.views import certificate_view, source_of
from app.shop.catalogue import lots as lot_parts
from app.shop.catalogue import sheet
from app.shop.catalogue.offers import offer_view
from app.shop.catalogue.origin import delivery_view, origin_view, province_choices
from app.shop.catalogue.routes.public import bp
from app.shop.catalogue.sharing import describe_product
from app.shop.catalogue.views import card_view, card_views, product_url, rating_words
from app.vendors.views import producer_card
from app.web.access import public
from app.web.cookies import keep
from app.web.inputs import optional_number, words
from app.web.locale import language
from app.web.sharing import share_links

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.programme.models import RegisteredProduct
    from app.shop.catalogue.offers import Offer
    from app.shop.catalogue.supply import Supply

REMEMBERED: Final = (
    "to"  # the province that a reader last asked a delivery for; a preference, no more
)
HALF_A_YEAR: Final = 182 * 24 * 3_600
CRAFTS: Final = "IV"
MOST_SEEN: Final = 12
PUBLIC_ID: Final = re.compile(r"[0-9a-z]{1,12}")


@bp.get("/products/<path>")
@public
def product(path: str) -> ResponseReturnValue:
    """Show one product of the register, sold here or not."""
    slug, _dash, public_id = path.rpartition("-")
    found = product_by_public_id(public_id) or abort(404)
    if slug != found.slug:
        return redirect(product_url(found.slug, found.public_id), code=301)
    lang, day = language(), today()
    cards = sheet.cards_beside(found)
    own = cards.own
    offer, newest = offered(found, is_in_stock=bool(own and own.is_in_stock), lang=lang)
    valid = valid_certificate(found, on=day)
    certificate = certificate_view(valid, lang=lang, on=day) if valid else None
    producer = producer_card(found.producer, lang=lang) if found.producer else None
    crumbs = category_crumbs(found, lang)
    places = beside(found, lang)
    describe_product(
        found, own, offer=offer, certificate=certificate, producer=producer, crumbs=crumbs
    )
    page = render_template(
        "catalogue/product.html",
        product=found,
        offer=offer,
        delivery=offer and delivery_view(found, offer.first, asked_to(), lang=lang, on=day),
        provinces=province_choices(lang) if offer else [],
        certificate=certificate,
        expired=next((one for one in found.certificates if one.expires_on < day), None),
        recognitions=[(one, source_of(one.source_url)) for one in found.recognitions],
        producer=producer,
        of_producer=own.of_producer if own else 0,
        place=place_name(found.province_code, found.commune_code, lang),
        origin=origin_view(found, lang),
        crumbs=crumbs,
        is_craft=is_of(found, CRAFTS),
        rating=rating_words(own.rating_total, own.rating_count) if own else "",
        rating_count=own.rating_count if own else 0,
        lots=lot_parts.lot_lines(newest),
        related=card_views(cards.related, lang=lang, today=day),
        together=card_views(cards.together, lang=lang, today=day),
        pick_up=[one for one in places if getattr(one, "is_pick_up", False)],
        beside=[one for one in places if not getattr(one, "is_pick_up", False)],
        share=share_links(product_url(found.slug, found.public_id), found.name.in_language(lang)),
    )
    return remembered(make_response(page))


@bp.get("/products/<path>/delivery")
@public
def delivery(path: str) -> ResponseReturnValue:
    """Answer what sending a size to a province would cost, as a part of the product's page.

    Raises `InvalidInputError` for a province that is not.
    """
    found = product_by_public_id(path.rpartition("-")[2]) or abort(404)
    code_of_slug(request.args.get("to", ""))
    lang = language()
    offer, _lots = offered(found, is_in_stock=True, lang=lang)
    if offer is None:
        abort(404)
    number = optional_number(request.args.get("variant_id"), least=1, most=2**53, name="variant_id")
    view = delivery_view(found, offer.choice(number), asked_to(), lang=lang, on=today())
    return remembered(make_response(render_template("catalogue/_estimate.html", delivery=view)))


@bp.get("/products/seen")
@public
def seen() -> str:
    """Draw the cards of products that a browser remembers; the server remembers nothing of it.

    Raises `InvalidInputError` for more than twelve, or what is no product's public id.
    """
    ids = [one for one in request.args.get("ids", "").split(",", MOST_SEEN + 1) if one]
    if len(ids) > MOST_SEEN or not all(PUBLIC_ID.fullmatch(one) for one in ids):
        raise InvalidInputError(field="ids")
    rows = sheet.seen_cards(list(dict.fromkeys(ids)))
    return render_template(
        "catalogue/_cards.html", cards=card_views(rows, lang=language(), today=today())
    )


@bp.get("/lots")
@public
def lots() -> ResponseReturnValue:
    """Ask for the code on a label, and lead to its lot. Raises `InvalidInputError`."""
    typed = words(request.args.get("code"), longest=60, name="code")
    code = lot_parts.plain_code(typed)
    if code:
        return redirect(url_for("catalogue.lot", code=code), code=302)
    return render_template("catalogue/lots.html", typed=typed, is_unknown=bool(typed))


@bp.get("/lots/<code>")
@public
def lot(code: str) -> ResponseReturnValue:
    """Show the way of one lot; a code that nobody knows gets help and no guess."""
    plain = lot_parts.plain_code(code)
    found = sheet.lot_with_card(plain) if plain else None
    if found is None:
        return render_template("catalogue/lots.html", typed=code[:60], is_unknown=True), 404
    if plain != code:
        return redirect(url_for("catalogue.lot", code=plain), code=301)
    day = today()
    return render_template(
        "catalogue/lot.html",
        lot=lot_parts.lot_view(found[0], on=day),
        card=card_view(found[1], lang=language(), today=day),
    )


def offered(
    found: RegisteredProduct, *, is_in_stock: bool, lang: str
) -> tuple[Offer | None, list[Any]]:
    """Prepare what can be bought of a product, with its newest lots."""
    if found.producer_id is None:
        return None, []
    listing, newest = sheet.listing_and_lots(found.id)
    view = offer_view(listing, available(listing), is_in_stock=is_in_stock, lang=lang)
    return view, newest


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


def is_of(found: RegisteredProduct, industry: str) -> bool:
    """Whether a product belongs to an industry of Annex I."""
    chosen = category(found.set_code)
    return chosen is not None and chosen.line[0] == industry


def asked_to() -> str:
    """Tell the province that a delivery is asked for: in the address, else as remembered."""
    return request.args.get(REMEMBERED) or request.cookies.get(REMEMBERED, "")


def remembered(response: Response) -> Response:
    """Let the browser keep the province that was just asked for, when there is such a one."""
    asked = request.args.get(REMEMBERED, "")
    if province_by_slug(asked):
        keep(response, REMEMBERED, asked, seconds=HALF_A_YEAR)
    return response
