"""What the pages of one product and of a lot read: the listing, its lots, the cards beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row, bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased, joinedload

from app.foundation.database import db
from app.foundation.slots import slot
from app.programme.models import RegisteredProduct
from app.shop.catalogue.models import Listing, ListingState, Lot, ProductCard
from app.shop.catalogue.queries import CARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LOTS: Final = 2
OWN, OF_SET, OF_PROVINCE, TOGETHER = "own", "set", "province", "together"


@dataclass(frozen=True, slots=True)
class Beside:
    """A product's own card, which also counts its producer's products, and those that stand beside it."""

    own: Row[Any] | None = None
    related: Sequence[Row[Any]] = field(default_factory=list)
    together: Sequence[Row[Any]] = field(default_factory=list)


def cards_beside(product: RegisteredProduct, *, limit: int = 4) -> Beside:
    """Read what was bought together with a product, and others of its set, then of its province.

    One statement whose parts each read a few rows of an index, however large the register. What was
    bought together is the answer of orders (the slot `product.together`).
    """
    values = {
        "own_id": product.id,
        "own_set": product.set_code,
        "own_province": product.province_code,
        "own_producer": product.producer_id,
        "most": limit,
    }
    rows = db.session.execute(_beside_statement(slot("product.together")), values).all()
    own = next((row for row in rows if row.part == OWN), None)
    together = _in_order(row for row in rows if row.part == TOGETHER)
    shown = {row.product_id for row in together}
    related = [
        *_in_order(row for row in rows if row.part == OF_SET),
        *_in_order(row for row in rows if row.part == OF_PROVINCE),
    ]
    found = {row.product_id: row for row in related if row.product_id not in shown}
    return Beside(
        own=own,
        related=list(found.values())[:limit],
        together=together,
    )


def listing_and_lots(product_id: int) -> tuple[Listing | None, list[Lot]]:
    """Find the published listing of a product with variants, photos and newest lots, in one statement."""
    rows: Sequence[Any] = (
        db.session.execute(_listing_statement(), {"own_id": product_id}).unique().all()
    )
    lots = [lot for _listing, lot in rows if lot is not None]
    lots.sort(key=lambda one: (one.made_on, one.id), reverse=True)
    return (rows[0][0] if rows else None), lots


def seen_cards(public_ids: Sequence[str]) -> list[Row[Any]]:
    """Read the cards of some products, in the order in which they were asked for."""
    if not public_ids:
        return []
    ids = select(RegisteredProduct.id).where(RegisteredProduct.public_id.in_(public_ids))
    rows = db.session.execute(select(*CARD).where(ProductCard.product_id.in_(ids)))
    found = {row.public_id: row for row in rows}
    return [found[one] for one in public_ids if one in found]


def lot_with_card(code: str) -> tuple[Lot, Row[Any]] | None:
    """Find a lot with the card of its product, in one statement."""
    row = db.session.execute(
        select(Lot, *CARD)
        .join(Listing, Listing.id == Lot.listing_id)
        .join(ProductCard, ProductCard.product_id == Listing.product_id)
        .where(Lot.code == code)
        .options(joinedload(Lot.variant))
    ).one_or_none()
    return (row[0], row) if row else None


@cache
def _listing_statement() -> Any:  # noqa: ANN401 - a statement of two entities, built once
    offered = aliased(Listing)
    newest = (
        select(Lot.id)
        .join(offered, offered.id == Lot.listing_id)
        .where(offered.product_id == bindparam("own_id"))
        .order_by(Lot.made_on.desc(), Lot.id.desc())
        .limit(LOTS)
    )
    return (
        select(Listing, Lot)
        .outerjoin(Lot, (Lot.listing_id == Listing.id) & Lot.id.in_(newest))
        .where(Listing.product_id == bindparam("own_id"), Listing.state == ListingState.PUBLISHED)
        .options(joinedload(Listing.variants), joinedload(Listing.photos))
    )


@cache
def _beside_statement(bought: Callable[..., Any] | None) -> Any:  # noqa: ANN401 - a union, built once: it has a hundred columns
    card = ProductCard
    others = select(*CARD, literal(0).label("of_producer"), (-card.rank).label("place")).where(
        card.product_id != bindparam("own_id")
    )
    by_rank = others.order_by(card.rank.desc(), card.product_id).limit(bindparam("most"))
    sibling = aliased(card, name="sibling")
    count = (
        select(func.count(sibling.product_id))
        .where(sibling.producer_id == bindparam("own_producer"))
        .scalar_subquery()
    )
    own = select(*CARD, count.label("of_producer"), literal(0).label("place")).where(
        card.product_id == bindparam("own_id")
    )
    parts = {
        OWN: own,
        OF_SET: by_rank.where(card.set_code == bindparam("own_set")),
        OF_PROVINCE: by_rank.where(card.province_code == bindparam("own_province")),
    }
    if bought is not None:
        pairs = bought(bindparam("own_id"), bindparam("most")).subquery()
        parts[TOGETHER] = (
            select(*CARD, literal(0).label("of_producer"), (-pairs.c.orders).label("place"))
            .join(pairs, pairs.c.other_id == card.product_id)
            .where(card.is_listed)
        )
    return union_all(
        *(select(part.subquery(), literal(name).label("part")) for name, part in parts.items())
    )


def _in_order(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    return sorted(rows, key=lambda row: (row.place, row.product_id))
