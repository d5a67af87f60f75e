"""Kept pages and counts are never old, in no process, and never somebody's own."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app import create_app
from app.foundation import edition
from app.foundation.actors import SYSTEM
from app.foundation.database import db
from app.foundation.money import Money
from app.foundation.work import unit_of_work
from app.programme.services import revoke_certificate
from app.shop.catalogue import facets, narrowing
from app.shop.catalogue.models import Listing, ProductCard
from app.shop.catalogue.services import mark_availability, refresh_card
from tests.shop.catalogue.sale import card, on_sale
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings
    from tests.support.browser import Browser

PAGES = ("catalogue.home", "catalogue.products")


def change_price(product_id: int, dong: int) -> None:
    """Ask another price for a product, in a unit of its own."""
    with unit_of_work():
        listing = db.session.scalars(select(Listing).where(Listing.product_id == product_id)).one()
        listing.variants[0].price = Money(dong)
        refresh_card(product_id, now=make.NOW)


def change_price_elsewhere(settings: Settings, product_id: int, dong: int) -> None:
    """The same in a process that has just begun."""
    with create_app(settings).app_context():
        change_price(product_id, dong)


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_stranger_s_second_page_costs_one_statement(browser: Browser, endpoint: str) -> None:
    on_sale()
    db.session.commit()
    first = browser.get(endpoint)

    with counted_statements() as seen:
        second = browser.get(endpoint)

    assert [one.split()[1] for one in seen] == ["editions.stamp"]
    assert second.texts(data_testid="product-card") == first.texts(data_testid="product-card")


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_new_price_is_on_the_very_next_page(browser: Browser, endpoint: str) -> None:
    product = on_sale(dong=90_000)
    db.session.commit()
    assert "90,000 ₫" in browser.get(endpoint)

    change_price(product.id, 95_000)

    page = browser.get(endpoint)
    assert "95,000 ₫" in page
    assert not any("90,000" in words for words in page.texts(data_testid="product-card"))


def test_a_price_changed_by_another_process_is_on_the_very_next_page(
    browser: Browser, settings: Settings
) -> None:
    product = on_sale(dong=90_000)
    db.session.commit()
    assert "90,000 ₫" in browser.get("catalogue.products")
    db.session.rollback()

    other = multiprocessing.get_context("spawn").Process(
        target=change_price_elsewhere, args=(settings, product.id, 250_000)
    )
    other.start()
    other.join()

    page = browser.get("catalogue.products")
    assert other.exitcode == 0
    assert "250,000 ₫" in page
    assert not page.all(data_testid="facet-price--100000")
    assert page.all(data_testid="facet-price-200000-500000")


def test_what_is_sold_out_cannot_be_added_on_the_very_next_page(browser: Browser) -> None:
    product = on_sale()
    db.session.commit()
    assert browser.get("catalogue.products").all(data_testid="add-to-cart")

    with unit_of_work():
        listing = db.session.scalars(select(Listing)).one()
        mark_availability(listing.id, is_in_stock=False, now=make.NOW)

    page = browser.get("catalogue.products")
    assert product.public_id in page.response.text
    assert "Out of stock" in page
    assert not page.all(data_testid="add-to-cart")


def test_a_revoked_star_is_gone_from_the_very_next_page(browser: Browser) -> None:
    product = on_sale()
    db.session.commit()
    assert browser.get("catalogue.products").all(data_testid="star-badge")

    with unit_of_work():
        revoke_certificate(product.certificates[0], actor=SYSTEM, grounds="x", now=make.NOW)

    assert not browser.get("catalogue.products").all(data_testid="star-badge")


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_star_is_gone_at_midnight_without_any_change(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, endpoint: str
) -> None:
    product = on_sale(stars=None)
    make.certificate(product, issued_on=make.TODAY - timedelta(days=1_095))
    card(product)
    db.session.commit()
    monkeypatch.setattr("app.foundation.clock.now", lambda: make.NOW)
    assert browser.get(endpoint).all(data_testid="star-badge")

    monkeypatch.setattr("app.foundation.clock.now", lambda: make.NOW + timedelta(days=1))

    assert not browser.get(endpoint).all(data_testid="star-badge")


def test_two_carts_see_their_own_counts_and_strangers_none(app: Flask, browser: Browser) -> None:
    product = on_sale()
    db.session.commit()
    variant_id = db.session.scalars(select(ProductCard.variant_id)).one()
    other = type(browser)(app)
    stranger = type(browser)(app)
    for one, quantity in ((browser, "2"), (other, "5")):
        one.get("catalogue.products")
        one.post("basket.add", {"variant_id": str(variant_id), "quantity": quantity})

    counts = [
        one.get("catalogue.products").texts(data_testid="cart-count")
        for one in (stranger, browser, other, stranger)
    ]

    assert counts == [["0"], ["2"], ["5"], ["0"]]
    assert product.public_id in stranger.get("catalogue.products").response.text


def test_each_stranger_gets_a_token_of_their_own(app: Flask, browser: Browser) -> None:
    on_sale()
    db.session.commit()
    variant_id = db.session.scalars(select(ProductCard.variant_id)).one()
    other = type(browser)(app)
    browser.get("catalogue.products")
    other.get("catalogue.products")

    mine, browser.token = browser.token, other.token

    assert mine != other.token
    browser.post("basket.add", {"variant_id": str(variant_id)}, status=400)
    browser.token = mine
    browser.post("basket.add", {"variant_id": str(variant_id)}, status=303)


def test_a_page_without_a_form_sets_no_session(browser: Browser) -> None:
    on_sale()
    db.session.commit()

    for _again in range(2):
        page = browser.get("catalogue.home")
        cookies = page.response.headers.getlist("Set-Cookie")
        assert not [one for one in cookies if one.startswith("session=")]


def test_a_notice_is_read_once_and_by_its_reader_only(app: Flask, browser: Browser) -> None:
    on_sale()
    db.session.commit()
    with browser.client.session_transaction() as session:
        session["_flashes"] = [("success", "Only for you.")]

    assert "Only for you." in browser.get("catalogue.home")
    assert "Only for you." not in browser.get("catalogue.home")
    assert "Only for you." not in type(browser)(app).get("catalogue.home")


def test_what_is_not_committed_is_counted_and_never_kept(app: Flask) -> None:
    on_sale()
    db.session.commit()
    before = edition.current()
    everything = narrowing.Filters()
    assert facets.count(everything, today=make.TODAY).total == 1

    on_sale("Mật ong", "Honey", set_code="04")

    assert edition.current() is None
    assert facets.count(everything, today=make.TODAY).total == 2
    db.session.rollback()
    assert edition.current() == before
    assert facets.count(everything, today=make.TODAY).total == 1


def test_a_change_that_nobody_sees_makes_no_new_edition(app: Flask) -> None:
    on_sale()
    db.session.commit()
    before = edition.current()

    make.user()
    db.session.commit()

    assert edition.current() == before
