from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.foundation.database import db
from app.shop.catalogue.services import refresh_card
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_producer_shows_itself_its_source_and_its_products(browser: Browser, lang: str) -> None:
    browser.lang = lang
    producer = make.producer(
        "HTX Phìn Hồ",
        source_url="https://example.test/list",
        source_year=2024,
        story=make.both("Hợp tác xã vùng cao.", "A highland cooperative."),
        printed_place="xã Thông Nguyên, Hà Giang",
        phone="+84912345678",
    )
    product = make.registered(by=producer)
    refresh_card(product.id, now=make.NOW)
    db.session.commit()

    page = browser.get("vendors.producer", slug=producer.slug)

    assert page.texts("h1") == ["HTX Phìn Hồ (English)" if lang == "en" else "HTX Phìn Hồ"]
    assert page.texts("p", class_="subtitle") == (["HTX Phìn Hồ"] if lang == "en" else [])
    assert "2024" in page
    assert "Thông Nguyên" in page
    assert len(page.all(data_testid="product-card")) == 1


def test_a_producer_without_products_says_so(browser: Browser) -> None:
    producer = make.producer(source_url="a newspaper")
    db.session.commit()

    page = browser.get("vendors.producer", slug=producer.slug)

    assert "No product of this producer is registered yet" in page
    assert "a newspaper" in page
    browser.get("vendors.producer", slug="nobody", status=404)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_producers_are_found_without_accents_and_by_province(browser: Browser, lang: str) -> None:
    browser.lang = lang
    make.producer("HTX Đường thốt nốt")
    make.producer("HTX Gốm Bát Tràng", province_code="01", commune_code=None)
    db.session.commit()

    def names(**values: Any) -> list[str]:
        page = browser.get("vendors.producers", **values)
        return [one.removesuffix(" (English)") for one in page.texts("a", lang=lang)]

    assert "HTX Đường thốt nốt" in names(q="duong thot")
    assert "HTX Gốm Bát Tràng" not in names(q="duong thot")
    assert "HTX Gốm Bát Tràng" in names(province="ha-noi")
    assert "HTX Gốm Bát Tràng" not in names(q="gốm", province="tuyen-quang")


def test_producers_stand_in_the_order_of_the_vietnamese_alphabet(browser: Browser) -> None:
    for name in ("Đông Anh", "Dũng Hà", "Ánh Dương", "An Bình", "Em"):
        make.producer(name)
    db.session.commit()

    page = browser.get("vendors.producers")

    names = [one for one in page.texts("a", lang="en") if one.endswith(" (English)")]
    known = [one.removesuffix(" (English)") for one in names]
    assert known == ["An Bình", "Ánh Dương", "Dũng Hà", "Đông Anh", "Em"]


def test_long_lists_have_numbered_pages(browser: Browser) -> None:
    for number in range(25):
        make.producer(f"HTX {number}")
    db.session.commit()

    page = browser.get("vendors.producers", q="htx")

    assert len(page.all(data_testid="producer-card")) == 24
    following = page.one("a", rel="next").get("href")
    assert following == "/en/producers?q=htx&page=2"
    assert len(browser.open(following).all(data_testid="producer-card")) == 1
    browser.get("vendors.producers", page="3", status=404)
    browser.get("vendors.producers", page="0", status=400)
    browser.get("vendors.producers", province="nowhere", status=404)


def test_nobody_of_that_name_gives_a_way_on(browser: Browser) -> None:
    page = browser.get("vendors.producers", q="zzz")

    assert "No producer is called that" in page


def test_a_list_of_producers_asks_little_of_the_database(browser: Browser) -> None:
    for number in range(30):
        make.producer(f"HTX {number}")
    db.session.commit()
    browser.get("vendors.producers")

    with counted_statements() as seen:
        browser.get("vendors.producers")

    assert len(seen) <= 3
