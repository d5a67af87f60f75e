from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.foundation.database import db
from app.foundation.money import Money
from app.programme.models import RegisteredProduct
from app.shop.basket.models import Cart, CartLine
from app.shop.catalogue.models import Listing, ListingState
from tests.support.buying import consigned, on_sale
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.browser import Browser


def test_an_empty_cart_says_so_and_shows_the_way(browser: Browser) -> None:
    page = browser.get("basket.cart")

    assert "Your cart is empty" in page
    assert page.texts(data_testid="cart-count") == ["0"]


def test_what_is_added_stands_in_the_cart_with_its_price(browser: Browser) -> None:
    variant_id = on_sale(dong=125_000)

    added = browser.post("basket.add", {"variant_id": str(variant_id), "quantity": "2"})
    page = browser.follow(added)

    assert "It is in your cart now." in page
    assert len(page.all(data_testid="cart-line")) == 1
    assert page.texts(data_testid="cart-total") == ["250,000 ₫"]
    assert page.texts(data_testid="cart-count") == ["2"]


def test_adding_again_adds_up_and_never_past_999(browser: Browser) -> None:
    variant_id = on_sale()

    for quantity in ("998", "5"):
        browser.post("basket.add", {"variant_id": str(variant_id), "quantity": quantity})

    db.session.rollback()
    assert db.session.scalars(select(CartLine.quantity)).all() == [999]


def test_the_cart_is_kept_by_a_cookie_that_scripts_cannot_read(browser: Browser) -> None:
    added = browser.post("basket.add", {"variant_id": str(on_sale())})

    cookie = next(
        one for one in added.response.headers.getlist("Set-Cookie") if one.startswith("cart=")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert len(cookie.split(";")[0]) >= len("cart=") + 32


def test_a_made_up_token_opens_no_cart_and_is_not_kept(browser: Browser) -> None:
    variant_id = on_sale()
    browser.client.set_cookie("cart", "a" * 36)

    browser.post("basket.add", {"variant_id": str(variant_id)})

    db.session.rollback()
    assert db.session.scalars(select(Cart.token)).one() != "a" * 36


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/en/products?q=tea&page=2", True),
        ("//evil.example", False),
        ("https://evil.example/", False),
        ("/\\evil.example", False),
        ("javascript:alert(1)", False),
        ("/en/\r\nSet-Cookie: x=1", False),
    ],
)
def test_one_goes_back_only_to_pages_of_ours(browser: Browser, target: str, kept: bool) -> None:  # noqa: FBT001
    added = browser.post("basket.add", {"variant_id": str(on_sale()), "next": target})

    assert added.location == (target if kept else "/en/cart")


@pytest.mark.parametrize(
    "odd", ["0", "-1", "1000", "1.5", "1e3", "٣", "²", "", "9" * 400, "NaN", "1\x00"]
)
@pytest.mark.parametrize("target", ["", "/en/products?q=tea"])
def test_a_quantity_that_is_none_is_asked_for_again(
    browser: Browser, odd: str, target: str
) -> None:
    sent = {"variant_id": str(on_sale()), "quantity": odd, "next": target}

    page = browser.post("basket.add", sent, status=422)

    assert "A quantity is a whole number from 1 to 999." in page
    kept = page.form_values(action="/en/cart/add")
    assert kept["quantity"] == ("" if "\x00" in odd else odd[:40])
    assert kept["variant_id"] == sent["variant_id"]
    assert kept["next"] == target
    db.session.rollback()
    assert db.session.scalars(select(CartLine.id)).all() == []


@pytest.mark.parametrize(("target", "leads_to"), [("", "/en/cart"), ("/en/map", "/en/map")])
def test_no_size_chosen_is_asked_for(browser: Browser, target: str, leads_to: str) -> None:
    on_sale()

    answer = browser.post("basket.add", {"quantity": "1", "next": target})

    assert answer.location == leads_to
    assert "Choose a size" in browser.follow(answer)


@pytest.mark.parametrize("odd", ["x", "1\x00", str(2**63), "-1"])
def test_a_size_that_is_none_is_refused(browser: Browser, odd: str) -> None:
    on_sale()

    browser.post("basket.add", {"variant_id": odd}, status=400)

    db.session.rollback()
    assert db.session.scalars(select(CartLine.id)).all() == []


