"""What hammer tests share: goods on shelves, a rush of buyers, and an independent count afterwards."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import CheckConstraint, select, text

from app.foundation import clock
from app.foundation.database import db
from app.foundation.outbox import OutboxMessage
from app.shop.catalogue.services import refresh_card
from app.shop.orders.models import Order, OrderGroup, OrderLine
from app.shop.orders.states import OrderState
from app.shop.stock.models import HoldState, StockHold, StockLevel, StockMovement
from tests.support import make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Constraint

    from tests.support.running import RunningShop
    from tests.support.shopper import Answer

T = TypeVar("T")
MOMENT: Final = 30.0
HELD: Final = frozenset({HoldState.LIVE, HoldState.COMMITTED})
SOLD: Final = frozenset({HoldState.COMMITTED, HoldState.TAKEN})


@dataclass(frozen=True, slots=True)
class Goods:
    """Something that can be bought, and the page that sells it."""

    variant_id: int
    page: str


def open_books() -> None:
    """Make the tables and the rows that tests count on."""
    db.create_all()
    make.reference_rows()
    db.session.commit()


@contextmanager
def without_checks() -> Iterator[None]:
    """Tables made inside the block do not count along: the database forgives overselling."""
    table = StockLevel.metadata.tables[StockLevel.__tablename__]
    checks: set[Constraint] = {one for one in table.constraints if isinstance(one, CheckConstraint)}
    table.constraints -= checks
    try:
        yield
    finally:
        table.constraints |= checks


def put_on_sale(*, stock: int, name: str = "Chè Shan tuyết") -> Goods:
    """One listing of one producer with so many on its shelf."""
    product = make.registered(name, by=make.producer())
    listing = make.listing(product, stock=stock)
    refresh_card(product.id, now=clock.now())
    goods = Goods(listing.variants[0].id, f"/en/products/{product.slug}-{product.public_id}")
    db.session.commit()
    return goods


def rush(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Let everybody act at the same moment, each in a thread, and tell how each fared."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], T]) -> T:
        barrier.wait(MOMENT)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def in_turn(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Let everybody act, a few at a time: what comes before the rush."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda act: act(), acts))


def numbers(answers: Sequence[Answer]) -> list[str]:
    """The orders that were acknowledged."""
    return [one.order_number for one in answers if one.order_number]


def breaches(shop: RunningShop) -> list[str]:
    """What is wrong with the books: by the shop's own checker, and by a count of our own."""
    checked = shop.command("check-invariants")
    found = [] if checked.returncode == 0 else [checked.stdout + checked.stderr]
    db.session.rollback()
    db.session.expire_all()
    return found + wrong_levels() + wrong_orders()


def wrong_levels() -> list[str]:
    """Levels that do not agree with the holds, the movements and the orders of the shelf."""
    held: Counter[int] = Counter()
    sold: Counter[int] = Counter()
    for hold in db.session.scalars(select(StockHold)):
        held[hold.level_id] += hold.quantity if hold.state in HELD else 0
        sold[hold.level_id] += hold.quantity if hold.state in SOLD else 0
    moved: Counter[int] = Counter()
    for movement in db.session.scalars(select(StockMovement)):
        moved[movement.level_id] += movement.quantity
    ordered: Counter[tuple[int, int]] = Counter()
    for line, order in db.session.execute(
        select(OrderLine, Order)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.state != OrderState.CANCELLED)
    ):
        ordered[line.variant_id, order.place_id] += line.quantity
    found = []
    for level in db.session.scalars(select(StockLevel)):
        figures = (level.on_hand, level.reserved, held[level.id], moved[level.id])
        if not 0 <= level.reserved <= level.on_hand:
            found.append(f"level {level.id} promises what it has not: {figures}")
        if level.reserved != held[level.id] or level.on_hand != moved[level.id]:
            found.append(f"level {level.id} disagrees with its holds or movements: {figures}")
        if sold[level.id] != ordered[level.variant_id, level.place_id]:
            found.append(f"level {level.id} sold {sold[level.id]}, orders say otherwise")
    return found


def wrong_orders() -> list[str]:
    """Groups without orders, orders without lines, totals that do not add up, effects that are missing."""
    found = []
    told = " ".join(str(payload) for payload in db.session.scalars(select(OutboxMessage.payload)))
    for group in db.session.scalars(select(OrderGroup)):
        if not group.orders or not all(order.lines for order in group.orders):
            found.append(f"group {group.number} is half there")
        if group.total.dong != sum(order.total.dong for order in group.orders):
            found.append(f"group {group.number} does not add up")
        if not any(mark in told for mark in (group.number, f"'group_id': {group.id}")):
            found.append(f"group {group.number} left no message")
    return found


def is_sound() -> bool:
    """Whether the database file itself is whole; PostgreSQL looks after its own."""
    if db.engine.dialect.name != "sqlite":
        return True
    return bool(db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok")
