from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.foundation.actors import Role, Scope
from app.foundation.database import db
from app.shop.orders.models import Order
from app.shop.orders.states import DeliveryState, OrderState, PaymentState
from app.shop.stock.models import StockLevel
from tests.showrooms import builders
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from app.showrooms.models import Showroom
    from tests.support.browser import Browser


def ready(browser: Browser, place: Showroom, *, dong: int = 125_000) -> tuple[str, str]:
    """Place an order, sign its clerk in and mark it ready; give its number and its code."""
    order = builders.order(place, builders.goods(dong=dong), quantity=2)
    number, code = order.number, order.pick_up_code
    assert code
    browser.sign_in(builders.clerk(place))
    db.session.commit()
    browser.get("showrooms.desk_order", number=number)
    browser.post("showrooms.desk_ready", number=number)
    browser.get("showrooms.desk_order", number=number)
    return number, code


def stored(number: str) -> Order:
    db.session.rollback()
    return db.session.scalars(select(Order).where(Order.number == number)).one()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_clerk_prepares_an_order_and_hands_it_over_for_its_code(
    browser: Browser, lang: str
) -> None:
    browser.lang = lang
    place = builders.showroom()
    number, code = ready(browser, place)

    page = browser.get("showrooms.desk_order", number=number)
    browser.post("showrooms.desk_hand_over", {"code": code}, number=number)
    done = browser.get("showrooms.desk_order", number=number)

    amount = "250.000" if lang == "vi" else "250,000"
    assert amount in page.texts(data_testid="to-collect")[0]
    assert amount in done.texts(data_testid="handed-over")[0]
    order = stored(number)
    assert (order.state, order.payment_state, order.delivery_state) == (
        OrderState.COMPLETED,
        PaymentState.PAID,
        DeliveryState.COLLECTED,
    )
    level = db.session.scalars(
        select(StockLevel).where(StockLevel.place_id == order.place_id)
    ).one()
    assert (level.on_hand, level.reserved) == (8, 0)


def test_a_code_is_taken_in_small_letters_with_gaps(browser: Browser) -> None:
    number, code = ready(browser, builders.showroom())

    spelled = f" {code[:3]}-{code[3:]} ".lower().replace("0", "o").replace("1", "l")
    browser.post("showrooms.desk_hand_over", {"code": spelled}, number=number)

    assert stored(number).delivery_state is DeliveryState.COLLECTED


@pytest.mark.parametrize("code", ["", "WRONG9", "x" * 21, "a\x00b", "١٢٣٤٥٦", "đ" * 6])
def test_a_wrong_code_keeps_the_page_and_the_goods(browser: Browser, code: str) -> None:
    number, _ = ready(browser, builders.showroom())

    page = browser.post("showrooms.desk_hand_over", {"code": code}, number=number, status=400)

    assert page.one(id="code").get("aria-invalid") == "true"
    assert page.one(id="error-summary")
    assert stored(number).delivery_state is DeliveryState.READY


def test_five_wrong_codes_pause_the_counter(browser: Browser) -> None:
    number, code = ready(browser, builders.showroom())
    for _ in range(5):
        browser.post("showrooms.desk_hand_over", {"code": "WRONG9"}, number=number, status=400)

    page = browser.post("showrooms.desk_hand_over", {"code": code}, number=number, status=429)

    assert page.one(id="code").get("aria-invalid") == "true"
    assert stored(number).delivery_state is DeliveryState.READY


def test_an_order_is_handed_over_once(browser: Browser) -> None:
    number, code = ready(browser, builders.showroom())
    browser.post("showrooms.desk_hand_over", {"code": code}, number=number)

    browser.post("showrooms.desk_hand_over", {"code": code}, number=number)
    browser.post("showrooms.desk_ready", number=number)

    page = browser.get("showrooms.desk_order", number=number)
    assert "moved on in the meantime" in page
    assert stored(number).delivery_state is DeliveryState.COLLECTED


