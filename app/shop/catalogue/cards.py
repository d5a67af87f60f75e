"""What the card of a product says, computed from the rows that own the facts.

`services.refresh_card` writes it and `queries.wrong_cards` compares it, so neither can drift alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.foundation.database import db
from app.foundation.text import sort_key
from app.programme.models import RegisteredProduct
from app.programme.queries import category
from app.shop.catalogue.models import Listing, ListingState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.programme.models import Certificate

# The default order of lists: what can be bought first, and of it the best certified.
LISTED: Final = 5_000
IN_STOCK: Final = 2_000
A_STAR: Final = 1_000
PHOTO: Final = 500
RECOGNISED: Final = 100
# Equal products are mixed by their public id, so that no importer's order fills the first page.
MIXED: Final = 100


def card_values(product_ids: Sequence[int], *, today: date) -> dict[int, dict[str, Any]]:
    """Compute the cards of products, all but stock and rank."""
    products = db.session.scalars(
        select(RegisteredProduct)
        .where(RegisteredProduct.id.in_(product_ids))
        .options(
            joinedload(RegisteredProduct.producer),
            selectinload(RegisteredProduct.certificates),
            selectinload(RegisteredProduct.recognitions),
        )
        .execution_options(populate_existing=True)
    )
    listings = {
        listing.product_id: listing
        for listing in db.session.scalars(
            select(Listing)
            .where(Listing.product_id.in_(product_ids))
            .options(selectinload(Listing.variants), selectinload(Listing.photos))
        )
    }
    return {
        product.id: _product_part(product)
        | _star_part(product, today)
        | _offer_part(product, listings.get(product.id))
        for product in products
    }


def shown_certificate(certificates: Sequence[Certificate], *, today: date) -> Certificate | None:
    """Choose the certificate of a card.

    One valid today, with most stars; else the one that begins next; else the one that ended last.
    """
    kept = [one for one in certificates if one.revoked_on is None]
    valid = [one for one in kept if one.is_valid_on(today)]
    if valid:
        return max(valid, key=lambda one: (one.stars, one.expires_on, one.id))
    coming = [one for one in kept if one.issued_on > today]
    if coming:
        return min(coming, key=lambda one: (one.issued_on, -one.stars, one.id))
    return max(kept, key=lambda one: (one.expires_on, one.id), default=None)


def stars_on(values: Mapping[str, Any], day: date) -> int | None:
    """Tell the stars that a card shows on a day: only within the certificate's period."""
    begins, ends = values["certified_from"], values["certified_until"]
    if begins is None or ends is None or not begins <= day <= ends:
        return None
    stars: int | None = values["certified_stars"]
    return stars


def rank_of(values: Mapping[str, Any], *, today: date) -> int:
    """Place a card in the default order; more is earlier."""
    return (
        LISTED * bool(values["is_listed"])
        + IN_STOCK * bool(values["is_listed"] and values["is_in_stock"])
        + A_STAR * (stars_on(values, today) or 0)
        + PHOTO * bool(values["photo_key"])
        + RECOGNISED * bool(values["recognised_year"])
        + crc32(values["public_id"].encode()) % MIXED
    )


def _product_part(product: RegisteredProduct) -> dict[str, Any]:
    chosen = category(product.set_code)
    line = chosen.line if chosen else ()
    producer = product.producer
    return {
        "public_id": product.public_id,
        "slug": product.slug,
        "name": product.name,
        "sort_key": sort_key(product.name.in_language("vi")),
        "producer_id": product.producer_id,
        "producer_name": producer.name if producer else None,
        "producer_slug": producer.slug if producer else None,
        "province_code": product.province_code,
        "commune_code": product.commune_code,
        "set_code": product.set_code,
        "group_code": line[-2] if len(line) > 1 else product.set_code,
        "industry_code": line[0] if line else product.set_code,
    }


def _star_part(product: RegisteredProduct, today: date) -> dict[str, Any]:
    certificate = shown_certificate(product.certificates, today=today)
    recognition = max(
        product.recognitions, key=lambda one: (one.year or 0, one.stars or 0), default=None
    )
    return {
        "certified_stars": certificate.stars if certificate else None,
        "certified_from": certificate.issued_on if certificate else None,
        "certified_until": certificate.expires_on if certificate else None,
        "recognised_stars": recognition.stars if recognition else None,
        "recognised_year": recognition.year if recognition else None,
    }


def _offer_part(product: RegisteredProduct, listing: Listing | None) -> dict[str, Any]:
    variants = [one for one in listing.variants if one.is_active] if listing else []
    is_listed = bool(
        listing and listing.state is ListingState.PUBLISHED and variants and product.producer_id
    )
    first = min(variants, key=lambda one: (one.price, one.position, one.id), default=None)
    photos = listing.photos if listing and is_listed else []
    shown = first if is_listed else None
    return {
        "is_listed": is_listed,
        "variant_id": shown.id if shown else None,
        "variant_count": len(variants) if is_listed else 0,
        "variant_label": shown.label if shown else None,
        "price": shown.price if shown else None,
        "photo_key": photos[0].key if photos else None,
        "is_illustrative": product.is_illustrative
        or bool(listing and is_listed and (listing.is_illustrative or _first_is_drawn(listing))),
        "listed_at": listing.created_at if listing and is_listed else None,
    }


def _first_is_drawn(listing: Listing) -> bool:
    return bool(listing.photos and listing.photos[0].is_illustrative)
