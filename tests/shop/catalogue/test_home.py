from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.foundation import slots
from app.foundation.database import db
from app.shop.catalogue.models import Listing
from app.shop.catalogue.seasons import in_season
from app.shop.catalogue.services import mark_availability
from tests.shop.catalogue import market
from tests.shop.catalogue.sale import card, on_sale
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser, Page


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
    assert page.all(class_="map__province", href=f"/{lang}/provinces/tuyen-quang")
    assert page.texts("a", class_="chip", href=f"/{lang}/provinces/tuyen-quang") == [
        "Tuyên Quang · 3"
    ]
    tea = {"vi": "/vi/products?category=che", "en": "/en/products?category=tea"}[lang]
    assert page.all("a", class_="chip", href=tea)


def test_an_empty_shop_opens_too(browser: Browser) -> None:
    page = browser.get("catalogue.home")

    assert not page.all(data_testid="product-card")


def test_the_start_page_leads_to_a_language(browser: Browser) -> None:
    assert browser.open("/", status=302).location == "/en/"


def _shelf(page: Page, name: str) -> list[str]:
    """Give the names on a shelf, none where it is not drawn."""
    shelves = page.all("section", **{"aria-labelledby": name})
    found = [
        one for shelf in shelves for one in shelf.iter() if one.get("class") == "product-card__name"
    ]
    return ["".join(one.itertext()).strip() for one in found]


def test_what_is_in_season_stands_on_the_home_page(browser: Browser) -> None:
    """The tests' day is in November: mint honey is made then, spring tea is not."""
    on_sale("Mật ong bạc hà", "Mint honey", set_code="04")
    on_sale("Mật ong nhãn", "Longan honey", set_code="04")
    on_sale("Chè xuân", "Spring tea")
    not_in_stock = on_sale("Mật ong bạc hà Đồng Văn", "Old mint honey", set_code="04")
    mark_availability(
        db.session.query(Listing).filter_by(product_id=not_in_stock.id).one().id,
        is_in_stock=False,
        now=make.NOW,
    )
    on_sale("Mật ong bạc hà ba năm", "Uncertified mint honey", set_code="04", stars=None)
    db.session.commit()

    page = browser.get("catalogue.home")

    assert _shelf(page, "in-season") == ["Mint honey"]


def test_no_month_is_without_a_season() -> None:
    for month in range(1, 13):
        kinds = in_season(month)

        assert kinds
        assert all(one.sets for one in kinds)


def test_a_word_of_a_season_is_a_whole_word_of_the_slug(browser: Browser) -> None:
    on_sale("Cà phê mật ong bạc hàng", "No mint", set_code="04")
    db.session.commit()

    assert _shelf(browser.get("catalogue.home"), "in-season") == []


def test_gifts_are_of_giving_kinds_at_the_price_of_a_present(browser: Browser) -> None:
    on_sale("Chè hộp", "Tea box", dong=250_000)
    on_sale("Chè gói", "Tea bag", dong=40_000)
    on_sale("Bình gốm", "Vase", set_code="21", dong=450_000)
    db.session.commit()

    page = browser.get("catalogue.home")

    assert sorted(_shelf(page, "good-gifts")) == ["Tea box", "Vase"]


def test_one_kind_does_not_fill_a_shelf_and_shelves_show_different_goods(browser: Browser) -> None:
    for number in range(12):
        on_sale(f"Chè số {number}", f"Tea {number}", dong=120_000)
    on_sale("Bình gốm", "Vase", set_code="21", dong=450_000)
    db.session.commit()

    page = browser.get("catalogue.home")

    gifts, newly = _shelf(page, "good-gifts"), _shelf(page, "newly-certified")
    assert len([one for one in gifts if one.startswith("Tea")]) == 3
    assert len(newly) == 8
    assert not set(gifts) & set(newly)


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
        "name_lang": "vi",
        "place": "Tuyên Quang",
        "known_for": "",
        "known_for_lang": "vi",
        "stars": None,
        "recognised_year": 2022,
        "picture": None,
        "visit_price": None,
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
    assert len(whole_map) <= 2
