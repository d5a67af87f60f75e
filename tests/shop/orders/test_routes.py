from __future__ import annotations

from datetime import timedelta
from email import message_from_string
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update

from app.foundation import outbox, slots
from app.foundation.clock import local_date, now
from app.foundation.database import db
from app.foundation.money import Money
from app.foundation.outbox import deliver_due
from app.foundation.text import fold
from app.foundation.work import unit_of_work
from app.places.models import FormerCommune
from app.programme.models import Certificate, RegisteredProduct
from app.shop.basket.models import Cart
from app.shop.catalogue.models import Variant
from app.shop.orders.models import Checkout, Order, OrderGroup
from app.shop.orders.states import DeliveryState, OrderState
from app.shop.orders.views import PickUpPoint
from app.shop.stock.models import StockLevel
from tests.support import make
from tests.support.browser import Browser
from tests.support.buying import (
    ADDRESS,
    BUYER,
    begin_checkout,
    confirm,
    consigned,
    fill_in,
    form_path,
    on_sale,
    placed,
    show_card,
)
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tests.support.browser import Page


def test_a_guest_buys_from_two_producers(browser: Browser) -> None:
    page = begin_checkout(browser, {on_sale("Chè"): 2, on_sale("Mật ong", dong=90_000): 1})

    with_total = fill_in(browser, page)
    answer = confirm(browser, with_total)
    shown = browser.follow(answer)

    assert "The total has changed" in with_total
    assert with_total.texts(data_testid="checkout-total") == ["400,000 ₫"]
    assert answer.location.startswith("/en/orders/CP-")
    assert shown.texts(data_testid="order-total") == ["400,000 ₫"]
    assert len(shown.all(data_testid="order-package")) == 2
    assert shown.texts(data_testid="cart-count") == ["0"]


def test_shipping_is_shown_on_request_before_anything_is_sent(browser: Browser) -> None:
    page = begin_checkout(browser, {on_sale(): 1})

    shown = fill_in(browser, page, status=200, step="update", name="")

    assert shown.texts(data_testid="checkout-total") == ["155,000 ₫"]
    assert shown.all(id="error-summary") == []
    assert shown.one("input", name="email").get("value") == BUYER["email"]
    db.session.rollback()
    assert db.session.query(OrderGroup).count() == 0


def test_pressing_twice_gives_one_order(browser: Browser) -> None:
    with_total = fill_in(browser, begin_checkout(browser, {on_sale(): 1}))

    first, second = confirm(browser, with_total), confirm(browser, with_total)

    assert first.location == second.location
    db.session.rollback()
    assert db.session.query(OrderGroup).count() == 1


def test_the_same_checkout_with_another_name_leads_to_the_order(browser: Browser) -> None:
    with_total = fill_in(browser, begin_checkout(browser, {on_sale(): 1}))
    ordered = confirm(browser, with_total)

    path = form_path(with_total)
    for change in ({"name": "Else"}, {"email": "none"}, {"step": "update"}):
        again = browser.send(path, with_total.form_values(action=path) | change)
        assert again.location == ordered.location

    assert "This is already ordered" in browser.follow(again)
    db.session.rollback()
    assert db.session.scalars(select(OrderGroup.buyer_name)).all() == [BUYER["name"]]


def test_a_second_tab_leads_to_the_order_of_the_first(app: Flask, browser: Browser) -> None:
    begun = begin_checkout(browser, {on_sale(): 1})
    other = browser.follow(browser.post("orders.start"))
    ordered = confirm(browser, fill_in(browser, begun))

    sent = fill_in(browser, other, status=303, name="Else")
    opened = browser.open(form_path(other), status=303)
    started = browser.post("orders.start")
    stranger = Browser(app)
    refused = stranger.post("orders.start")

    assert form_path(begun) != form_path(other)
    assert {one.location for one in (sent, opened, started)} == {ordered.location}
    assert "This is already ordered" in browser.follow(started)
    assert refused.location == "/en/cart"
    stranger.open(form_path(other), status=404)
    db.session.rollback()
    assert db.session.query(OrderGroup).count() == 1


