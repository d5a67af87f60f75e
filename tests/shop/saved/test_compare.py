"""Products side by side: what the address says and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.foundation.database import db
from tests.shop.saved.test_wishes import goods
from tests.support import make
from tests.support.buying import show_card
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.browser import Browser, Page


def heads(page: Page) -> list[str]:
    """The products in the table's head, by the addresses that take them out."""
    return [one.get("data-product-id", "") for one in page.all("a", class_="compare__remove")]


def test_products_stand_in_the_order_of_the_address(browser: Browser) -> None:
    ids = [goods(name).public_id for name in ("A", "B", "C")]
    asked = [ids[2], ids[0], ids[1]]

    page = browser.get("saved.compare", ids=",".join(asked))

    assert heads(page) == asked
    assert page.all(data_testid="left-out") == []


def test_four_are_the_most_and_the_rest_is_said(browser: Browser) -> None:
    ids = [goods(name).public_id for name in ("A", "B", "C", "D", "E")]

    page = browser.get("saved.compare", ids=",".join(ids))

    assert heads(page) == ids[:4]
    assert "Up to 4 products" in page


@pytest.mark.parametrize("odd", ["", ",,,", "nothere1", "<script>", "x" * 100_000, "é,²"])
def test_what_is_none_of_ours_is_left_out(browser: Browser, odd: str) -> None:
    product = goods()

    alone = browser.get("saved.compare", ids=odd)
    beside = browser.get("saved.compare", ids=f"{product.public_id},{product.public_id},{odd}")

    assert "Nothing to compare yet" in alone
    assert heads(beside) == [product.public_id]


def test_stars_are_those_of_a_certificate_valid_today(browser: Browser) -> None:
    valid, expired = goods("A"), goods("B")
    make.certificate(valid, 4)
    make.certificate(
        expired,
        5,
        issued_on=make.NOW.date() - timedelta(days=2_000),
        expires_on=make.NOW.date() - timedelta(days=200),
    )
    for product in (valid, expired):
        show_card(product.id)
    db.session.commit()

    page = browser.get("saved.compare", ids=f"{valid.public_id},{expired.public_id}")

    assert [one.get("data-stars") for one in page.all(data_testid="star-badge")] == ["4"]


def test_lines_that_differ_are_marked_and_equal_ones_are_not(browser: Browser) -> None:
    first, second = goods("A", dong=100_000), goods("B", dong=90_000)

    page = browser.get("saved.compare", ids=f"{first.public_id},{second.public_id}")

    marked = [words for words in page.texts("th", scope="row") if words.endswith("(different)")]
    assert "Price (different)" in marked
    assert "Price per kg or litre (different)" in marked
    assert "Availability (different)" not in marked
    assert "450,000 ₫ per kg" in page


def test_without_a_script_links_add_and_take_out(browser: Browser) -> None:
    first, second = goods("A"), goods("B")
    page = browser.get("saved.compare", ids=first.public_id)

    [more] = page.all("a", data_testid="compare-with")
    both = browser.open(more.get("href", ""))
    [out, _other] = both.all("a", class_="compare__remove")

    assert heads(both) == [first.public_id, second.public_id]
    assert out.get("href") == f"/en/compare?ids={second.public_id}"


def test_the_page_is_not_for_search_engines(browser: Browser) -> None:
    page = browser.get("saved.compare", ids=goods().public_id)

    assert page.one("meta", name="robots").get("content", "").startswith("noindex")
    assert page.all("link", rel="canonical") == []


def test_a_product_s_page_offers_both_and_costs_six_statements(
    app: Flask, browser: Browser
) -> None:
    product = goods()
    browser.get("catalogue.product", path=f"{product.slug}-{product.public_id}")

    with counted_statements() as seen:
        page = browser.get("catalogue.product", path=f"{product.slug}-{product.public_id}")

    assert len(seen) <= 6, "\n".join(seen)
    assert page.one("button", form="wish").get("value") == product.public_id
    link = page.one("a", data_compare=product.public_id)
    assert link.get("href") == f"/en/compare?ids={product.public_id}"


def test_four_products_cost_four_statements(app: Flask, browser: Browser) -> None:
    ids = [goods(name).public_id for name in ("A", "B", "C", "D")]
    browser.get("saved.compare", ids=ids[0])

    with counted_statements() as seen:
        browser.get("saved.compare", ids=",".join(ids))

    assert len(seen) <= 4, "\n".join(seen)
