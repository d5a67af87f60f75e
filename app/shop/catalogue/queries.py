"""Reading the catalogue: rows of named columns for lists, entities for one product's page."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row, func, select, type_coerce

from app.foundation.database import UtcDateTime, by_name, db
from app.foundation.kept import Kept
from app.foundation.text import fold
from app.programme.models import Certificate, RegisteredProduct
from app.shop.catalogue import cards
from app.shop.catalogue.facets import among, as_dong, conditions
from app.shop.catalogue.models import Listing, ListingState, ProductCard, Variant
from app.shop.catalogue.narrowing import Sort
from app.vendors.models import Producer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.foundation.localized import LocalizedText
    from app.foundation.money import Money
    from app.shop.catalogue.narrowing import Filters

CARD: Final = tuple(ProductCard.__table__.columns)
WORDS: Final = 16
MOST_NAMES: Final = 20_000
BATCH: Final = 500
# Derived of other derived values or counted up: not a fact that a card could get wrong.
NOT_COMPARED: Final = frozenset({"certified_stars", "certified_from", "certified_until"})

_names: Final[Kept[tuple[tuple[int, str], ...]]] = Kept(most=1, seconds=120)
_one_at_a_time: Final = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class SellableVariant:
    """A variant as a basket and an order need it; the stars are those valid on the day asked."""

    variant_id: int
    listing_id: int
    product_id: int
    public_id: str
    slug: str
    producer_id: int
    producer_name: LocalizedText
    producer_slug: str
    province_code: str
    name: LocalizedText
    label: LocalizedText
    sku: str
    price: Money
    weight_grams: int
    photo_key: str | None
    is_illustrative: bool
    stars: int | None
    certificate_serial: str | None
    is_sellable: bool


def ids_by_name(text: str) -> tuple[int, ...]:
    """Compare names and producers word by word, best known first; what a shop without search does.

    Folding all names takes a while, so they are kept for two minutes, and the best known only.
    """
    words = fold(text).split()[:WORDS]
    with _one_at_a_time:
        names = _names.get("all", _folded_names)
    return tuple(
        product_id for product_id, folded in names if all(word in folded for word in words)
    )


def _folded_names() -> tuple[tuple[int, str], ...]:
    rows = db.session.execute(
        select(ProductCard.product_id, ProductCard.name, ProductCard.producer_name)
        .order_by(ProductCard.rank.desc(), ProductCard.product_id)
        .limit(MOST_NAMES)
    )
    return tuple(
        (product_id, fold(" ".join([*name.values(), *(producer or {}).values()])))
        for product_id, name, producer in rows
    )


def ids_within(filters: Filters, *, today: date) -> tuple[int, ...]:
    """List the products that filters leave."""
    wanted = conditions(filters, today=today)
    return tuple(db.session.scalars(select(ProductCard.product_id).where(*wanted)))


def card_rows(
    filters: Filters, *, sort: Sort, offset: int, limit: int, today: date, total: int | None = None
) -> Sequence[Row[Any]]:
    """List a page of cards; a text's matches stand in their own order unless another is asked.

    `total` is what `facets.count` counted: when it is all that matched, no filter is asked again.
    """
    in_their_order = sort is Sort.RELEVANCE and filters.matched is not None
    if in_their_order and filters.matched and total == len(filters.matched):
        return rows_in_order(filters.matched[offset : offset + limit])
    wanted = conditions(filters, today=today)
    if in_their_order and filters.matched is not None:
        left = set(db.session.scalars(select(ProductCard.product_id).where(*wanted)))
        ids = [one for one in filters.matched if one in left][offset : offset + limit]
        return rows_in_order(ids)
    statement = select(*CARD).where(*wanted).order_by(*_order(sort))
    return db.session.execute(statement.offset(offset).limit(limit)).all()


def rows_in_order(product_ids: Sequence[int]) -> list[Row[Any]]:
    """Read cards by number, in the order of the numbers."""
    if not product_ids:
        return []
    statement = select(*CARD).where(ProductCard.product_id.in_(product_ids))
    found = {row.product_id: row for row in db.session.execute(statement)}
    return [found[one] for one in product_ids if one in found]


def cards_of(
    product_ids: Sequence[int] | None = None,
    *,
    producer_id: int | None = None,
    commune_code: str | None = None,
    province_code: str | None = None,
    limit: int = 24,
) -> Sequence[Row[Any]]:
    """List the cards of chosen products, of a producer or of a place, in the default order."""
    statement = select(*CARD).order_by(*_order(Sort.RELEVANCE)).limit(limit)
    if product_ids is not None:
        statement = statement.where(among(ProductCard.product_id, product_ids))
    if producer_id is not None:
        statement = statement.where(ProductCard.producer_id == producer_id)
    if commune_code is not None:
        statement = statement.where(ProductCard.commune_code == commune_code)
    if province_code is not None:
        statement = statement.where(ProductCard.province_code == province_code)
    return db.session.execute(statement).all()


def card_by_public_id(public_id: str) -> Sequence[Row[Any]]:
    """Find the card of a product by the id in its address: one row, or none."""
    return db.session.execute(select(*CARD).where(ProductCard.public_id == public_id)).all()


def product_ids_of(producer_id: int) -> list[int]:
    """List the products of a producer by number."""
    return list(
        db.session.scalars(
            select(ProductCard.product_id)
            .where(ProductCard.producer_id == producer_id)
            .order_by(ProductCard.product_id)
        )
    )


def product_count() -> int:
    """Count the products that have a page."""
    return db.session.scalar(select(func.count()).select_from(ProductCard)) or 0


def product_addresses(offset: int, limit: int) -> Sequence[Any]:
    """List what the addresses of a stretch of products are made of, and when each last changed."""
    changed = func.coalesce(Listing.changed_at, RegisteredProduct.registered_at)
    return db.session.execute(
        select(
            ProductCard.slug,
            ProductCard.public_id,
            ProductCard.certified_from,
            type_coerce(changed, UtcDateTime()).label("changed_at"),
        )
        .join(RegisteredProduct, RegisteredProduct.id == ProductCard.product_id)
        .outerjoin(Listing, Listing.product_id == ProductCard.product_id)
        .order_by(ProductCard.product_id)
        .offset(offset)
        .limit(limit)
    ).all()


def public_variants(variant_ids: Sequence[int], *, on: date) -> dict[int, SellableVariant]:
    """Read variants as baskets and orders need them, in one statement; unknown ones are left out."""
    rows: Any = db.session.execute(
        select(Variant, Listing, ProductCard, Producer, Certificate)
        .join(Listing, Listing.id == Variant.listing_id)
        .join(ProductCard, ProductCard.product_id == Listing.product_id)
        .join(Producer, Producer.id == Listing.producer_id)
        .outerjoin(
            Certificate,
            (Certificate.product_id == Listing.product_id)
            & Certificate.revoked_on.is_(None)
            & (Certificate.issued_on <= on)
            & (Certificate.expires_on >= on),
        )
        .where(Variant.id.in_(variant_ids))
        .order_by(Certificate.stars, Certificate.expires_on, Certificate.id)
    )
    return {  # of several certificates the last one read has the most stars
        variant.id: SellableVariant(
            variant_id=variant.id,
            listing_id=listing.id,
            product_id=listing.product_id,
            public_id=card.public_id,
            slug=card.slug,
            producer_id=listing.producer_id,
            producer_name=producer.name,
            producer_slug=producer.slug,
            province_code=card.province_code,
            name=card.name,
            label=variant.label,
            sku=variant.sku,
            price=variant.price,
            weight_grams=variant.weight_grams,
            photo_key=card.photo_key,
            is_illustrative=card.is_illustrative,
            stars=certificate.stars if certificate else None,
            certificate_serial=certificate.serial if certificate else None,
            is_sellable=listing.state is ListingState.PUBLISHED and variant.is_active,
        )
        for variant, listing, card, producer, certificate in rows
    }


def wrong_cards(today: date) -> list[int]:
    """Find the products whose card is missing or says other than the rows that own its facts.

    Of the certificate only what a reader sees today is compared: an old date hides no star.
    """
    wrong: list[int] = []
    last = 0
    while ids := list(
        db.session.scalars(
            select(RegisteredProduct.id)
            .where(RegisteredProduct.id > last)
            .order_by(RegisteredProduct.id)
            .limit(BATCH)
        )
    ):
        kept = {row.product_id: row for row in rows_in_order(ids)}
        for product_id, values in sorted(cards.card_values(ids, today=today).items()):
            row = kept.get(product_id)
            if row is None or _differs(row._mapping, values, today):  # noqa: SLF001 - its public name
                wrong.append(product_id)
        last = ids[-1]
    return wrong


def stale_cards(today: date) -> list[int]:
    """Find the products whose card is wrong, or stands where it stood before a certificate ended."""
    rows = db.session.execute(select(*CARD).order_by(ProductCard.product_id))
    moved = {
        row.product_id for row in rows if row.rank != cards.rank_of(row._asdict(), today=today)
    }
    return sorted(moved.union(wrong_cards(today)))


def _differs(row: Any, values: dict[str, Any], today: date) -> bool:  # noqa: ANN401
    seen = cards.stars_on(row, today) != cards.stars_on(values, today)
    return seen or any(
        row[name] != value for name, value in values.items() if name not in NOT_COMPARED
    )


def _order(sort: Sort) -> list[Any]:
    card = ProductCard
    price = as_dong(card.__table__.c.price)
    ways: dict[Sort, list[Any]] = {
        Sort.RELEVANCE: [card.rank.desc()],
        Sort.NEWEST: [card.listed_at.is_(None), card.listed_at.desc()],
        Sort.PRICE_ASC: [price.is_(None), price],
        Sort.PRICE_DESC: [price.is_(None), price.desc()],
        Sort.NAME: [by_name(card.sort_key)],
    }
    return [*ways[sort], card.product_id]
