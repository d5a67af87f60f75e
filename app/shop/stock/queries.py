"""Reads of the stock: what is free, where it stands, who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, bindparam, func, or_, select

from app.foundation.database import db
from app.foundation.slots import slot
from app.shop.catalogue.models import Variant
from app.shop.catalogue.supply import Supply
from app.shop.stock.models import (
    HoldState,
    PlaceKind,
    StockHold,
    StockLevel,
    StockMovement,
    StockPlace,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import ColumnElement

PROMISED = (HoldState.LIVE, HoldState.COMMITTED)


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A live promise and the shelf that it stands on."""

    id: int
    variant_id: int
    place_id: int
    quantity: int
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class Supplies:
    """What is free of some variants: to be sent, and at each shelf where it can be collected."""

    sent: dict[int, int]
    collected: dict[int, dict[int, int]]

    def at(self, place_id: int) -> dict[int, int]:
        """The free pieces, by variant, of a shelf where goods are collected."""
        return self.collected.setdefault(place_id, {})

    def of(self, variant_id: int) -> Supply:
        """What one order can have of a variant: it is sent, or comes from one showroom."""
        counters = (free.get(variant_id, 0) for free in self.collected.values())
        return Supply(self.sent.get(variant_id, 0), max(counters, default=0))

    def can_send(self, demand: Mapping[int, int]) -> bool:
        """Whether the producers have all of a demand, by variant."""
        return _covers(self.sent, demand)

    def showrooms_for(self, demand: Mapping[int, int]) -> list[int]:
        """The shelves where all of a demand can be collected."""
        return [place_id for place_id, free in self.collected.items() if _covers(free, demand)]


def _covers(free: Mapping[int, int], demand: Mapping[int, int]) -> bool:
    return all(free.get(variant_id, 0) >= quantity for variant_id, quantity in demand.items())


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A variant on a shelf: how many stand there and how many of them are promised."""

    variant_id: int
    place_id: int
    on_hand: int
    reserved: int

    @property
    def available(self) -> int:
        """How many may still be promised."""
        return self.on_hand - self.reserved


def available(variant_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """Tell how many of each variant are free at each place where it is kept."""
    rows = db.session.execute(
        select(
            StockLevel.variant_id, StockLevel.place_id, StockLevel.on_hand - StockLevel.reserved
        ).where(StockLevel.variant_id.in_(set(variant_ids)))
    )
    return {(variant_id, place_id): free for variant_id, place_id, free in rows}


def pick_up_places() -> Select[int]:
    """Select the shelves where a buyer may collect: those that showrooms name, else all of theirs."""
    named = slot("stock.pick_up_places")
    if named is not None:
        chosen: Select[int] = named()
        return chosen
    return select(StockPlace.id).where(StockPlace.kind == PlaceKind.SHOWROOM)


def _sold_from() -> ColumnElement[bool]:
    """Tell the shelves that are sold from here: the one rule of cards, product pages and carts."""
    producers = select(StockPlace.id).where(StockPlace.kind == PlaceKind.PRODUCER)
    return or_(StockLevel.place_id.in_(producers), StockLevel.place_id.in_(pick_up_places()))


def supplies(variant_ids: Iterable[int], held: Iterable[HoldRow] = ()) -> Supplies:
    """Tell what can be sent and what can be collected; what is held by oneself counts as free."""
    rows = db.session.execute(
        _supplies_statement(slot("stock.pick_up_places")), {"variant_ids": list(set(variant_ids))}
    )
    own = {(hold.variant_id, hold.place_id): hold.quantity for hold in held}
    found = Supplies({}, {})
    for variant_id, place_id, kind, free in rows:
        shelf_of = found.sent if kind is PlaceKind.PRODUCER else found.at(place_id)
        shelf_of[variant_id] = free + own.get((variant_id, place_id), 0)
    return found


@cache
def _supplies_statement(_named: Callable[[], Select[int]] | None) -> Any:  # noqa: ANN401 - built once for each answer of the slot
    return (
        select(
            StockLevel.variant_id,
            StockLevel.place_id,
            StockPlace.kind,
            StockLevel.on_hand - StockLevel.reserved,
        )
        .join(StockPlace, StockPlace.id == StockLevel.place_id)
        .where(StockLevel.variant_id.in_(bindparam("variant_ids", expanding=True)), _sold_from())
        .order_by(StockLevel.place_id)
    )


def supply_of(variant_ids: Iterable[int]) -> dict[int, Supply]:
    """Tell how many of each variant can be had (answers the slot `product.available`)."""
    ids = list(variant_ids)
    found = supplies(ids)
    return {variant_id: found.of(variant_id) for variant_id in ids}


def shelf(place_id: int) -> list[ShelfRow]:
    """List what stands at a place."""
    rows = db.session.execute(
        select(StockLevel.variant_id, StockLevel.on_hand, StockLevel.reserved)
        .where(StockLevel.place_id == place_id)
        .order_by(StockLevel.variant_id)
    )
    return [
        ShelfRow(variant_id, place_id, on_hand, reserved) for variant_id, on_hand, reserved in rows
    ]


def level_ids(keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Find the rows of (variant, place) pairs; a pair without one is left out."""
    conditions = [
        and_(StockLevel.variant_id == variant_id, StockLevel.place_id == place_id)
        for variant_id, place_id in keys
    ]
    if not conditions:
        return {}
    rows = db.session.execute(
        select(StockLevel.variant_id, StockLevel.place_id, StockLevel.id).where(or_(*conditions))
    )
    return {(variant_id, place_id): level_id for variant_id, place_id, level_id in rows}


