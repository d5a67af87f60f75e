"""Writes of the stock. Each promise is one conditional UPDATE of one row (R01, P03, P06).

Rows are changed in the order of their ids, quantities summed first (R17, R24). Whoever calls these
inside a unit of work must let an error end the unit: a refused demand is refused whole (R09).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, case, or_, select, update

from app.foundation import audit
from app.foundation.actors import Permission, Scope
from app.foundation.database import db, insert_into
from app.foundation.errors import BusyError, ConflictError, DomainError, InvalidInputError
from app.foundation.events import emit
from app.foundation.text import random_id
from app.shop.stock import queries
from app.shop.stock.events import AvailabilityChanged
from app.shop.stock.models import (
    HoldState,
    MovementKind,
    PlaceKind,
    StockHold,
    StockLevel,
    StockMovement,
    StockPlace,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from app.foundation.actors import Actor


class SoldOutError(DomainError):
    """Not so many are to be had; `values["variant_ids"]` names the variants."""

    code = "sold_out"
    status = 409


class StockPromisedError(DomainError):
    """The shelf may not hold fewer than are promised to orders."""

    code = "stock_promised"
    status = 409


class _Change(NamedTuple):
    variant_id: int
    delta: int
    after: int


def guarded(level: type[StockLevel], quantity: int) -> ColumnElement[bool]:
    """Demand that so many are free: the one guard against overselling (R01)."""
    return level.on_hand - level.reserved >= quantity


def reserve(
    demand: Mapping[tuple[int, int], int],
    *,
    owner: str,
    expires_at: datetime | None,
    now: datetime,
) -> None:
    """Promise goods, by (variant, place), to an owner: until an instant, or for good without one.

    Raises `SoldOutError`.
    """
    wanted = {key: quantity for key, quantity in demand.items() if quantity > 0}
    ids = queries.level_ids(wanted)
    short = {variant_id for variant_id, place_id in wanted if (variant_id, place_id) not in ids}
    changes = []
    promised = []
    for level_id, key in sorted((level_id, key) for key, level_id in ids.items()):
        change = _promise(level_id, wanted[key])
        if change is None and expire_holds(now, level_id=level_id):
            change = _promise(level_id, wanted[key])
        if change is None:
            short.add(key[0])
        else:
            changes.append(change)
            promised.append((level_id, wanted[key]))
    if short:
        raise SoldOutError(variant_ids=sorted(short))
    _hold(promised, owner=owner, expires_at=expires_at, now=now)
    _announce(changes, now=now)


def _promise(level_id: int, quantity: int) -> _Change | None:
    return _changed(level_id, reserved=quantity, where=guarded(StockLevel, quantity))


def _changed(
    level_id: int,
    *,
    on_hand: int = 0,
    reserved: int = 0,
    where: ColumnElement[bool] | None = None,
) -> _Change | None:
    statement = update(StockLevel).where(StockLevel.id == level_id)
    if where is not None:
        statement = statement.where(where)
    row = db.session.execute(
        statement.values(
            on_hand=StockLevel.on_hand + on_hand, reserved=StockLevel.reserved + reserved
        )
        .returning(StockLevel.variant_id, StockLevel.on_hand - StockLevel.reserved)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return None if row is None else _Change(row[0], on_hand - reserved, row[1])


def _hold(
    promised: list[tuple[int, int]], *, owner: str, expires_at: datetime | None, now: datetime
) -> None:
    """Write the promises down; one that had lapsed lives again, one that lives grows."""
    if not promised:
        return
    state = HoldState.COMMITTED if expires_at is None else HoldState.LIVE
    insert = insert_into(StockHold)
    lives = or_(*(StockHold.state == state for state in queries.PROMISED))
    db.session.execute(
        insert.on_conflict_do_update(
            index_elements=["level_id", "owner"],
            set_={
                "quantity": insert.excluded.quantity + case((lives, StockHold.quantity), else_=0),
                "state": insert.excluded.state,
                "expires_at": insert.excluded.expires_at,
            },
        ),
        [
            {
                "level_id": level_id,
                "owner": owner,
                "quantity": quantity,
                "state": state,
                "expires_at": expires_at,
                "created_at": now,
            }
            for level_id, quantity in promised
        ],
    )


def assign_holds(owner: str, orders: Mapping[int, str]) -> None:
    """Give each hold of a checkout, by id, to the order that it is for, in one statement.

    Raises `BusyError` when one of them lapsed in the meantime: trying again holds it anew.
    """
    if not orders:
        return
    given = db.session.execute(
        update(StockHold)
        .where(
            StockHold.id.in_(orders),
            StockHold.owner == owner,
            StockHold.state == HoldState.LIVE,
        )
        .values(
            owner=case(dict(orders), value=StockHold.id),
            state=HoldState.COMMITTED,
            expires_at=None,
        )
        .returning(StockHold.id)
        .execution_options(synchronize_session=False)
    ).all()
    if len(given) != len(orders):
        raise BusyError


def release(owner: str, now: datetime) -> None:
    """Free what is promised to an owner; what was taken already stays taken."""
    _free(
        StockHold.owner == owner,
        StockHold.state.in_(queries.PROMISED),
        into=HoldState.RELEASED,
        now=now,
    )


def expire_holds(now: datetime, *, level_id: int | None = None) -> int:
    """Free the holds whose time is up, of one level or all; tell how many (R23)."""
    of_level = [] if level_id is None else [StockHold.level_id == level_id]
    return _free(
        StockHold.state == HoldState.LIVE,
        StockHold.expires_at <= now,
        *of_level,
        into=HoldState.EXPIRED,
        now=now,
    )


def _free(*conditions: ColumnElement[bool], into: HoldState, now: datetime) -> int:
    """Change the holds' state first: whoever changes a hold, and only they, frees its goods."""
    freed = db.session.execute(
        update(StockHold)
        .where(*conditions)
        .values(state=into)
        .returning(StockHold.level_id, StockHold.quantity)
        .execution_options(synchronize_session=False)
    ).all()
    _announce(
        [
            change
            for level_id, quantity in _summed((row[0], row[1]) for row in freed)
            if (change := _changed(level_id, reserved=-quantity))
        ],
        now=now,
    )
    return len(freed)