def test_somebody_elses_checkout_is_not_there(app: Flask, browser: Browser) -> None:
    page = begin_checkout(browser, {on_sale(): 1})
    db.session.rollback()
    other = Browser(app)
    begin_checkout(other, {on_sale("Gạo"): 1})

    other.open(form_path(page), status=404)
    other.send(form_path(page), BUYER | {"expected_total": "155000"}, status=404)
    browser.open("/en/checkout/" + "x" * 300, status=404)


def test_an_expired_checkout_leads_back_to_the_cart(browser: Browser) -> None:
    page = begin_checkout(browser, {on_sale(): 1})
    db.session.rollback()
    db.session.execute(update(Checkout).values(expires_at=now() - timedelta(seconds=1)))
    db.session.commit()

    answer = browser.open(form_path(page), status=303)

    assert answer.location == "/en/cart"
    assert "longer than 15 minutes" in browser.follow(answer)


def test_a_finished_checkout_leads_to_its_order(browser: Browser) -> None:
    with_total = fill_in(browser, begin_checkout(browser, {on_sale(): 1}))
    answer = confirm(browser, with_total)

    assert browser.open(form_path(with_total), status=303).location == answer.location


def test_an_empty_cart_starts_no_checkout(browser: Browser) -> None:
    answer = browser.post("orders.start")

    assert "nothing in your cart" in browser.follow(answer)
    assert browser.get("orders.checkout_begins", status=303).location == "/en/cart"


def test_goods_that_sold_out_are_named_in_the_cart(browser: Browser) -> None:
    variant_id = on_sale("Chè Shan tuyết", stock=1)
    browser.post("basket.add", {"variant_id": str(variant_id)})
    db.session.rollback()
    db.session.execute(update(StockLevel).values(reserved=1))
    db.session.commit()

    page = browser.follow(browser.post("orders.start"))

    assert "Somebody else was faster" in page
    assert "Shan snow tea" in page


def test_what_my_own_checkout_holds_is_still_mine_in_the_cart(browser: Browser) -> None:
    begin_checkout(browser, {on_sale(stock=1): 1})

    page = browser.get("basket.cart")

    assert "Sold out" not in page
    assert len(page.all(data_testid="start-checkout")) == 1


def test_a_price_that_rises_meanwhile_is_asked_about(browser: Browser) -> None:
    with_total = fill_in(browser, begin_checkout(browser, {on_sale(dong=100_000): 1}))
    db.session.rollback()
    db.session.execute(update(Variant).values(price=Money(110_000)))
    db.session.commit()

    asked = confirm(browser, with_total, status=409)
    confirm(browser, asked)

    assert asked.texts(data_testid="checkout-total") == ["140,000 ₫"]
    db.session.rollback()
    assert db.session.scalars(select(OrderGroup.total)).one() == Money(140_000)


ODD = [
    "",
    "a\x00b",
    "x" * 20_000,
    "🍵" * 600,
    "\u202egnp",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
]


@pytest.mark.parametrize("name", ["name", "phone", "email", "province", "commune", "street"])
@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_answers_never_break_the_checkout(browser: Browser, name: str, odd: str) -> None:
    page = begin_checkout(browser, {on_sale(): 1})
    path = form_path(page)
    sent = page.form_values(action=path) | BUYER | {name: odd}

    db.session.rollback()
    response = browser.client.post(path, data=sent | {"csrf_token": browser.token})

    assert response.status_code in {409, 422}
    again = browser._page(response, response.status_code)
    if name != "email":
        assert again.one("input", name="email").get("value") == BUYER["email"]
    if not odd:
        assert again.one(id="error-summary") is not None


@pytest.mark.parametrize("odd", ["", "-1", "1e9", "１２", "9" * 50, "x"])
def test_a_total_that_is_none_is_asked_about(browser: Browser, odd: str) -> None:
    page = begin_checkout(browser, {on_sale(): 1})

    fill_in(browser, page, expected_total=odd)

    db.session.rollback()
    assert db.session.query(OrderGroup).count() == 0


