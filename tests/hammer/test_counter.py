"""Two clerks at one counter: a package leaves the shelf once (R16, R18)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app.foundation.database import db
from app.shop.orders.models import OrderEvent
from app.shop.orders.states import DeliveryState
from app.shop.stock.models import MovementKind, StockMovement
from tests.hammer.scene import breaches, open_books, rush
from tests.showrooms import builders
from tests.support.running import RunningShop, opened, running, signed_in

if TYPE_CHECKING:
    from tests.support.shopper import Shopper

pytestmark = pytest.mark.hammer


def test_two_clerks_hand_the_same_order_over_once(shop: RunningShop) -> None:
    with opened(shop.folder, shop.address) as app:
        open_books()
        counter = builders.showroom()
        order = builders.order(counter, builders.goods())
        page, code = f"/en/desk/showroom/orders/{order.number}", str(order.pick_up_code)
        jars = [signed_in(app, builders.clerk(counter)) for _ in range(2)]
        db.session.commit()
        with running(shop):
            clerks: list[Shopper] = [shop.shopper(cookies=dict(jar)) for jar in jars * 5]
            for clerk in clerks:
                assert clerk.get(page).status == 200, clerk.seen
            assert clerks[0].post(f"{page}/ready").status == 303

            answers = rush([partial(clerk.post, page, {"code": code}) for clerk in clerks])

            assert {one.status for one in answers} == {303}, shop.log()
            told = [clerk.follow(one).text for clerk, one in zip(clerks, answers, strict=True)]
            assert sum("moved on" in text for text in told) == len(clerks) - 1
            assert times_sold() == times_collected() == 1
            assert breaches(shop) == []


def times_sold() -> int:
    """How often goods left a shelf."""
    db.session.rollback()
    return db.session.execute(
        select(func.count(StockMovement.id)).where(StockMovement.kind == MovementKind.SALE)
    ).scalar_one()


def times_collected() -> int:
    """How often an order was handed over, by its history."""
    return db.session.execute(
        select(func.count(OrderEvent.id)).where(OrderEvent.after == DeliveryState.COLLECTED.value)
    ).scalar_one()
