"""Searching the goods of one producer, one showroom's shelf, one village."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.foundation.database import db
from app.shop.catalogue.models import Listing
from tests.shop.catalogue.sale import on_sale
from tests.showrooms import builders as showrooms
from tests.support import make
from tests.support.statements import counted_statements
from tests.villages import builders as villages

if TYPE_CHECKING:
    from app.programme.models import RegisteredProduct
    from tests.support.browser import Browser, Page


def variant_of(product: RegisteredProduct) -> Any:
    """What is sold of a product."""
    return db.session.query(Listing).filter_by(product_id=product.id).one().variants[0]


def names(page: Page) -> list[str]:
    return sorted(page.texts("h2", class_="product-card__name"))


def within(browser: Browser, q: str = "", **place: Any) -> Page:
    db.session.commit()
    return browser.get("catalogue.products", q=q or None, **place)


def test_a_showroom_s_shelf_is_searched_and_nothing_else(browser: Browser) -> None:
    place = showrooms.showroom("Điểm bán Hà Nội")
    there, sold_out, elsewhere = (
        on_sale("Chè xanh", "Green tea"),
        on_sale("Chè đen", "Black tea"),
        on_sale("Chè vàng", "Yellow tea"),
    )
    make.shelve(variant_of(there), showrooms.shelf_of(place), 3)
    make.shelve(variant_of(sold_out), showrooms.shelf_of(place), 0)
    assert elsewhere.id

    page = within(browser, "chè", showroom=place.slug)

    assert names(page) == ["Green tea"]
    assert names(within(browser, showroom=place.slug)) == ["Green tea"]
    chips = page.texts(data_testid="chip")
    assert chips == ["Remove filter: “chè”", "Remove filter: Điểm bán Hà Nội shop"]
    assert page.one(data_testid="back-to-place").get("href") == f"/en/showrooms/{place.slug}"
    assert page.form_values(class_="search search--within") == {"showroom": place.slug, "q": "chè"}
    assert names(within(browser, "chè", showroom=place.slug, star="5")) == []


def test_nothing_on_a_shelf_leads_to_the_whole_market(browser: Browser) -> None:
    place = showrooms.showroom("Điểm bán Hà Nội")
    on_sale("Chè xanh", "Green tea")

    page = within(browser, "chè", showroom=place.slug, star="5")

    assert page.texts("h1") == ["Results for “chè” in Điểm bán Hà Nội shop"]
    link = page.one(data_testid="whole-market")
    assert "Search the whole market for “chè”" in page
    assert names(browser.open(str(link.get("href")))) == ["Green tea"]


def test_the_box_of_every_page_still_searches_everything(browser: Browser) -> None:
    place = showrooms.showroom()

    page = within(browser, "chè", showroom=place.slug)

    header = next(one for one in page.all("form", class_="search") if one.get("data-island"))
    assert [one.get("name") for one in header.iter() if one.get("name")] == ["q"]


def test_a_village_s_own_goods_and_those_of_its_commune_are_searched(browser: Browser) -> None:
    place = villages.village("Bản Chè")
    near, own, far = (
        on_sale("Chè bản", "Village tea"),
        on_sale("Chè lam", "Tea cake", by=make.producer(province_code="01", commune_code="00004")),
        on_sale("Chè xa", "Far tea", by=make.producer(province_code="68", commune_code="22945")),
    )
    villages.makes(place, own)
    assert near.id != far.id

    page = within(browser, "chè", village=place.slug)

    assert names(page) == ["Tea cake", "Village tea"]
    assert page.texts(data_testid="back-to-place") == ["Back to Bản Chè village"]
    assert "Goods of Bản Chè village" in within(browser, village=place.slug)


def test_places_and_other_filters_narrow_together(browser: Browser) -> None:
    place, store = villages.village(), showrooms.showroom()
    tea = on_sale("Chè xanh", "Green tea")
    on_sale("Chè đen", "Black tea")
    make.shelve(variant_of(tea), showrooms.shelf_of(store), 3)

    page = within(browser, village=place.slug, showroom=store.slug, category="food")

    assert names(page) == ["Green tea"]
    assert {"village", "showroom", "category"} <= page.form_values(class_="sort").keys()


@pytest.mark.parametrize("kind", ["seller", "showroom", "village"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_unknown_place_is_not_there(browser: Browser, kind: str, lang: str) -> None:
    browser.lang = lang

    browser.get("catalogue.products", q="chè", status=404, **{kind: "nobody"})


def test_an_empty_place_is_an_empty_list_that_can_be_left(browser: Browser) -> None:
    store = showrooms.showroom()
    on_sale()

    page = within(browser, showroom=store.slug)

    assert page.one(data_testid="result-count").get("data-count") == "0"
    assert "1 product without the filter “Điểm bán Thử shop”" in page


def test_lists_of_a_place_are_kept_from_search_engines(browser: Browser) -> None:
    store = showrooms.showroom()

    page = within(browser, showroom=store.slug)

    assert page.one("meta", name="robots").get("content", "").startswith("noindex")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_of_producers_showrooms_and_villages_have_a_field_of_their_own(
    browser: Browser, lang: str
) -> None:
    browser.lang = lang
    tea = on_sale()
    store, place = showrooms.showroom(), villages.village()
    make.shelve(variant_of(tea), showrooms.shelf_of(store), 3)
    db.session.commit()
    assert tea.producer
    pages = {
        "seller": ("vendors.producer", tea.producer.slug),
        "showroom": ("showrooms.showroom", store.slug),
        "village": ("villages.village", place.slug),
    }

    for name, (endpoint, slug) in pages.items():
        form = browser.get(endpoint, slug=slug).one("form", class_="search search--within")

        fields = {one.get("name"): one.get("value") for one in form.iter() if one.get("name")}
        assert fields == {name: slug, "q": ""}
        assert form.get("action") == f"/{lang}/products"


def test_narrowing_to_a_place_costs_one_statement_more(browser: Browser) -> None:
    store = showrooms.showroom()
    tea = on_sale()
    make.shelve(variant_of(tea), showrooms.shelf_of(store), 3)
    slug = store.slug
    within(browser)

    with counted_statements() as sent:
        browser.get("catalogue.products", showroom=slug)

    assert len(sent) <= 4
