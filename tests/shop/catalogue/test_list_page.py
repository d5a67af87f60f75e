from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.foundation.database import db
from app.shop.catalogue.asking import Reading
from app.shop.catalogue.notes import ReadChip, choice_of, ticked
from app.shop.catalogue.panels import Facet, Option
from tests.shop.catalogue import market
from tests.shop.catalogue.asked import matching
from tests.shop.catalogue.sale import card, on_sale
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser, Page


def _list(browser: Browser, **values: Any) -> Page:
    db.session.commit()
    return browser.get("catalogue.products", **values)


def _count(page: Page) -> str | None:
    return page.one(data_testid="result-count").get("data-count")


def _names(page: Page) -> list[str]:
    return page.texts("h2", class_="product-card__name")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_list_shows_names_prices_stars_and_counts_in_both_languages(
    browser: Browser, lang: str
) -> None:
    browser.lang = lang
    product = on_sale(dong=125_000)

    page = _list(browser)

    assert _names(page) == [product.name[lang]]
    shown = page.one(data_testid="product-card")
    assert shown.get("data-product-id") == product.public_id
    assert {"vi": "125.000 ₫", "en": "125,000 ₫"}[lang] in page.texts(data_testid="product-price")[
        0
    ].replace("\N{NO-BREAK SPACE}", " ")
    assert page.one(data_testid="star-badge").get("data-stars") == "4"
    assert _count(page) == "1"