def former(name: str, code: str, *, district: str = "Ba Đình", divided: bool = False) -> None:
    """A ward of before July 2025."""
    make.add(
        FormerCommune(
            old_code=f"{sum(map(ord, name)):05d}",
            name=f"Phường {name}",
            district=f"Quận {district}",
            province="Thành phố Hà Nội",
            folded_name=fold(name),
            folded_district=fold(district),
            folded_province="ha noi",
            commune_code=code,
            is_divided=divided,
            is_main_part=code == "00004",
        )
    )
    db.session.commit()


def test_a_former_ward_is_confirmed_as_what_it_is_today(browser: Browser) -> None:
    former("Phúc Xá", "00004")
    page = begin_checkout(browser, {on_sale(): 1})

    asked = fill_in(browser, page, status=422, commune="phường Phúc Xá")
    confirm(browser, asked)

    assert "is now" in asked
    assert "Ba Đình" in asked
    assert asked.texts(data_testid="checkout-total") == ["155,000 ₫"]
    db.session.rollback()
    destination = db.session.scalars(select(Order.destination)).one()
    assert destination["commune_code"] == "00004"
    assert destination["province_code"] == "01"


def test_a_divided_ward_is_asked_about_and_the_answer_counts(browser: Browser) -> None:
    former("Quán Thánh", "00004", divided=True)
    former("Quán Thánh", "00008", divided=True)
    page = begin_checkout(browser, {on_sale(): 1})

    asked = fill_in(browser, page, status=422, commune="Quán Thánh")
    path = form_path(asked)
    browser.send(path, asked.form_values(action=path) | {"commune_code": "00008"})

    assert len(asked.all("input", name="commune_code")) == 2
    db.session.rollback()
    assert db.session.scalars(select(Order.destination)).one()["commune_code"] == "00008"


def test_an_answer_about_another_name_does_not_count(browser: Browser) -> None:
    former("Phúc Xá", "00004")
    page = begin_checkout(browser, {on_sale(): 1})
    asked = fill_in(browser, page, status=422, commune="Phúc Xá")

    path = form_path(asked)
    changed = asked.form_values(action=path) | {"commune": "Nowhere"}
    again = browser.send(path, changed, status=422)

    assert "We do not know this commune" in again


def counter(place_ids: Any, lang: str) -> list[PickUpPoint]:
    """Showrooms for the shelves asked."""
    return [PickUpPoint(one, 1, "Showroom Tràng Tiền", "1 Tràng Tiền", "8–20") for one in place_ids]


@pytest.fixture
def showrooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """A showroom answers where an order may be collected."""
    monkeypatch.setitem(slots._filled, "orders.pick_up_points", counter)
    monkeypatch.delitem(slots._filled, "stock.pick_up_places")


def test_an_order_is_collected_without_shipping(browser: Browser, showrooms: None) -> None:
    variant_id = on_sale(dong=100_000)
    place_id = consigned(variant_id, 2)
    page = begin_checkout(browser, {variant_id: 2})

    answer = fill_in(
        browser, page, status=303, fulfilment="pick_up", showroom=str(place_id), province=""
    )
    shown = browser.follow(answer)

    assert "Showroom Tràng Tiền" in shown
    assert BUYER["street"] not in shown
    assert shown.texts(data_testid="order-total") == ["200,000 ₫"]
    assert len(shown.one(data_testid="pick-up-code").text or "") == 6


def test_a_pick_up_sent_twice_is_one_order(browser: Browser, showrooms: None) -> None:
    variant_id = on_sale(dong=100_000)
    place_id = consigned(variant_id, 2)
    page = begin_checkout(browser, {variant_id: 2})
    said = {"fulfilment": "pick_up", "showroom": str(place_id), "province": ""}

    first = fill_in(browser, page, status=303, **said)
    again = fill_in(browser, page, status=303, **said)
    other = fill_in(browser, page, status=303, **said, name="Somebody else")

    assert again.location == first.location == other.location
    assert db.session.scalar(select(func.count()).select_from(Order)) == 1


