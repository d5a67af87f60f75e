"""Goods that stand in a showroom alone: found, put into the cart, collected, and never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.foundation.actors import SYSTEM
from app.foundation.database import db
from app.foundation.work import unit_of_work
from app.programme.models import RegisteredProduct
from app.shop.catalogue.models import ProductCard
from app.shop.orders import queries
from app.shop.orders.models import Order
from app.shop.orders.states import FulfilmentKind
from app.shop.stock.models import PlaceKind, StockHold, StockLevel, StockPlace
from app.shop.stock.queries import breaches
from app.shop.stock.services import SoldOutError, receive
from tests.showrooms import builders
from tests.support import make
from tests.support.buying import (
    BUYER,
    begin_checkout,
    cart_of,
    checkout_of,
    command,
    fill_in,
    on_sale,
    place,
)

if TYPE_CHECKING:
    from flask import Flask

    from app.showrooms.models import Showroom
    from tests.support.browser import Browser, Page


def stood_in(showroom: Showroom, *variant_ids: int, quantity: int = 3) -> int:
    """Goods received by a showroom; the number of its shelf."""
    db.session.commit()
    place_id = showroom.place_id
    with unit_of_work():
        for variant_id in variant_ids:
            receive(variant_id, place_id, quantity, cause="note", actor=SYSTEM, now=make.NOW)
    return place_id


def product_page(browser: Browser) -> Page:
    """The page of the only product."""
    db.session.rollback()
    product = db.session.scalars(select(RegisteredProduct)).one()
    return browser.get("catalogue.product", path=f"{product.slug}-{product.public_id}")


def held_at() -> list[PlaceKind]:
    """The kinds of the places where something is held."""
    db.session.rollback()
    return list(
        db.session.scalars(
            select(StockPlace.kind)
            .join(StockLevel, StockLevel.place_id == StockPlace.id)
            .join(StockHold, StockHold.level_id == StockLevel.id)
        )
    )


@pytest.mark.parametrize("hands_over", [True, False])
def test_card_page_and_cart_agree_on_what_a_showroom_has(
    browser: Browser,
    hands_over: bool,  # noqa: FBT001
) -> None:
    variant_id = on_sale(stock=0)
    stood_in(builders.showroom(offers_pick_up=hands_over), variant_id)

    page = product_page(browser)
    browser.post("basket.add", {"variant_id": str(variant_id)})
    cart = browser.get("basket.cart")

    assert db.session.scalars(select(ProductCard.is_in_stock)).one() is hands_over
    assert bool(page.all(data_testid="add-to-cart")) is hands_over
    assert bool(cart.all(data_testid="start-checkout")) is hands_over
    said = ["Only for pick-up at a showroom"] if hands_over else []
    assert page.texts(data_testid="only-pick-up") == said
    assert cart.texts(data_testid="only-pick-up") == said


def test_what_stands_in_a_showroom_alone_is_held_and_collected_there(browser: Browser) -> None:
    variant_id = on_sale(dong=100_000, stock=1)
    place_id = stood_in(builders.showroom(), variant_id, quantity=2)

    page = begin_checkout(browser, {variant_id: 2})
    chosen = page.form_values(action=page.one("form", class_="split").get("action") or "")
    kinds = held_at()
    answer = fill_in(
        browser, page, status=303, **{name: chosen[name] for name in ("fulfilment", "showroom")}
    )

    assert (chosen["fulfilment"], chosen["showroom"]) == ("pick_up", str(place_id))
    assert kinds == [PlaceKind.SHOWROOM]
    assert "Your pick-up code" in browser.follow(answer)
    db.session.rollback()
    order = db.session.scalars(select(Order)).one()
    assert (order.fulfilment, order.place_id) == (FulfilmentKind.PICK_UP, place_id)
    assert breaches() + queries.breaches() == []


@pytest.mark.parametrize("missing", ["", "street"])
def test_it_cannot_be_sent_and_the_form_says_so(browser: Browser, missing: str) -> None:
    variant_id = on_sale(dong=100_000, stock=0)
    stood_in(builders.showroom(), variant_id)
    page = begin_checkout(browser, {variant_id: 1})
    said = {"fulfilment": "delivery", "expected_total": "130000"} | (
        {missing: ""} if missing else {}
    )

    refused = fill_in(browser, page, status=422, **said)

    assert "cannot be sent. Choose pick-up" in refused
    assert refused.one("input", name="email").get("value") == BUYER["email"]
    db.session.rollback()
    assert db.session.scalars(select(Order)).all() == []


def test_nothing_held_in_a_showroom_is_ever_sent(app: Flask) -> None:
    variant_id = on_sale(dong=100_000, stock=0)
    stood_in(builders.showroom(), variant_id)
    cart = cart_of({variant_id: 1})
    said = command(checkout_of(cart), cart, total=130_000)

    with pytest.raises(SoldOutError):
        place(said)


def test_goods_that_no_place_has_together_are_not_ordered_together(browser: Browser) -> None:
    sent, collected = on_sale("Chè", stock=5), on_sale("Mật ong", stock=0)
    stood_in(builders.showroom(), collected)
    for variant_id in (sent, collected):
        browser.post("basket.add", {"variant_id": str(variant_id)})

    apart = browser.get("basket.cart")
    refused = browser.post("orders.start")
    browser.post("basket.change", {"remove": str(sent)})
    alone = browser.get("basket.cart")

    assert "needs an order of its own" in apart
    assert apart.all(data_testid="start-checkout") == []
    assert refused.location == "/en/cart"
    assert len(alone.all(data_testid="start-checkout")) == 1


def test_what_the_producer_can_send_is_held_there(browser: Browser) -> None:
    variant_id = on_sale(stock=2)
    stood_in(builders.showroom(), variant_id)

    page = begin_checkout(browser, {variant_id: 2})

    assert held_at() == [PlaceKind.PRODUCER]
    assert page.all(data_testid="only-pick-up") == []
    assert len(page.all("input", name="showroom")) == 1


def test_the_last_piece_in_a_showroom_stays_on_offer_to_whoever_holds_it(browser: Browser) -> None:
    variant_id = on_sale(stock=0)
    place_id = stood_in(builders.showroom(), variant_id, quantity=1)

    page = begin_checkout(browser, {variant_id: 1})
    again = browser.get("basket.cart")

    assert page.one("input", name="showroom").get("value") == str(place_id)
    assert len(again.all(data_testid="start-checkout")) == 1