def test_what_is_not_sold_cannot_be_added(browser: Browser) -> None:
    variant_id = on_sale()
    db.session.scalars(select(Listing)).one().state = ListingState.PAUSED
    db.session.commit()

    browser.post("basket.add", {"variant_id": str(variant_id)}, status=404)
    browser.post("basket.add", {"variant_id": "999999"}, status=404)


def test_quantities_change_and_lines_go(browser: Browser) -> None:
    tea, honey = on_sale("Chè", dong=100_000), on_sale("Mật ong", dong=200_000)
    for variant_id in (tea, honey):
        browser.post("basket.add", {"variant_id": str(variant_id)})

    browser.post("basket.change", {f"quantity-{tea}": "3", f"quantity-{honey}": "1"})
    changed = browser.get("basket.cart")
    browser.post(
        "basket.change", {f"quantity-{tea}": "3", f"quantity-{honey}": "1", "remove": str(honey)}
    )
    removed = browser.get("basket.cart")

    assert changed.texts(data_testid="cart-total") == ["500,000 ₫"]
    assert removed.texts(data_testid="cart-total") == ["300,000 ₫"]


@pytest.mark.parametrize("quantity", ["0", "-2", "1000", "two", "１"])
def test_a_wrong_quantity_changes_nothing(browser: Browser, quantity: str) -> None:
    variant_id = on_sale()
    browser.post("basket.add", {"variant_id": str(variant_id), "quantity": "2"})

    page = browser.post("basket.change", {f"quantity-{variant_id}": quantity}, status=422)

    assert "A quantity is a whole number from 1 to 999." in page
    assert page.form_values(id="cart-form")[f"quantity-{variant_id}"] == quantity
    db.session.rollback()
    assert db.session.scalars(select(CartLine.quantity)).all() == [2]


def test_lines_that_cannot_be_bought_stay_and_say_why(browser: Browser) -> None:
    few, none, paused = on_sale("Chè", stock=2), on_sale("Mật ong", stock=0), on_sale("Gốm")
    for variant_id in (few, none, paused):
        browser.post("basket.add", {"variant_id": str(variant_id), "quantity": "3"})
    db.session.rollback()
    db.session.scalars(select(Listing).order_by(Listing.id.desc())).first().state = (  # type: ignore[union-attr]
        ListingState.PAUSED
    )
    db.session.commit()

    page = browser.get("basket.cart")

    assert len(page.all(data_testid="cart-line")) == 3
    assert "Only 2 left" in page
    assert "Sold out" in page
    assert "No longer sold" in page
    assert page.all(data_testid="start-checkout") == []


def test_the_price_in_the_cart_is_todays(browser: Browser) -> None:
    variant_id = on_sale(dong=100_000)
    browser.post("basket.add", {"variant_id": str(variant_id)})
    db.session.rollback()
    listing = db.session.scalars(select(Listing)).one()
    listing.variants[0].price = Money(120_000)
    db.session.commit()

    page = browser.get("basket.cart")

    assert page.texts(data_testid="cart-total") == ["120,000 ₫"]


def test_the_badge_costs_nothing_without_a_cart(app: Flask, browser: Browser) -> None:
    with counted_statements() as statements:
        browser.get("basket.cart")

    assert [one for one in statements if "cart" in one] == []


def test_adding_takes_five_statements_at_most(app: Flask, browser: Browser) -> None:
    variant_id = on_sale()

    for _ in range(2):  # a new cart, then one that is there
        with counted_statements() as statements:
            browser.post("basket.add", {"variant_id": str(variant_id)})
        assert len(statements) <= 5, "\n".join(statements)


def test_what_stands_in_a_showroom_alone_is_not_offered_for_a_cart(browser: Browser) -> None:
    variant_id = on_sale(stock=0)
    consigned(variant_id, 5)
    product = db.session.scalars(select(RegisteredProduct)).one()

    page = browser.get("catalogue.product", path=f"{product.slug}-{product.public_id}")

    assert page.texts(data_testid="out-of-stock") == ["Out of stock"]
    assert page.all(data_testid="add-to-cart") == []


def test_a_page_counts_the_cart_once(browser: Browser) -> None:
    browser.post("basket.add", {"variant_id": str(on_sale())})
    browser.get("basket.cart")  # reads the notice

    with counted_statements() as statements:
        page = browser.get("catalogue.home")

    assert page.texts(data_testid="cart-count") == ["1"]
    assert len([one for one in statements if "cart_lines" in one]) == 1