def test_a_showroom_that_lacks_something_is_not_offered(browser: Browser, showrooms: None) -> None:
    variant_id = on_sale()
    place_id = consigned(variant_id, 1)
    page = begin_checkout(browser, {variant_id: 2})

    refused = fill_in(
        browser, page, status=422, fulfilment="pick_up", showroom=str(place_id), province=""
    )

    assert "No showroom has everything" in page
    assert "Choose the province" in refused


@pytest.mark.parametrize("chosen", ["", "0", "999", "x", "1' OR 1"])
def test_a_showroom_must_be_one_of_those_offered(
    browser: Browser, showrooms: None, chosen: str
) -> None:
    variant_id = on_sale()
    consigned(variant_id, 5)
    page = begin_checkout(browser, {variant_id: 2})

    refused = fill_in(browser, page, status=422, fulfilment="pick_up", showroom=chosen)

    assert "Choose where you will collect it" in refused


def shown(browser: Browser, order: Order) -> Page:
    """The buyer's page of an order."""
    return browser.get("orders.show", number=order.group.number, token=order.group.access_token)


def test_the_stars_of_what_was_bought_go_with_their_certificate(browser: Browser) -> None:
    variant_id = on_sale()
    product = db.session.scalars(select(RegisteredProduct)).one()
    certificate = make.certificate(product, stars=4)
    show_card(product.id)
    db.session.commit()
    order = placed({variant_id: 1})
    before = shown(browser, order)
    db.session.execute(update(Certificate).values(revoked_on=make.TODAY))
    db.session.commit()

    after = shown(browser, order)

    assert f"OCOP certificate {certificate.serial}, 4 stars" in before
    assert "star" not in " ".join(after.texts(data_testid="order-package"))
    assert certificate.serial in after


def test_the_orders_page_is_for_whoever_has_the_link(browser: Browser) -> None:
    order = placed()
    number = order.group.number

    page = shown(browser, order)
    browser.get("orders.show", status=404, number=number)
    browser.get("orders.show", status=404, number=number, token="x" * 32)
    browser.get(
        "orders.show", status=404, number="CP-000000-000000", token=order.group.access_token
    )

    assert page.texts(data_testid="order-number") == [number]
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "same-origin"
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.one("meta", name="robots").get("content") == "noindex, nofollow"


def test_the_days_that_checkout_promised_stay_with_the_order(
    browser: Browser, instance: Path
) -> None:
    order = placed()  # within the region: 2 to 3 days
    begun = local_date(order.placed_at)
    days = (
        f"Between {begun + timedelta(days=2):%-d %b %Y} and {begun + timedelta(days=3):%-d %b %Y}"
    )

    page = shown(browser, order)
    letter = next(one for one in letters(instance / "mail") if "lan@example.test" in one)
    db.session.execute(update(Order).values(delivery_state=DeliveryState.DELIVERED))
    db.session.commit()
    after = shown(browser, order)

    assert page.texts(data_testid="expected") == [days]
    assert days in message_from_string(letter, policy=default).get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert after.all(data_testid="expected") == []


def test_an_order_of_before_has_no_such_days(browser: Browser) -> None:
    order = placed()
    db.session.execute(update(Order).values(destination=ADDRESS))
    db.session.commit()

    assert shown(browser, order).all(data_testid="expected") == []


def test_a_buyer_cancels_before_the_package_is_packed(browser: Browser) -> None:
    order = placed()
    page = shown(browser, order)
    number, token = order.group.number, order.group.access_token
    action = f"/en/orders/{number}/cancel"
    sent = page.form_values(action=action)
    asked = page.one("details", data_testid="ask-cancel")

    first = browser.post("orders.cancel", sent, number=number)
    second = browser.post("orders.cancel", sent, number=number)

    assert asked.get("open") is None
    assert [one.get("action") for one in asked.iter() if one.get("action")] == [action]
    assert [one.get("action") for one in page.all("form", method="post")].count(action) == 1
    assert first.location == f"/en/orders/{number}?token={token}"
    assert "no longer possible" in browser.follow(second)
    db.session.rollback()
    assert db.session.scalars(select(Order.state)).one() is OrderState.CANCELLED


