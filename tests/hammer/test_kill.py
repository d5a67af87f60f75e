"""`kill -9` while buyers check out: what was acknowledged exists, nothing is half there (R02, I07, F01)."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Final, TypeVar

import pytest
from sqlalchemy import select

from app.foundation.database import db
from app.shop.orders.models import OrderGroup
from tests.hammer.scene import Goods, breaches, is_sound, open_books, put_on_sale
from tests.support.running import RunningShop, opened, running
from tests.support.shopper import CutOffError, Shopper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.hammer
T = TypeVar("T")
CLIENTS: Final = 4
KILLS: Final = {"sqlite": 100, "postgresql": 50}
EVERY_TWENTIETH: Final = 20  # takes the master and all workers with it
EVERY_THIRD: Final = 3  # order is sent again after it was acknowledged
PATIENCE: Final = 3.0  # for orders to come in again after a kill
LONGEST: Final = 240.0
RETRIES: Final = 200


@dataclass
class Notes:
    """What the clients were told, as it would stand on their screens."""

    acknowledged: list[str] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)
    cut_off: Counter[str] = field(default_factory=Counter)


def shop_until(over: Event, shop: RunningShop, shelf: Sequence[Goods], notes: Notes) -> None:
    """Buy the same again and again; whatever is cut off is tried again, as people do."""
    limit = time.monotonic() + LONGEST
    shopper = shop.shopper()
    values: dict[str, str] = {}
    while not over.is_set() and time.monotonic() < limit:
        for goods in shelf:
            persist(notes, partial(shopper.add, [goods.variant_id], page=goods.page))
        checkout = persist(notes, shopper.start_checkout).location
        values = values or look_again(shopper, checkout, notes)
        values = send_until_answered(shopper, checkout, values, notes)


def look_again(shopper: Shopper, checkout: str, notes: Notes) -> dict[str, str]:
    """Fill the checkout in and see the total; nothing when it shows no form."""
    found = persist(notes, partial(shopper.filled, checkout))
    if isinstance(found, dict):
        return found
    notes.disagreements.append(f"no form at {checkout}: {found}")
    return {}


def persist(notes: Notes, step: Callable[[], T]) -> T:
    """Try a step of the way until somebody answers. Raises `CutOffError` when nobody ever does."""
    for _attempt in range(RETRIES):
        try:
            return step()
        except CutOffError:
            notes.cut_off["on the way"] += 1
            time.sleep(0.1)
    raise CutOffError


def send_until_answered(
    shopper: Shopper, checkout: str, values: dict[str, str], notes: Notes
) -> dict[str, str]:
    """Send an order, and the same again while the line goes dead; note the number told.

    Goods that were put in twice because the first answer was lost change the total: then the buyer
    looks again. Give what was sent in the end.
    """
    for _attempt in range(RETRIES):
        try:
            answer = shopper.post(checkout, values)
        except CutOffError:
            notes.cut_off["placing the order"] += 1
            time.sleep(0.1)
            continue
        if answer.order_number:
            notes.acknowledged.append(answer.order_number)
            if len(notes.acknowledged) % EVERY_THIRD == 0:
                send_once_more(shopper, checkout, values, answer.order_number, notes)
            return values
        if answer.status == 409 and "expected_total" in answer.text:
            values = look_again(shopper, checkout, notes)
        elif answer.status != 503:
            notes.disagreements.append(f"refused: {answer}")
            return {}
        time.sleep(0.1)
    notes.disagreements.append("never answered")
    return {}


def send_once_more(
    shopper: Shopper, checkout: str, values: dict[str, str], told: str, notes: Notes
) -> None:
    """Send an order that was acknowledged: the answer must name the same one."""
    with suppress(CutOffError):
        again = shopper.post(checkout, values)
        if again.order_number != told:
            notes.disagreements.append(f"{told}, then {again}")


def kill_now_and_then(shop: RunningShop, times: int, notes: Notes, chance: random.Random) -> None:
    """Kill one web process, or every twentieth time all of them, once orders come in again."""
    for number in range(1, times + 1):
        told, limit = len(notes.acknowledged), time.monotonic() + PATIENCE
        while len(notes.acknowledged) == told and time.monotonic() < limit:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.2))
        if number % EVERY_TWENTIETH == 0:
            shop.kill_the_web()
            shop.start()
        else:
            while not shop.kill_a_worker(chance):
                time.sleep(0.05)


def test_no_acknowledged_order_is_lost_and_none_is_doubled(shop: RunningShop) -> None:
    chance = random.Random(2026)  # noqa: S311 - a rehearsal that can be repeated
    notes = Notes()
    over = Event()
    with opened(shop.folder, shop.address):
        times = KILLS[db.engine.dialect.name]
        open_books()
        shelf = [put_on_sale(stock=100_000), put_on_sale(stock=100_000, name="Mật ong bạc hà")]
        with running(shop), ThreadPoolExecutor(CLIENTS) as pool:
            clients = [pool.submit(shop_until, over, shop, shelf, notes) for _ in range(CLIENTS)]
            try:
                kill_now_and_then(shop, times, notes, chance)
            finally:
                over.set()
            for client in clients:
                client.result(LONGEST)

            assert notes.disagreements == [], shop.log()
            assert len(notes.acknowledged) >= times / 2
            assert notes.cut_off.total() >= times / 10, notes
            db.session.rollback()
            kept = set(db.session.scalars(select(OrderGroup.number)))
            assert kept == set(notes.acknowledged)
            assert len(kept) == len(notes.acknowledged)
            assert breaches(shop) == []
            assert is_sound()