def test_another_showrooms_order_does_not_exist(browser: Browser) -> None:
    foreign = builders.order(builders.showroom(), builders.goods()).number
    browser.sign_in(builders.clerk(builders.showroom()))
    db.session.commit()

    desk = browser.get("showrooms.desk_orders")
    found = browser.get("showrooms.desk_orders", q=foreign)
    browser.get("showrooms.desk_order", number=foreign, status=404)
    browser.post("showrooms.desk_ready", number=foreign, status=404)
    browser.post("showrooms.desk_hand_over", {"code": "A"}, number=foreign, status=404)

    assert "No order here" in desk
    assert "No order of your showroom matches" in found


def test_the_ready_stand_first_and_then_the_longest_waiting(browser: Browser) -> None:
    place = builders.showroom()
    variant = builders.goods()
    newest, middle, oldest = (builders.order(place, variant).number for _ in range(3))
    browser.sign_in(builders.clerk(place))
    db.session.commit()
    browser.get("showrooms.desk_order", number=newest)
    browser.post("showrooms.desk_ready", number=newest)

    page = browser.get("showrooms.desk_orders")

    assert page.texts(data_testid="order-number") == [newest, oldest, middle]


@pytest.mark.parametrize("words", ["678", "0912 345 678", "+84912345678", "0912-345-678"])
def test_an_order_is_found_by_the_buyers_phone(browser: Browser, words: str) -> None:
    place = builders.showroom()
    variant = builders.goods()
    number = builders.order(place, variant).number
    builders.order(place, variant, phone="+84987000111")
    browser.sign_in(builders.clerk(place))
    db.session.commit()

    page = browser.get("showrooms.desk_orders", q=words)

    assert page.texts(data_testid="order-number") == [number]


def test_an_order_is_found_by_a_part_of_its_number_even_when_done(browser: Browser) -> None:
    number, code = ready(browser, builders.showroom())
    browser.post("showrooms.desk_hand_over", {"code": code}, number=number)

    waiting = browser.get("showrooms.desk_orders")
    done = browser.get("showrooms.desk_orders", show="done")
    found = browser.get("showrooms.desk_orders", q=number[-8:].lower())

    assert not waiting.all(data_testid="order-row")
    assert done.texts(data_testid="order-number") == [number]
    assert found.texts(data_testid="order-number") == [number]


@pytest.mark.parametrize(
    ("query", "status"),
    [("show=all", 400), ("page=x", 400), ("page=0", 404), ("page=9", 404), ("q=" + "1" * 41, 400)],
)
def test_a_list_that_is_none_is_refused(browser: Browser, query: str, status: int) -> None:
    browser.sign_in(builders.clerk(builders.showroom()))
    db.session.commit()

    browser.open(f"{browser.url('showrooms.desk_orders')}?{query}", status=status)


def test_the_desk_asks_no_more_for_more_orders(browser: Browser) -> None:
    place = builders.showroom()
    variant = builders.goods()
    builders.order(place, variant)
    browser.sign_in(builders.clerk(place))
    db.session.commit()
    with counted_statements() as few:
        browser.get("showrooms.desk_orders")
    for _ in range(4):
        builders.order(place, variant)
    db.session.commit()

    with counted_statements() as more:
        browser.get("showrooms.desk_orders")

    assert len(more) <= len(few)


def test_the_desk_is_for_showroom_staff(browser: Browser) -> None:
    browser.get("showrooms.desk_orders", status=303)
    browser.sign_in(make.user(Role.VILLAGE_HOST, Scope.village(1)))
    db.session.commit()

    browser.get("showrooms.desk_orders", status=403)


def test_an_operator_sees_every_showroom(browser: Browser) -> None:
    number = builders.order(builders.showroom(), builders.goods()).number
    browser.sign_in(make.user(Role.OPERATOR, Scope.territory()))
    db.session.commit()

    assert number in browser.get("showrooms.desk_orders")
