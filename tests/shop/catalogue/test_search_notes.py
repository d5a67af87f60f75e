"""What the list says of a search, and how a reader takes each of it back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.foundation.database import db
from app.foundation.text import fold
from app.places.models import FormerProvince
from app.places.queries import forget_places
from app.shop.catalogue.asking import Answer, Ask, Reading
from tests.shop.catalogue.asked import marking, matching
from tests.shop.catalogue.sale import on_sale
from tests.support.browser import HTML, words
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shop.catalogue.asked import Find
    from tests.support.browser import Browser, Page

    Use = Callable[[Find | None], None]

TUYEN_QUANG = "08"
CHEAP = Reading(words="under 500k", kind="price_max", value=500_000)


def _list(browser: Browser, **values: Any) -> Page:
    db.session.commit()
    return browser.get("catalogue.products", **values)


def link(page: Page, **attributes: str) -> dict[str, str]:
    """Read the parameters of the first link in an element."""
    element = page.one(**attributes)
    href = next(str(one.get("href")) for one in element.iter(HTML + "a"))
    return {name: value[0] for name, value in parse_qs(urlsplit(href).query).items()}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_matched_words_are_marked_in_names_and_nowhere_else(
    browser: Browser, search: Use, lang: str
) -> None:
    browser.lang = lang
    tea = on_sale("Chè <b> & Shan", "Tea <b> & Shan")
    search(matching(tea.id, highlight=marking("Shan")))
    _list(browser)  # the same card has been drawn without marks

    page = _list(browser, q="shan")

    assert page.texts("mark") == ["Shan"]
    assert page.texts("h2", class_="product-card__name") == [tea.name[lang]]
    assert tea.name[lang] in page.texts("button", data_testid="add-to-cart")[0]
    assert not _list(browser).all("mark")


def test_a_correction_is_told_and_can_be_taken_back(browser: Browser, search: Use) -> None:
    coffee = on_sale("Cà phê", "Coffee")
    asked: list[Ask] = []
    find = matching(coffee.id, corrected="cà phê")

    def remember(ask: Ask) -> Answer:
        asked.append(ask)
        return find(ask)

    search(remember)

    page = _list(browser, q="caf phee", category="food")

    said = words(page.one(data_testid="did-you-mean"))
    assert said == "Showing results for cà phê. Search instead for “caf phee”"
    assert page.texts("h1") == ["Results for “cà phê”"]
    back = link(page, data_testid="did-you-mean")
    assert back == {"q": "caf phee", "category": "food", "exact": "1"}
    _list(browser, **back)
    assert [ask.is_literal for ask in asked] == [False, True]


def test_another_spelling_is_offered_while_the_typed_one_finds_something(
    browser: Browser, search: Use
) -> None:
    search(matching(on_sale().id, offered="chè xanh"))

    page = _list(browser, q="che xan", exact="1")

    assert words(page.one(data_testid="did-you-mean")) == "Did you mean chè xanh?"
    assert link(page, data_testid="did-you-mean") == {"q": "chè xanh"}


def test_a_filter_read_out_of_words_is_shown_and_taken_off_with_its_words(
    browser: Browser, search: Use
) -> None:
    search(matching(on_sale().id, readings=(CHEAP,)))

    page = _list(browser, q="tea under  500k please", sort="newest")

    shown = page.texts(data_testid="reading")
    assert shown == ["Remove filter: Up to 500,000 ₫ read from your words"]
    assert link(page, data_testid="reading") == {"q": "tea please", "sort": "newest"}


def test_words_that_are_nothing_but_a_filter_are_then_taken_as_typed(
    browser: Browser, search: Use
) -> None:
    search(matching(on_sale().id, readings=(CHEAP,)))

    page = _list(browser, q="under 500k")

    assert link(page, data_testid="reading") == {"q": "under 500k", "exact": "1"}


def test_two_prices_of_the_same_words_are_one_filter(browser: Browser, search: Use) -> None:
    said = "200k-500k"
    search(
        matching(
            on_sale().id,
            readings=(
                Reading(words=said, kind="price_min", value=200_000),
                Reading(words=said, kind="price_max", value=500_000),
                Reading(words="4 sao trở lên", kind="star_min", value=4),
                Reading(words="quà", kind="gift"),
            ),
        )
    )

    page = _list(browser, q=f"quà chè {said} 4 sao trở lên")

    assert [one.removeprefix("Remove filter: ") for one in page.texts(data_testid="reading")] == [
        "200,000 ₫ to 500,000 ₫ read from your words",
        "From 4 stars read from your words",
        "Gifts read from your words",
    ]


@pytest.mark.parametrize("chosen", [{"price_max": "200000"}, {"price_min": "100000"}])
def test_a_filter_that_the_reader_chose_hides_the_one_that_was_read(
    browser: Browser, search: Use, chosen: dict[str, Any]
) -> None:
    four = Reading(words="4 stars", kind="star_min", value=4)
    search(matching(on_sale().id, readings=(CHEAP, four)))

    page = _list(browser, q="tea under 500k 4 stars", **chosen)

    shown = page.texts(data_testid="reading")
    assert shown == ["Remove filter: From 4 stars read from your words"]
    assert not _list(browser, q="tea under 500k 4 stars", star="5", **chosen).all(
        data_testid="reading"
    )


@pytest.mark.parametrize(
    ("note", "testid"), [("is_degraded", "degraded"), ("is_partial", "partial")]
)
def test_a_search_that_could_not_do_all_says_so(
    browser: Browser, search: Use, note: str, testid: str
) -> None:
    said: dict[str, Any] = {note: True}
    search(matching(on_sale().id, **said))

    page = _list(browser, q="tea")

    assert page.all(data_testid=testid)


def test_words_and_exact_survive_every_filter_sort_page_and_form(
    browser: Browser, search: Use
) -> None:
    ids = [on_sale(f"Chè {number}").id for number in range(30)]
    search(matching(*ids))

    page = _list(browser, q="chè", exact="1", category="food")

    kept = {"q": "chè", "exact": "1", "category": "food"}
    facets = [one for one in page.all("a") if (one.get("data-testid") or "").startswith("facet-")]
    assert facets
    for one in facets:
        query = parse_qs(urlsplit(str(one.get("href"))).query)
        assert (query["q"], query["exact"]) == (["chè"], ["1"])
    following = parse_qs(urlsplit(str(page.one("a", rel="next").get("href"))).query)
    assert {name: value[0] for name, value in following.items()} == kept | {"page": "2"}
    assert kept.items() <= page.form_values(aria_label="Price from and to").items()
    assert kept.items() <= page.form_values(class_="sort").items()
    for one in page.all(data_testid="chip"):
        href = next(str(inner.get("href")) for inner in one.iter(HTML + "a"))
        assert ("exact=1" in href) == ("q=" in href)


def test_officers_lead_plain_words_to_a_page_of_theirs(browser: Browser, search: Use) -> None:
    search(matching(on_sale().id, redirect="/en/stories"))
    db.session.commit()

    led = browser.get("catalogue.products", q="tet", status=302)

    assert led.location == "/en/stories"
    choices: list[dict[str, Any]] = [{"exact": "1"}, {"star": "4"}]
    for narrowed in choices:
        assert browser.get("catalogue.products", q="tet", **narrowed).all("h1")


@pytest.mark.parametrize("path", ["https://bad.test/", "//bad.test", "javascript:alert(1)"])
def test_officers_cannot_lead_elsewhere(browser: Browser, search: Use, path: str) -> None:
    search(matching(on_sale().id, redirect=path))

    assert _list(browser, q="tet").all("h1")


def test_an_empty_list_says_which_filter_empties_it(browser: Browser, search: Use) -> None:
    tea = on_sale(stars=4, dong=125_000)
    search(matching(tea.id))

    page = _list(browser, q="tea", price_max="1000", category="food")

    ways = {words(one): one.get("href") for one in page.one(data_testid="without").iter(HTML + "a")}
    assert list(ways) == ["1 product without the filter “Up to 1,000 ₫”"]
    found = browser.open(str(next(iter(ways.values()))))
    assert found.one(data_testid="result-count").get("data-count") == "1"


def test_an_empty_list_stops_counting_when_its_patience_is_spent(
    browser: Browser, search: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = matching(on_sale(stars=4, dong=125_000).id)
    asked: list[Ask] = []

    def slow(ask: Ask) -> Answer:
        asked.append(ask)
        time.sleep(0.35)
        return find(ask)

    search(slow)
    monkeypatch.setattr("app.shop.catalogue.nothing.PATIENCE", 0.3)

    page = _list(browser, q="tea", price_max="1000", star="5")

    assert len(asked) == 2, "the list, and one way out of it"
    assert "Nothing here fits all of that" in page


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_filters_alone_say_so_too(browser: Browser, lang: str) -> None:
    browser.lang = lang
    tea = on_sale(stars=4, dong=125_000)
    assert tea.producer

    page = _list(
        browser, star="3", province="tuyen-quang", seller=tea.producer.slug, price_max="200000"
    )

    hrefs = [str(one.get("href")) for one in page.one(data_testid="without").iter(HTML + "a")]
    assert ["star=" in one for one in hrefs] == [False]


def test_an_empty_list_names_categories_that_fit_and_what_is_in_season(
    browser: Browser, search: Use
) -> None:
    on_sale("Cà phê", "Coffee")
    search(matching())

    page = _list(browser, q="cheap honey")

    assert page.texts(data_testid="suggestions") == ["Honey"]
    assert "Categories that fit:" in page
    assert "Or begin with a category:" in _list(browser, q="zzz")


def test_an_empty_list_of_words_asks_little_of_the_database(browser: Browser, search: Use) -> None:
    on_sale()
    search(matching())
    _list(browser, q="zzz")

    with counted_statements() as sent:
        browser.get("catalogue.products", q="zzz xxx")

    assert len(sent) <= 4


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("chè Hà Giang", ["Hà Giang is now part of Tuyên Quang."]),
        ("che ha giang ngon", ["Hà Giang is now part of Tuyên Quang."]),
        ("chè hả giang", []),
        ("chè Tuyên Quang", []),
        ("hà", []),
    ],
)
def test_a_former_province_is_told_where_its_goods_are_now(
    browser: Browser, search: Use, typed: str, said: list[str]
) -> None:
    search(matching(on_sale().id))
    for code, name in (("02", "Tỉnh Hà Giang"), ("08", "Tỉnh Tuyên Quang")):
        db.session.add(
            FormerProvince(
                old_code=code, name=name, folded=fold(name[5:]), province_code=TUYEN_QUANG
            )
        )
    db.session.commit()
    forget_places()

    page = _list(browser, q=typed)

    assert page.texts(data_testid="moved") == said
