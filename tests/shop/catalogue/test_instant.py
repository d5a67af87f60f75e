"""Filtering in place: htmx gets the part of the page that changes, everybody else the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import html5lib
import pytest

from app.foundation.database import db
from tests.shop.catalogue import market
from tests.shop.catalogue.sale import on_sale
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser, Page

PART = {"HX-Request": "true"}


def _asked(browser: Browser, path: str, **headers: str) -> Any:
    with browser.app.app_context():
        return browser.client.get(path, headers={"Accept-Language": browser.lang} | headers)


def _listing(html: str) -> str:
    """Write the list of a page or a part the same way, but for the token of its form."""
    document = html5lib.parse(html)
    found = [one for one in document.iter() if one.get("id") == "listing"]
    assert len(found) == 1
    text = ET.tostring(found[0], encoding="unicode").strip()
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", text)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "query",
    ["", "?star=4", "?category=food", "?category=tea&province=ha-noi&sort=price_asc", "?page=2"],
)
def test_the_part_is_the_same_as_in_the_whole_page(browser: Browser, lang: str, query: str) -> None:
    browser.lang = lang
    market.fill(60)
    db.session.commit()
    path = f"/{lang}/products{query}"

    whole = _asked(browser, path).text
    part = _asked(browser, path, **PART).text

    assert _listing(part) == _listing(whole)
    assert "<html" not in part
    assert "page-header" not in part
    title = re.search(r"<title>(.*?)</title>", part, re.DOTALL)
    assert title
    assert title[0] in whole


def test_no_cache_gives_the_part_for_the_page(browser: Browser) -> None:
    on_sale()
    db.session.commit()

    answers = [_asked(browser, "/en/products", **headers) for headers in (PART, {}, PART, {})]

    assert ["<html" in one.text for one in answers] == [False, True, False, True]
    assert all("HX-Request" in one.headers["Vary"] for one in answers)


def test_the_part_asks_no_more_of_the_database_than_the_page(browser: Browser) -> None:
    market.fill(60)
    db.session.commit()
    _asked(browser, "/en/products")

    with counted_statements() as seen:
        _asked(browser, "/en/products?star=4&q=", **PART)

    assert len(seen) <= 5


def test_without_a_script_every_filter_is_a_link_and_every_field_in_a_form(
    browser: Browser,
) -> None:
    market.fill(60)
    db.session.commit()

    page = browser.get("catalogue.products")

    options = page.all("a", class_="facet__option")
    assert all(str(one.get("href")).startswith("/en/products") for one in options)
    forms = [page.form_values(action="/en/products", **{"data-island": "autosubmit"})]
    assert forms == [{"sort": "relevance"}]
    # htmx is not part of the first load: no script leads to it
    assert not [one for one in page.all("script") if "htmx" in (one.get("src") or "")]


def test_a_product_s_card_and_the_basket_s_form_stay_plain(browser: Browser) -> None:
    on_sale()
    db.session.commit()

    page = browser.get("catalogue.products")

    plain = page.one(class_="listing__cards")
    assert plain.get("data-hx-boost") == "false"
    listing = page.one(id="listing")
    assert not [one for one in listing.iter() if one.get("id") == "add-to-cart"]
    assert page.one("form", id="add-to-cart").get("method") == "post"


def test_a_long_facet_shows_its_first_choices_and_folds_the_others(browser: Browser) -> None:
    market.fill(60)
    db.session.commit()

    page = browser.get("catalogue.products")

    assert not page.all(class_="facet__more")  # three provinces are no long list


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_category_introduces_itself_above_its_first_page(browser: Browser, lang: str) -> None:
    browser.lang = lang
    market.fill(60)
    db.session.commit()

    page = browser.get("catalogue.products", category="che")

    assert {"vi": "ô long", "en": "Shan teas"}[lang] in page.texts(data_testid="landing")[0]
    assert "26/2026/QĐ-TTg" in page
    places = _landing_links(page)
    assert any("province=" in one for one in places)


def test_an_introduction_goes_once_something_else_narrows_the_list(browser: Browser) -> None:
    market.fill(60)
    db.session.commit()

    def introduced(**values: Any) -> bool:
        return bool(browser.get("catalogue.products", **values).all(data_testid="landing"))

    assert introduced(category="food")
    assert introduced(category="food", sort="name")
    assert not introduced(category="food", province="ha-noi")
    assert not introduced(category="food", page="2")
    assert not introduced()


def test_an_industry_leads_to_its_parts(browser: Browser) -> None:
    market.fill(60)
    db.session.commit()

    links = _landing_links(browser.get("catalogue.products", category="food"))

    assert "/en/products?category=tea" in links


def _landing_links(page: Page) -> list[str]:
    part = page.one(data_testid="landing")
    return [str(one.get("href")) for one in part.iter() if one.get("href")]