def take(owner: str, *, cause: str, actor: Actor, now: datetime) -> None:
    """Let promised goods leave the shelf; the same cause takes them once.

    Raises `ConflictError` when nothing is promised to the owner.
    """
    taken = db.session.execute(
        update(StockHold)
        .where(StockHold.owner == owner, StockHold.state == HoldState.COMMITTED)
        .values(state=HoldState.TAKEN)
        .returning(StockHold.level_id, StockHold.quantity)
        .execution_options(synchronize_session=False)
    ).all()
    if not taken:
        sold = (StockMovement.kind == MovementKind.SALE, StockMovement.cause == cause)
        if db.session.execute(select(StockMovement.id).where(*sold).limit(1)).first() is None:
            raise ConflictError
    for level_id, quantity in _summed((row[0], row[1]) for row in taken):
        if not _write(level_id, MovementKind.SALE, -quantity, cause=cause, actor=actor, now=now):
            raise ConflictError
        _changed(level_id, on_hand=-quantity, reserved=-quantity)


def receive(
    variant_id: int, place_id: int, quantity: int, *, cause: str, actor: Actor, now: datetime
) -> None:
    """Put goods on a shelf; the same cause counts once."""
    _may_count(place_id, actor)
    if quantity <= 0:
        raise InvalidInputError(field="quantity")
    level_id = _level(variant_id, place_id)
    if _write(level_id, MovementKind.RECEIPT, quantity, cause=cause, actor=actor, now=now):
        change = _changed(level_id, on_hand=quantity)
        _announce([change] if change else [], now=now)


