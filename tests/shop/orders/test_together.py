"""What is bought together is counted from orders, and never tells what one person bought."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.foundation.actors import SYSTEM
from app.foundation.database import db
from app.foundation.work import unit_of_work
from app.shop.catalogue.models import Listing, Variant
from app.shop.orders.jobs import refresh_companions
from app.shop.orders.models import Companion
from app.shop.orders.states import OrderState
from tests.support import make
from tests.support.buying import on_sale, placed
from tests.support.make import NOW

if TYPE_CHECKING:
    from flask import Flask

pytestmark = pytest.mark.usefixtures("app")


def _product_of(variant_id: int) -> int:
    found = db.session.query(Listing.product_id).join(Variant).filter(Variant.id == variant_id)
    return int(found.scalar())


def _counted() -> dict[tuple[int, int], int]:
    refresh_companions(NOW + timedelta(minutes=5))
    return {(one.product_id, one.other_id): one.orders for one in db.session.query(Companion)}


def test_two_orders_in_common_make_two_products_companions() -> None:
    maker = make.producer()
    tea, honey, salt = (on_sale(name, by=maker) for name in ("Chè", "Mật ong", "Muối"))
    placed({tea: 1, honey: 2})
    placed({tea: 1, honey: 1})
    placed({tea: 1, salt: 1})

    found = _counted()

    pair = _product_of(tea), _product_of(honey)
    assert found == {pair: 2, pair[::-1]: 2}


def test_a_cancelled_order_and_one_of_long_ago_do_not_count() -> None:
    maker = make.producer()
    tea, honey = on_sale("Chè", by=maker), on_sale("Mật ong", by=maker)
    first, second, third = (placed({tea: 1, honey: 1}) for _ in range(3))
    assert _counted()
    with unit_of_work():
        first.become(OrderState.CANCELLED, actor=SYSTEM, now=NOW)
        second.group.placed_at = NOW - timedelta(days=366)

    assert _counted() == {}
    assert third.state is OrderState.PLACED


def test_counting_twice_gives_the_same(app: Flask) -> None:
    maker = make.producer()
    tea, honey = on_sale("Chè", by=maker), on_sale("Mật ong", by=maker)
    for _ in range(2):
        placed({tea: 1, honey: 1})

    assert _counted() == _counted() != {}