def test_a_star_is_shown_to_the_last_day_and_never_after(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = on_sale(stars=None)
    make.certificate(product, issued_on=make.TODAY - timedelta(days=1_095))
    card(product)

    assert _list(browser).all(data_testid="star-badge")
    assert _count(_list(browser, star="4")) == "1"
    monkeypatch.setattr("app.foundation.clock.now", lambda: make.NOW + timedelta(days=1))
    assert not _list(browser).all(data_testid="star-badge")
    assert _count(_list(browser, star="4")) == "0"


def test_a_product_that_is_only_recognised_has_no_badge(browser: Browser) -> None:
    product = make.registered()
    make.recognition(product, 4, 2023)
    card(product)

    page = _list(browser)

    assert "Recognised in 2023" in page
    assert "Not sold here yet" in page
    assert not page.all(data_testid="star-badge")


def test_filters_narrow_and_can_be_taken_off_again(browser: Browser) -> None:
    on_sale()
    honey = on_sale(
        "Mật ong", "Honey", set_code="04", by=make.producer(province_code="01", commune_code=None)
    )

    page = _list(browser, category="food", province="ha-noi", star="4", price_min="100000")

    assert _names(page) == ["Honey"]
    assert page.texts(data_testid="chip") == [
        "Remove filter: Food",
        "Remove filter: Hà Nội",
        "Remove filter: 4 stars",
        f"Remove filter: From 100,000{chr(160)}₫".replace(chr(160), " "),
    ]
    without = page.all(data_testid="chip")[1].find("{*}a")
    assert without is not None
    assert "province" not in str(without.get("href"))
    assert _count(browser.open(str(without.get("href")))) == "2"
    producer = honey.producer
    assert producer
    assert _names(_list(browser, seller=producer.slug)) == ["Honey"]


def test_a_category_opens_its_groups_and_they_their_sets(browser: Browser) -> None:
    on_sale()
    on_sale("Mật ong", "Honey", set_code="04")
    on_sale("Bình gốm", "Vase", set_code="21")

    whole = _list(browser)
    assert whole.one(data_testid="facet-category-food").get("href") == "/en/products?category=food"
    assert not whole.all(data_testid="facet-category-tea")

    food = _list(browser, category="food")
    assert _count(food) == "2"
    assert food.texts(data_testid="facet-category-tea") == ["Tea 1"]
    assert food.texts(data_testid="facet-category-handicrafts") == ["Handicrafts 1"]

    tea = _list(browser, category="che")  # the Vietnamese address is good in English too
    assert _count(tea) == "1"
    back = tea.one(data_testid="facet-category-tea")
    assert (back.get("aria-current"), back.get("href")) == ("true", "/en/products?category=food")
    assert tea.all(data_testid="facet-category-fresh-and-processed-tea")


def test_every_facet_count_shown_is_the_count_of_the_page_behind_it(browser: Browser) -> None:
    market.fill(120)
    page = _list(browser, province="ha-noi")
    options = [one for one in page.all("a") if (one.get("data-testid") or "").startswith("facet-")]

    assert len(options) > 8
    for option in options:
        shown = "".join(option.itertext()).split()[-1]
        if option.get("aria-current") is None:
            assert _count(browser.open(str(option.get("href")))) == shown


@pytest.mark.parametrize(
    ("parameter", "value", "status"),
    [
        ("page", "0", 400),
        ("page", "-1", 400),
        ("page", "99999999", 404),
        ("page", "9" * 30, 400),
        ("page", "２", 400),
        ("price_min", "abc", 400),
        ("price_max", "1.5", 400),
        ("star", "9", 400),
        ("star", "2", 400),
        ("sort", "x", 400),
        ("category", "nothing", 404),
        ("province", "nowhere", 404),
        ("seller", "nobody", 404),
        ("q", "a" * 201, 400),
        ("q", "a\x00b", 400),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_cannot_be_asked_is_refused_with_a_page(
    browser: Browser, lang: str, parameter: str, value: str, status: int
) -> None:
    browser.lang = lang

    page = browser.get("catalogue.products", status=status, **{parameter: value})

    assert page.document is not None


def test_a_refused_filter_keeps_what_was_typed(browser: Browser) -> None:
    address = browser.url(
        "catalogue.products", q="chè", price_min="abc", province="ha-noi", star="9"
    )

    page = browser.open(address, status=400)

    kept = page.form_values(action="/en/products", class_="stack")
    assert kept["q"] == "chè"
    assert kept["price_min"] == "abc"
    assert kept["province"] == "ha-noi"


def test_prices_the_wrong_way_round_are_read_the_other_way(browser: Browser) -> None:
    on_sale(dong=125_000)

    page = _list(browser, price_min="200000", price_max="100000")

    assert page.all(data_testid="price-swapped")
    assert _count(page) == "1"


def test_empty_parameters_of_a_form_are_no_filters(browser: Browser) -> None:
    on_sale()

    page = browser.open("/en/products?q=&category=&star=&price_min=&price_max=&sort=&page=")

    assert not page.all(data_testid="chip")


def test_nothing_found_offers_ways_on(browser: Browser, search: Any) -> None:
    page = _list(browser, q="không có gì")

    assert _count(page) == "0"
    assert "Nothing here fits all of that" in page
    assert page.one(data_testid="suggestions").findall(".//{*}a")


def test_matches_stand_in_search_s_order_and_a_dropped_word_is_told(
    browser: Browser, search: Any
) -> None:
    worst, best = on_sale("Một", "One", stars=5), on_sale("Hai", "Two", stars=3)
    search(matching(best.id, worst.id, dropped="rồng"))

    page = _list(browser, q="hai rồng")

    assert _names(page) == ["Two", "One"]
    assert "without “rồng”" in page.one(data_testid="relaxed").text  # type: ignore[operator]
    assert "Results for “hai rồng”" in page
    assert _names(_list(browser, q="hai rồng", star="5")) == ["One"]


def test_the_panel_opens_for_filters_and_not_for_words(browser: Browser, search: Any) -> None:
    product = on_sale("Một", "One", stars=5)
    search(matching(product.id))

    assert _list(browser, q="một").one(id="filters").get("open") is None
    assert _list(browser, q="một", star="5").one(id="filters").get("open") is not None
    assert _list(browser, q="một", star="5").texts(class_="facets__in-use") == ["1"]


@pytest.mark.parametrize(
    ("readings", "facet", "value"),
    [
        ((Reading(words="5 sao", kind="star", value=5),), "star", "5"),
        ((Reading(words="dưới 100k", kind="price_max", value=100_000),), "price", "-100000"),
        ((Reading(words="dưới 99k", kind="price_max", value=99_000),), "", ""),
        ((Reading(words="từ 4 sao", kind="star_min", value=4),), "", ""),
    ],
)
def test_a_reading_names_the_choice_that_says_the_same(
    readings: tuple[Reading, ...], facet: str, value: str
) -> None:
    assert choice_of({one.kind: one.value for one in readings}) == (facet, value)


def test_a_choice_read_out_of_words_is_ticked_and_takes_them_back() -> None:
    facets = [Facet("star", "Stars", [Option(str(n), f"{n} stars", 1, f"?star={n}", active=False) for n in (4, 5)])]  # fmt: skip
    chip = ReadChip("5 stars", "?q=tea", "tea", is_literal=False, facet="star", value="5")

    shown = ticked(facets, [chip])[0].options

    assert [(one.value, one.active, one.url) for one in shown] == [
        ("4", False, "?star=4"),
        ("5", True, "?q=tea"),
    ]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/products?q=" + "x" * 201, "too long to search for: at most 200"),
        ("/vi/products?q=" + "x" * 201, "quá dài"),
        ("/vi/search/producers?q=" + "x" * 201, "quá dài"),
    ],
)
def test_a_query_that_is_too_long_is_told_so(browser: Browser, path: str, words: str) -> None:
    assert words in browser.open(path, status=400)


def test_words_of_a_query_are_shown_as_they_are(browser: Browser, search: Any) -> None:
    page = _list(browser, q="<script>alert(1)</script>")

    assert "<script>alert(1)</script>" in page
    assert [one.get("type") for one in page.all("script")] == ["module", "application/ld+json"]


def test_pages_are_numbered_and_linked(browser: Browser) -> None:
    market.fill(60)

    page = _list(browser, sort="name")

    assert len(page.all(data_testid="product-card")) == 24
    following = page.one("a", rel="next").get("href")
    assert following == "/en/products?sort=name&page=2"
    second = browser.open(following)
    assert second.one("a", rel="prev").get("href") == "/en/products?sort=name"
    assert second.one("a", class_="pagination__step", rel="next")
    last = browser.get("catalogue.products", sort="name", page="3")
    assert len(last.all(data_testid="product-card")) == 12
    browser.get("catalogue.products", sort="name", page="4", status=404)


def test_a_product_is_put_into_the_basket_from_the_list(browser: Browser) -> None:
    product = on_sale()
    variant = card(product).variant_id

    page = _list(browser)

    button = page.one("button", data_testid="add-to-cart")
    form = page.one("form", id="add-to-cart")
    assert (button.get("form"), button.get("value")) == ("add-to-cart", str(variant))
    assert (form.get("method"), form.get("action")) == ("post", browser.url("basket.add"))


def test_the_list_asks_little_of_the_database(browser: Browser, search: Any) -> None:
    producers = market.fill(60)
    slug = producers[0].slug
    _list(browser)

    with counted_statements() as plain:
        browser.get("catalogue.products")
    with counted_statements() as narrowed:
        some = browser.get("catalogue.products", category="food", seller=slug, page="1")
    with counted_statements() as empty:
        none = browser.get("catalogue.products", star="5", seller=slug, price_max="1")
    search(matching(*range(1, 50)))
    browser.get("catalogue.products", q="y")  # what is found beside products is kept from here on
    with counted_statements() as searched:
        browser.get("catalogue.products", q="x")

    assert len(plain) <= 3
    assert _count(some) != "0"
    assert len(narrowed) <= 4
    assert _count(none) == "0"
    assert len(empty) <= 5
    assert len(searched) <= 4