def adjust(variant_id: int, place_id: int, *, on_hand: int, actor: Actor, now: datetime) -> None:
    """Correct a shelf to what was counted.

    Raises `StockPromisedError` below what orders are promised, `ConflictError` when a sale came between.
    """
    _may_count(place_id, actor)
    if on_hand < 0:
        raise InvalidInputError(field="on_hand")
    level_id = _level(variant_id, place_id)
    before, reserved = db.session.execute(
        select(StockLevel.on_hand, StockLevel.reserved).where(StockLevel.id == level_id)
    ).one()
    if reserved > on_hand:
        raise StockPromisedError(field="on_hand", reserved=reserved)
    if before == on_hand:
        return
    unchanged = (StockLevel.on_hand == before) & (StockLevel.reserved <= on_hand)
    change = _changed(level_id, on_hand=on_hand - before, where=unchanged)
    if change is None:
        raise ConflictError
    cause = f"count:{random_id(16)}"
    _write(level_id, MovementKind.ADJUSTMENT, change.delta, cause=cause, actor=actor, now=now)
    audit.record(
        "stock.adjust",
        f"level:{level_id}",
        actor=actor,
        now=now,
        details={"before": before, "after": on_hand},
    )
    _announce([change], now=now)


def open_place(kind: PlaceKind, owner_id: int) -> StockPlace:
    """Give a producer or a showroom its shelf, once."""
    found = queries.place_of(kind, owner_id)
    if found is None:
        found = StockPlace(kind=kind, owner_id=owner_id)
        db.session.add(found)
        db.session.flush()
    return found


def _may_count(place_id: int, actor: Actor) -> None:
    if actor.is_operator:
        return
    place = db.session.get(StockPlace, place_id)
    if place is None:
        raise InvalidInputError(field="place")
    if place.kind is PlaceKind.PRODUCER:
        actor.must(Permission.STOCK_ADJUST, Scope.producer(place.owner_id))
    else:
        actor.must(Permission.DESK_SHOWROOM, Scope.showroom(place.owner_id))


def _level(variant_id: int, place_id: int) -> int:
    key = (variant_id, place_id)
    found = queries.level_ids([key])
    if not found:
        db.session.execute(
            insert_into(StockLevel)
            .values(variant_id=variant_id, place_id=place_id, on_hand=0, reserved=0)
            .on_conflict_do_nothing()
        )
        found = queries.level_ids([key])
    return found[key]


def _write(
    level_id: int, kind: MovementKind, quantity: int, *, cause: str, actor: Actor, now: datetime
) -> bool:
    """Write a movement down unless its cause was; tell whether it is new."""
    written = db.session.execute(
        insert_into(StockMovement)
        .values(
            level_id=level_id,
            kind=kind,
            quantity=quantity,
            cause=cause,
            user_id=actor.user_id,
            at=now,
        )
        .on_conflict_do_nothing(index_elements=["level_id", "kind", "cause"])
        .returning(StockMovement.id)
    ).all()
    return bool(written)


def _summed(rows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    sums: dict[int, int] = defaultdict(int)
    for level_id, quantity in rows:
        sums[level_id] += quantity
    return sorted(sums.items())


def _announce(changes: list[_Change], *, now: datetime) -> None:
    """Tell when a listing's last unit went or a first one came; a level that kept some tells nothing."""
    if not any(min(change.after, change.after - change.delta) <= 0 for change in changes):
        return
    deltas: dict[int, int] = defaultdict(int)
    for change in changes:
        deltas[change.variant_id] += change.delta
    after: dict[int, int] = defaultdict(int)
    delta: dict[int, int] = defaultdict(int)
    for variant_id, listing_id, free in queries.listing_availability(deltas):
        after[listing_id] += free
        delta[listing_id] += deltas.get(variant_id, 0)
    for listing_id, free in after.items():
        if (free > 0) != (free - delta[listing_id] > 0):
            emit(AvailabilityChanged(listing_id=listing_id, is_in_stock=free > 0, at=now))