@pytest.mark.parametrize("change", [{"token": "x" * 32}, {"order": "CP-1"}, {"token": "\x00"}])
def test_nobody_else_cancels(browser: Browser, change: dict[str, str]) -> None:
    order = placed()
    sent = {"token": order.group.access_token, "order": order.number} | change
    number = order.group.number

    browser.post("orders.cancel", sent, status=404, number=number)

    db.session.rollback()
    assert db.session.scalars(select(Order.state)).one() is OrderState.PLACED


def letters(folder: Path) -> list[str]:
    """The letters sent, delivered now."""
    deliver_due(clock=now)
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.eml"))]


def test_the_link_is_sent_again_to_the_buyer_only(browser: Browser, instance: Path) -> None:
    order = placed()
    number = order.group.number
    letters(instance / "mail")
    before = len(list((instance / "mail").glob("*.eml")))

    answers = [
        browser.follow(browser.post("orders.find", {"number": asked, "email": email})).text
        for asked, email in ((number.lower(), "LAN@example.test"), (number, "other@example.test"))
    ]

    assert answers[0] == answers[1]
    letters(instance / "mail")
    assert len(list((instance / "mail").glob("*.eml"))) == before + 1


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_questions_for_a_link_are_refused_or_ignored(browser: Browser, odd: str) -> None:
    browser.get("orders.find")

    for sent in ({"number": odd, "email": "a@example.test"}, {"number": "CP-1", "email": odd}):
        response = browser.client.post("/en/orders", data=sent | {"csrf_token": browser.token})
        assert response.status_code in {303, 422}


def test_each_letter_can_be_written_in_both_languages(app: Flask, instance: Path) -> None:
    variant_id = on_sale(by=make.producer(email="maker@example.test"))
    consigned(variant_id, 10)
    for language in ("vi", "en"):
        sent, collected = (
            placed({variant_id: 1}, language=language),
            placed({variant_id: 1}, showroom=1, language=language),
        )
        with unit_of_work():
            for topic, order in (
                ("shipped", sent),
                ("cancelled", sent),
                ("ready", collected),
                ("cancelled", collected),
            ):
                payload = {"number": order.number}
                outbox.enqueue(f"orders.{topic}_letter", payload, now=make.NOW)

    delivery = deliver_due(clock=now)

    assert delivery.failed == 0
    assert len(list((instance / "mail").glob("*.eml"))) == 16


def test_the_whole_request_keeps_its_budget(browser: Browser) -> None:
    wanted = {on_sale(f"Chè {number}"): 1 for number in range(3)}
    with_total = fill_in(browser, begin_checkout(browser, wanted))

    with counted_statements() as statements:
        confirm(browser, with_total)

    assert len(statements) <= 8 + 2 * 3, "\n".join(statements)
    db.session.rollback()
    assert db.session.scalar(select(Cart.completed_at)) is not None


def test_the_checker_is_quiet_after_sales_and_loud_after_tampering(app: Flask) -> None:
    placed()
    run = app.test_cli_runner()
    good = run.invoke(args=["check-invariants"])
    db.session.rollback()
    db.session.execute(update(OrderGroup).values(total=Money(1)))
    db.session.execute(update(StockLevel).values(reserved=0))
    db.session.commit()

    bad = run.invoke(args=["check-invariants"])

    assert (good.exit_code, good.output) == (0, "0 breaches\n")
    assert bad.exit_code == 1
    assert "I03 orders of group" in bad.output
    assert "I01 level" in bad.output


def test_an_account_lists_what_its_owner_ordered_and_nothing_else(browser: Browser) -> None:
    placed()
    buyer = make.user(email="lan@example.test")
    db.session.commit()
    browser.sign_in(buyer)
    page = begin_checkout(browser, {on_sale("Chè"): 1})
    browser.follow(confirm(browser, fill_in(browser, page)))

    account = browser.get("accounts.profile")

    (own,) = account.texts(data_testid="own-order")
    assert "CP-" in own
    (link,) = account.all("a", class_="number")
    browser.open(link.get("href", ""))
