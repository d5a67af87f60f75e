"""Producers serve their orders, and only theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.foundation.actors import Role, Scope
from app.foundation.database import db
from app.shop.orders.models import Order
from app.shop.orders.states import DeliveryState, OrderState
from app.shop.stock.models import StockLevel
from tests.shop.desk import making
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from app.shop.catalogue.models import Listing
    from tests.support.browser import Browser


@pytest.fixture
def listing(browser: Browser) -> Listing:
    """Goods of a producer whose packer is signed in."""
    producer = make.producer()
    made = make.listing(make.registered(by=producer), stock=200)
    person = making.staff(producer)
    db.session.commit()
    browser.sign_in(person)
    return made


def order_of(number: str) -> Order:
    db.session.rollback()
    return db.session.scalars(select(Order).where(Order.number == number)).one()


def test_an_order_goes_from_new_to_delivered(browser: Browser, listing: Listing) -> None:
    number = making.order(listing, quantity=2).number
    db.session.commit()
    page = browser.get("desk.order", number=number)
    assert "Nguyễn Thị Mua" in page
    assert "12 Hàng Chè" in page
    assert "250,000" in page

    for step, values in (
        ("confirm", {}),
        ("pack", {}),
        ("ship", {"carrier": "Bưu điện", "tracking_code": "VN1"}),
        ("deliver", {}),
    ):
        page = browser.follow(browser.post("desk.take_step", values, number=number, step=step))

    order = order_of(number)
    assert (order.state, order.delivery_state) == (OrderState.COMPLETED, DeliveryState.DELIVERED)
    assert "Bưu điện" in page
    assert "There is nothing left for you to do." in page
    level = db.session.scalars(select(StockLevel)).one()
    assert (level.on_hand, level.reserved) == (198, 0)


def test_cancelling_wants_a_reason_and_frees_the_goods(browser: Browser, listing: Listing) -> None:
    number = making.order(listing).number
    db.session.commit()
    browser.get("desk.order", number=number)

    page = browser.post("desk.take_step", {"reason": " "}, number=number, step="cancel", status=400)
    assert "Say why: the buyer will read it." in page
    browser.post("desk.take_step", {"reason": "Mất mùa"}, number=number, step="cancel")

    assert order_of(number).state is OrderState.CANCELLED
    assert "Mất mùa" in browser.get("desk.order", number=number)
    assert db.session.scalars(select(StockLevel)).one().reserved == 0


def test_a_step_that_somebody_else_took_is_told_kindly(browser: Browser, listing: Listing) -> None:
    number = making.order(listing).number
    db.session.commit()
    browser.get("desk.order", number=number)
    browser.post("desk.take_step", number=number, step="confirm")

    page = browser.post("desk.take_step", number=number, step="confirm", status=409)

    assert "Somebody has moved this order on in the meantime." in page
    assert page.one("form", action=browser.url("desk.take_step", number=number, step="pack"))


def test_orders_of_another_producer_do_not_exist(browser: Browser, listing: Listing) -> None:
    other = make.producer("HTX Khác")
    number = making.order(make.listing(make.registered(by=other))).number
    db.session.commit()
    browser.get("desk.home")

    browser.get("desk.order", number=number, status=404)
    browser.post("desk.take_step", number=number, step="confirm", status=404)
    browser.get("desk.orders", producer=other.slug, status=404)

    assert order_of(number).state is OrderState.PLACED


def test_what_is_collected_at_a_showroom_is_not_the_producers_to_move(
    browser: Browser, listing: Listing
) -> None:
    number = making.order(listing, showroom_id=7).number
    db.session.commit()

    page = browser.get("desk.order", number=number)

    assert "The buyer collects this at the showroom" in page
    browser.post("desk.take_step", number=number, step="confirm", status=403)
    assert number in browser.get("desk.orders", task="under_way")
    assert number not in browser.get("desk.orders")


def test_the_first_page_counts_what_is_to_do(browser: Browser, listing: Listing) -> None:
    making.order(listing)
    making.order(listing)
    making.order(listing, state=OrderState.CONFIRMED)
    making.order(listing, state=OrderState.CONFIRMED, delivery=DeliveryState.PACKED)
    db.session.commit()

    page = browser.get("desk.home")

    figures = page.texts(class_="stat")
    assert figures[:4] == [
        "New orders to confirm 2",
        "Orders to pack 1",
        "Orders to ship 1",
        "Orders under way 0",
    ]
    link = next(one for one in page.all("a") if one.text == "Orders to pack")
    assert "task=to_pack" in (link.get("href") or "")


def test_an_order_is_found_by_its_number_and_by_the_end_of_a_phone_number(
    browser: Browser, listing: Listing
) -> None:
    wanted = making.order(listing, phone="+84987654321").number
    other = making.order(listing).number
    db.session.commit()

    for text in ("4321", "0987 654 321", "+84987654321", wanted.lower()):
        page = browser.get("desk.orders", find=text)
        assert wanted in page
        assert other not in page
    assert "No order here" in browser.get("desk.orders", find="%")
    assert "No order here" in browser.get("desk.orders", find="12345678901")


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"find": "a\x00"}, 400),
        ({"find": "x" * 500}, 400),
        ({"task": "sleep"}, 400),
        ({"page": "two"}, 400),
        ({"page": "2"}, 404),
        ({"page": "0"}, 404),
        ({"producer": "nobody"}, 404),
    ],
)
def test_impossible_addresses_are_refused(
    browser: Browser, listing: Listing, values: dict[str, Any], status: int
) -> None:
    browser.get("desk.orders", **values, status=status)


def test_somebody_with_two_producers_chooses(browser: Browser, listing: Listing) -> None:
    second = make.producer("HTX Ật")
    person = make.user(Role.PRODUCER_OWNER, Scope.producer(second.id))
    grant = make.user(Role.PRODUCER_OWNER, Scope.producer(listing.producer_id)).memberships[0]
    person.memberships.append(grant)
    number = making.order(listing).number
    slug = listing.producer.slug
    db.session.commit()
    browser.sign_in(person)

    assert number in browser.get("desk.orders", producer=slug)
    assert number not in browser.get("desk.orders", producer=second.slug)


def test_strangers_have_no_desk(browser: Browser, listing: Listing) -> None:
    browser.sign_in(make.user())
    db.session.commit()

    browser.get("desk.home", status=403)
    browser.get("desk.orders", status=403)


def test_the_list_of_orders_asks_the_database_the_same_however_long_it_is(
    browser: Browser, listing: Listing
) -> None:
    making.order(listing)
    db.session.commit()
    browser.get("desk.orders")
    with counted_statements() as few:
        browser.get("desk.orders")
    for _ in range(9):
        making.order(listing)
    db.session.commit()

    with counted_statements() as many:
        browser.get("desk.orders")

    assert len(many) == len(few)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_of_the_desk_stands_in_both_languages(
    browser: Browser, listing: Listing, lang: str
) -> None:
    number = making.order(listing).number
    person = making.owner(listing.producer)
    public_id = listing.product.public_id
    db.session.commit()
    browser.sign_in(person)
    browser.lang = lang

    pages: tuple[tuple[str, dict[str, Any]], ...] = (
        ("desk.home", {}),
        ("desk.orders", {}),
        ("desk.order", {"number": number}),
        ("desk.products", {}),
        ("desk.new_product", {}),
        ("desk.product", {"public_id": public_id}),
    )
    for endpoint, values in pages:
        browser.get(endpoint, **values)
