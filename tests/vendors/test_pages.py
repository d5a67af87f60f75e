from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.shop.catalogue.services import refresh_card
from app.vendors.models import LinkKind, ProducerKind, ProducerLink, ProducerPerson
from tests.support import make
from tests.support.found import data
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from app.vendors.models import Producer
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


def test_a_card_says_how_many_products_and_the_best_star_of_today(browser: Browser) -> None:
    producer = make.producer("HTX Hai Món")
    certified, other = make.registered(by=producer), make.registered(by=producer)
    make.certificate(certified, stars=4)
    refresh_card(certified.id, now=make.NOW)
    refresh_card(other.id, now=make.NOW)
    make.producer("HTX Chưa Có")
    db.session.commit()

    page = browser.get("vendors.producers")

    cards = {
        words(card.find(".//{*}h2")): words(card) for card in page.all(data_testid="producer-card")
    }
    assert "2 products" in cards["HTX Hai Món (English)"]
    assert "4" in cards["HTX Hai Món (English)"]
    assert "No product registered yet" in cards["HTX Chưa Có (English)"]


def test_producers_are_narrowed_by_kind(browser: Browser) -> None:
    make.producer("HTX Một", kind=ProducerKind.COOPERATIVE)
    make.producer("Trại Hai", kind=ProducerKind.FARM)
    db.session.commit()

    page = browser.get("vendors.producers", kind="farm")
    none = browser.get("vendors.producers", kind="household")

    assert "Trại Hai" in page
    assert "HTX Một" not in page
    assert "No producer of this kind here yet" in none
    browser.get("vendors.producers", kind="giants", status=400)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_producer_shows_its_people_and_its_value_chain(browser: Browser, lang: str) -> None:
    browser.lang = lang
    producer = make.producer("HTX Phìn Hồ")
    _people_and_links(producer)
    db.session.commit()

    page = browser.get("vendors.producer", slug=producer.slug)

    chain = words(page.one(data_testid="value-chain"))
    wanted = ["Hộ hái chè", "HTX Phìn Hồ", "Cửa hàng trà"]
    if lang == "en":
        wanted = ["Pickers", "HTX Phìn Hồ (English)", "Tea shop"]
    assert [chain.index(one) for one in wanted] == sorted(chain.index(one) for one in wanted)
    assert "Triệu Mùi Chiều" in words(page.one(data_testid="team"))
    assert ("minh họa" if lang == "vi" else "made up") in page


def test_a_producer_without_people_partners_or_story_shows_no_empty_frames(
    browser: Browser,
) -> None:
    producer = make.producer()
    db.session.commit()

    page = browser.get("vendors.producer", slug=producer.slug)

    assert not page.all(data_testid="team")
    assert not page.all(data_testid="value-chain")
    assert "has not told its story here yet" in page


def test_a_story_in_another_language_says_so(browser: Browser) -> None:
    producer = make.producer(story=LocalizedText({"vi": "Hợp tác xã vùng cao."}))
    db.session.commit()

    page = browser.get("vendors.producer", slug=producer.slug)

    assert page.texts("p", lang="vi")
    assert "English text is being prepared." in page


def test_a_long_list_of_products_has_pages_and_sums_over_all_of_them(browser: Browser) -> None:
    producer = make.producer()
    for _ in range(25):
        refresh_card(make.registered(by=producer).id, now=make.NOW)
    slug = producer.slug
    db.session.commit()

    first = browser.get("vendors.producer", slug=slug)
    second = browser.open(str(first.one("a", rel="next").get("href")))

    assert "25" in first.texts("p", class_="stat__value")
    assert len(first.all(data_testid="product-card")) == 24
    assert len(second.all(data_testid="product-card")) == 1
    browser.get("vendors.producer", slug=slug, page="3", status=404)
    browser.get("vendors.producer", slug=slug, page="0", status=400)


def test_a_producers_page_asks_little_of_the_database(browser: Browser) -> None:
    producer = make.producer()
    _people_and_links(producer)
    for _ in range(5):
        refresh_card(make.registered(by=producer).id, now=make.NOW)
    slug = producer.slug
    db.session.commit()
    browser.get("vendors.producers")

    with counted_statements() as seen:
        browser.get("vendors.producer", slug=slug)

    assert len(seen) <= 5


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _people_and_links(producer: Producer) -> None:
    make.add(
        ProducerPerson(
            producer_id=producer.id,
            name="Triệu Mùi Chiều",
            role=make.both("Giám đốc", "Director"),
            position=0,
            is_illustrative=True,
        )
    )
    for kind, vi, en in (
        (LinkKind.BUYER, "Cửa hàng trà", "Tea shop"),
        (LinkKind.HOUSEHOLDS, "Hộ hái chè", "Pickers"),
    ):
        make.add(
            ProducerLink(
                producer_id=producer.id,
                kind=kind,
                name=make.both(vi, en),
                commodity=make.both("Chè", "Tea"),
                since_year=2019,
                is_illustrative=True,
            )
        )


def test_search_engines_read_of_a_made_up_producer_that_it_is(browser: Browser) -> None:
    made_up, real = make.producer("HTX Không Có", is_illustrative=True), make.producer("HTX Có")
    db.session.commit()

    told = [
        str(data(browser.get("vendors.producer", slug=slug))) for slug in (made_up.slug, real.slug)
    ]

    assert ["made up for the demonstration" in one for one in told] == [True, False]