def live_holds(owner: str) -> list[HoldRow]:
    """List what is held for a checkout and has not been swept away."""
    rows = db.session.execute(
        select(
            StockHold.id,
            StockLevel.variant_id,
            StockLevel.place_id,
            StockHold.quantity,
            StockPlace.kind,
        )
        .join(StockLevel, StockLevel.id == StockHold.level_id)
        .join(StockPlace, StockPlace.id == StockLevel.place_id)
        .where(StockHold.owner == owner, StockHold.state == HoldState.LIVE)
    )
    return [HoldRow(*row) for row in rows]


def place_of(kind: PlaceKind, owner_id: int) -> StockPlace | None:
    """Find the shelf of a producer or a showroom."""
    return db.session.scalars(
        select(StockPlace).where(StockPlace.kind == kind, StockPlace.owner_id == owner_id)
    ).one_or_none()


def producer_places(producer_ids: Iterable[int]) -> dict[int, int]:
    """Find the shelves of producers."""
    rows = db.session.execute(
        select(StockPlace.owner_id, StockPlace.id).where(
            StockPlace.kind == PlaceKind.PRODUCER, StockPlace.owner_id.in_(set(producer_ids))
        )
    )
    return {owner_id: place_id for owner_id, place_id in rows}  # noqa: C416 - as above


def listing_availability(variant_ids: Iterable[int]) -> list[tuple[int, int, int]]:
    """Give (variant, listing, free) of each active variant of the listings touched.

    Free is what a cart may hold: at the producers, and in showrooms where it can be collected.
    """
    touched = select(Variant.listing_id).where(Variant.id.in_(set(variant_ids)))
    free = func.coalesce(func.sum(StockLevel.on_hand - StockLevel.reserved), 0)
    rows = db.session.execute(
        select(Variant.id, Variant.listing_id, free)
        .outerjoin(
            StockLevel,
            and_(StockLevel.variant_id == Variant.id, _sold_from()),
        )
        .where(Variant.listing_id.in_(touched), Variant.is_active)
        .group_by(Variant.id, Variant.listing_id)
        .order_by(Variant.listing_id, Variant.id)
    )
    return [(variant_id, listing_id, int(total)) for variant_id, listing_id, total in rows]


def breaches() -> list[str]:
    """Name every level whose figures contradict its holds or movements (I01)."""
    held = (
        select(func.coalesce(func.sum(StockHold.quantity), 0))
        .where(StockHold.level_id == StockLevel.id, StockHold.state.in_(PROMISED))
        .scalar_subquery()
    )
    moved = (
        select(func.coalesce(func.sum(StockMovement.quantity), 0))
        .where(StockMovement.level_id == StockLevel.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(StockLevel.id, StockLevel.on_hand, StockLevel.reserved, held, moved).order_by(
            StockLevel.id
        )
    )
    found = []
    for level_id, on_hand, reserved, promised, total in rows:
        if not 0 <= reserved <= on_hand:
            found.append(f"I01 level {level_id}: {reserved} reserved of {on_hand}")
        if reserved != promised:
            found.append(f"I01 level {level_id}: {reserved} reserved, holds say {promised}")
        if on_hand != total:
            found.append(f"I01 level {level_id}: {on_hand} on hand, movements say {total}")
    return found
