"""Buyers who come at the same moment: nothing is sold twice and nobody meets an error (R01, R03, F03)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app.foundation.database import db
from app.shop.orders.models import OrderGroup
from tests.hammer.scene import (
    Goods,
    breaches,
    in_turn,
    numbers,
    open_books,
    put_on_sale,
    rush,
    without_checks,
)
from tests.support.running import RunningShop, opened, running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.shopper import Answer, Shopper

pytestmark = pytest.mark.hammer
BUYERS = 50
LONGEST = 10.0
REGRET = "Somebody else was faster"


def with_carts(shop: RunningShop, carts: Sequence[Sequence[Goods]]) -> list[Shopper]:
    """Shoppers, each with goods in the cart."""
    shoppers = [shop.shopper() for _ in carts]

    def fill(shopper: Shopper, cart: Sequence[Goods]) -> None:
        for goods in cart:
            shopper.add([goods.variant_id], page=goods.page)

    in_turn([partial(fill, one, cart) for one, cart in zip(shoppers, carts, strict=True)])
    return shoppers


def slowest(shoppers: Sequence[Shopper]) -> float:
    """The longest that anybody waited for an answer."""
    return max(answer.seconds for one in shoppers for answer in one.seen)


def errors(shoppers: Sequence[Shopper]) -> list[Answer]:
    """The answers that blame the server."""
    return [answer for one in shoppers for answer in one.seen if answer.status >= 500]


def groups_in_the_books() -> int:
    """How many orders the database knows."""
    db.session.rollback()
    return db.session.execute(select(func.count(OrderGroup.id))).scalar_one()


def test_one_of_fifty_buyers_gets_the_last_unit(shop: RunningShop) -> None:
    with opened(shop.folder, shop.address):
        open_books()
        last = put_on_sale(stock=1)
        with running(shop):
            buyers = with_carts(shop, [[last]] * BUYERS)

            answers = rush([buyer.place for buyer in buyers])

            assert len(numbers(answers)) == 1, shop.log()
            assert errors(buyers) == [], shop.log()
            assert slowest(buyers) <= LONGEST
            refused = [
                (one, told)
                for one, told in zip(buyers, answers, strict=True)
                if not told.order_number
            ]
            for buyer, told in refused:
                assert (told.status, told.location) == (303, "/en/cart")
                assert REGRET in buyer.follow(told).text
            assert groups_in_the_books() == 1
            assert breaches(shop) == []


def test_without_the_guard_the_last_unit_is_sold_again_and_again(shop: RunningShop) -> None:
    shop.application = "tests.hammer.unguarded:app"
    with opened(shop.folder, shop.address):
        with without_checks():
            open_books()
        last = put_on_sale(stock=1)
        with running(shop):
            buyers = with_carts(shop, [[last]] * 12)
            seen = buyers[0].filled(buyers[0].start_checkout().location)
            assert isinstance(seen, dict), seen

            # Everybody accepts the total of when there was one left: pages alone must not save us.
            total = seen["expected_total"]
            answers = rush([partial(one.place, expected_total=total) for one in buyers])

            assert len(numbers(answers)) > 1, shop.log()
            assert breaches(shop) != []


def test_twenty_clicks_on_the_same_button_place_one_order(shop: RunningShop) -> None:
    with opened(shop.folder, shop.address):
        open_books()
        tea = put_on_sale(stock=100)
        with running(shop):
            [buyer] = with_carts(shop, [[tea]])
            checkout = buyer.start_checkout().location
            values = buyer.filled(checkout)
            assert isinstance(values, dict), values
            tabs = [shop.shopper(cookies=dict(buyer.cookies), token=buyer.token) for _ in range(20)]

            answers = rush([partial(tab.post, checkout, values) for tab in tabs])

            assert {one.status for one in answers} == {303}, shop.log()
            assert len({one.location for one in answers}) == 1
            assert groups_in_the_books() == 1
            assert breaches(shop) == []


def test_carts_that_hold_the_same_goods_in_opposite_order_do_not_block_each_other(
    shop: RunningShop,
) -> None:
    with opened(shop.folder, shop.address):
        open_books()
        tea, honey = put_on_sale(stock=100), put_on_sale(stock=100, name="Mật ong bạc hà")
        with running(shop):
            buyers = with_carts(shop, [[tea, honey], [honey, tea]] * 10)

            answers = rush([buyer.place for buyer in buyers])

            assert len(set(numbers(answers))) == 20, shop.log()
            assert errors(buyers) == [], shop.log()
            assert slowest(buyers) <= LONGEST
            assert breaches(shop) == []
