from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.foundation import slots
from app.foundation.database import db
from tests.shop.catalogue import market
from tests.shop.catalogue.sale import card, on_sale
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_home_opens_with_search_and_shows_ways_in(browser: Browser, lang: str) -> None:
    browser.lang = lang
    on_sale(dong=90_000)
    on_sale("Mật ong", "Honey", set_code="04", dong=400_000)
    card(make.registered())
    db.session.commit()

    page = browser.get("catalogue.home")

    assert page.all("input", id="hero-search")
    newly = page.one("section", **{"aria-labelledby": "newly-certified"})
    friendly = page.one("section", **{"aria-labelledby": "price-friendly"})
    found = [
        len([one for one in part.iter() if one.get("data-product-id")])
        for part in (newly, friendly)
    ]
    assert found == [2, 1]
    assert page.all(class_="map__province", href=f"/{lang}/products?province=tuyen-quang")
    assert page.texts("a", class_="chip", href=f"/{lang}/products?province=tuyen-quang") == [
        "Tuyên Quang · 3"
    ]


def test_an_empty_shop_opens_too(browser: Browser) -> None:
    page = browser.get("catalogue.home")

    assert not page.all(data_testid="product-card")


def test_the_start_page_leads_to_a_language(browser: Browser) -> None:
    assert browser.open("/", status=302).location == "/en/"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_map_counts_each_province(browser: Browser, lang: str) -> None:
    browser.lang = lang
    on_sale()
    card(make.registered(province_code="01"))
    db.session.commit()

    page = browser.get("catalogue.map_page")

    counts = {
        one: page.texts(data_testid=f"province-{one}")[0][-1]
        for one in ("tuyen-quang", "ha-noi", "lam-dong")
    }
    assert counts == {"tuyen-quang": "1", "ha-noi": "1", "lam-dong": "0"}
    assert len(page.all(class_="map__province")) == 3


def test_every_page_has_the_industries_as_its_menu(browser: Browser) -> None:
    page = browser.get("catalogue.products", category="tea")

    menu = page.one("nav", class_="category-nav")
    links = [
        (one.get("href"), one.get("aria-current"))
        for one in menu.iter("{http://www.w3.org/1999/xhtml}a")
    ]
    assert links == [
        ("/en/products", None),
        ("/en/products?category=food", "page"),
        ("/en/products?category=handicrafts", None),
    ]


def test_villages_stand_on_the_home_page_when_there_are_any(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    village: dict[str, Any] = {
        "url": "/en/villages/lo-lo-chai",
        "name": "Lô Lô Chải",
        "place": "Tuyên Quang",
        "known_for": "",
        "stars": None,
        "recognised_year": 2022,
        "image": None,
    }
    filled = dict(slots._filled) | {"home.villages": lambda _lang: [village]}
    monkeypatch.setattr(slots, "_filled", filled)

    assert "Lô Lô Chải" in browser.get("catalogue.home")


def test_home_and_map_ask_little_of_the_database(browser: Browser) -> None:
    market.fill(60)
    db.session.commit()
    browser.get("catalogue.home")

    with counted_statements() as home:
        browser.get("catalogue.home")
    with counted_statements() as whole_map:
        browser.get("catalogue.map_page")

    assert len(home) <= 3  # the villages ask one of them
    assert len(whole_map) <= 1
