from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from app.foundation.clock import VIETNAM
from app.foundation.database import db
from app.foundation.slots import slot
from app.shop.catalogue.models import ListingState
from app.shop.stock.models import PlaceKind
from app.showrooms.hours import daily_hours
from app.showrooms.queries import shelf_groups
from app.showrooms.views import opening
from tests.showrooms import builders
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.browser import Browser


@pytest.mark.usefixtures("app")
def test_a_new_showroom_has_a_shelf_of_its_own() -> None:
    first = builders.showroom()
    second = builders.showroom()

    shelves = [builders.shelf_of(one) for one in (first, second)]

    assert [shelf.owner_id for shelf in shelves] == [first.id, second.id]
    assert {shelf.kind for shelf in shelves} == {PlaceKind.SHOWROOM}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_showrooms_stand_under_their_provinces(browser: Browser, lang: str) -> None:
    builders.showroom("Điểm bán Hà Nội")
    builders.showroom("Điểm bán Phan Thiết", province_code="68", commune_code=None)
    db.session.commit()
    browser.lang = lang

    page = browser.get("showrooms.showrooms")
    one = browser.get("showrooms.showrooms", province="lam-dong")

    assert page.texts("h2")[:2] == ["Hà Nội", "Lâm Đồng"]
    assert "Điểm bán Phan Thiết" in one
    assert "Điểm bán Hà Nội" not in one


@pytest.mark.parametrize(
    ("query", "status"),
    [("page=0", 404), ("page=99999999", 404), ("page=abc", 400), ("province=xx", 400)],
)
def test_a_list_that_is_not_there_is_refused(browser: Browser, query: str, status: int) -> None:
    browser.open(f"{browser.url('showrooms.showrooms')}?{query}", status=status)


def test_a_country_without_showrooms_says_so(browser: Browser) -> None:
    assert "No showroom here yet" in browser.get("showrooms.showrooms")


def test_the_list_asks_no_more_for_more_showrooms(browser: Browser) -> None:
    builders.showroom()
    db.session.commit()
    with counted_statements() as few:
        browser.get("showrooms.showrooms")
    for _ in range(5):
        builders.showroom()
    db.session.commit()

    with counted_statements() as more:
        browser.get("showrooms.showrooms")

    assert len(more) <= len(few)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_showroom_shows_its_address_then_and_now_and_what_is_on_its_shelf(
    browser: Browser, lang: str
) -> None:
    place = builders.showroom()
    variant = builders.goods()
    make.shelve(variant, builders.shelf_of(place), 3)
    builders.goods()
    db.session.commit()
    browser.lang = lang

    page = browser.get("showrooms.showroom", slug=place.slug)

    assert "quận Ba Đình (cũ)" in page
    assert "Ba Đình" in page.texts(data_testid="showroom-place")[0]
    assert len(page.all(data_testid="product-card")) == 1


def test_an_empty_shelf_says_so(browser: Browser) -> None:
    place = builders.showroom(offers_pick_up=False)
    db.session.commit()

    page = browser.get("showrooms.showroom", slug=place.slug)

    assert "Nothing is for sale from this shelf right now" in page
    assert "does not hand orders over yet" in page


def test_a_showroom_that_is_not_is_not_found(browser: Browser) -> None:
    browser.get("showrooms.showroom", status=404, slug="nowhere")


@pytest.mark.usefixtures("app")
def test_what_is_promised_or_paused_is_not_on_the_shelf() -> None:
    place = builders.showroom()
    promised, paused = builders.goods(), builders.goods()
    make.shelve(promised, builders.shelf_of(place), 2).reserved = 2
    make.shelve(paused, builders.shelf_of(place), 2)
    paused.listing.state = ListingState.PAUSED
    db.session.flush()

    assert shelf_groups(place.place_id) == {}


@pytest.mark.usefixtures("app")
def test_the_checkout_learns_where_orders_are_handed_over() -> None:
    open_one = builders.showroom("Điểm A")
    closed = builders.showroom("Điểm B", offers_pick_up=False)
    pick_up_points = slot("orders.pick_up_points")
    assert pick_up_points

    found = pick_up_points([open_one.place_id, closed.place_id], "en")

    assert [point.showroom_id for point in found] == [open_one.id]
    assert found[0].name == "Điểm A shop"
    assert "Ba Đình Ward" in found[0].where
    assert pick_up_points([], "en") == []


def test_a_product_names_the_showroom_that_has_it_now(browser: Browser) -> None:
    place = builders.showroom("Điểm bán Xa")
    builders.showroom("Điểm bán Gần", province_code="08", commune_code=None)
    variant = builders.goods()
    make.shelve(variant, builders.shelf_of(place), 3)
    product, maker = variant.listing.product, variant.listing.producer.slug
    slug, public_id = product.slug, product.public_id
    db.session.commit()

    page = browser.get("catalogue.product", path=f"{slug}-{public_id}")
    producer = browser.get("vendors.producer", slug=maker)

    assert "On the shelf now: Điểm bán Xa shop" in page
    assert "Điểm bán Gần shop" in page
    assert "Điểm bán Gần shop" in producer
    assert "Holds their goods now" in producer


def test_a_shelf_is_narrowed_to_one_kind_of_goods(browser: Browser) -> None:
    place = builders.showroom()
    for set_code in ("11", "11", "04", "21"):
        variant = builders.goods(set_code=set_code)
        make.shelve(variant, builders.shelf_of(place), 3)
    db.session.commit()

    page = browser.get("showrooms.showroom", slug=place.slug)
    tea = browser.get("showrooms.showroom", slug=place.slug, category="tea")
    none = browser.get("showrooms.showroom", slug=place.slug, category="handicrafts")

    assert len(page.all(data_testid="product-card")) == 4
    assert "Tea (2)" in page.texts("a", class_="chip")
    assert len(tea.all(data_testid="product-card")) == 2
    assert "Nothing of this kind" in none
    browser.get("showrooms.showroom", slug=place.slug, category="no-such", status=404)
    browser.get("showrooms.showroom", slug=place.slug, page="2", status=404)


def test_a_full_shelf_has_pages(browser: Browser) -> None:
    place = builders.showroom()
    for _ in range(25):
        make.shelve(builders.goods(), builders.shelf_of(place), 3)
    db.session.commit()

    first = browser.get("showrooms.showroom", slug=place.slug)
    second = browser.open(str(first.one("a", rel="next").get("href")))

    assert len(first.all(data_testid="product-card")) == 24
    assert len(second.all(data_testid="product-card")) == 1


def test_a_showroom_asks_no_more_for_more_goods(browser: Browser) -> None:
    place = builders.showroom()
    for _ in range(6):
        builders.showroom()
        make.shelve(builders.goods(), builders.shelf_of(place), 3)
    slug = place.slug
    db.session.commit()
    browser.get("showrooms.showrooms")

    with counted_statements() as seen:
        browser.get("showrooms.showroom", slug=slug)

    assert len(seen) <= 5


@pytest.mark.parametrize(
    ("hour", "words"),
    [(7, "opens at 8:00"), (8, "Open now, until 6:00"), (18, "Closed now, opens at 8:00")],
)
def test_a_showroom_says_whether_it_is_open(hour: int, words: str, app: Flask) -> None:
    at = datetime(2026, 11, 24, hour, tzinfo=VIETNAM)

    with app.test_request_context("/en/showrooms"):
        found = opening("8:00–18:00 daily", at)

    assert found
    assert words in found.words
    assert found.is_open == words.startswith("Open")


@pytest.mark.parametrize("words", ["", "mornings", "18:00–8:00 daily", "25:00–26:00 daily"])
def test_hours_that_cannot_be_read_say_nothing(words: str) -> None:
    assert daily_hours(words) is None


def test_a_showroom_names_its_neighbours_and_the_way_to_it(browser: Browser) -> None:
    place = builders.showroom("Điểm A")
    builders.showroom("Điểm B")
    builders.showroom("Điểm C", province_code="68", commune_code=None)
    db.session.commit()

    page = browser.get("showrooms.showroom", slug=place.slug)

    assert "Điểm B shop" in page
    assert "Điểm C shop" not in page
    assert any("openstreetmap.org/search?" in str(one.get("href")) for one in page.all("a"))


def test_a_showroom_without_hours_and_phone_says_so(browser: Browser) -> None:
    place = builders.showroom(hours=make.both("", ""))
    db.session.commit()

    page = browser.get("showrooms.showroom", slug=place.slug)

    assert "Not known yet." in page
    assert not page.all(data_testid="opening")


def test_a_producer_names_the_showrooms_that_hold_its_goods(browser: Browser) -> None:
    place = builders.showroom("Điểm bán Xa", province_code="68", commune_code=None)
    variant = builders.goods()
    make.shelve(variant, builders.shelf_of(place), 3)
    maker = variant.listing.producer.slug
    db.session.commit()

    page = browser.get("vendors.producer", slug=maker)

    assert "Điểm bán Xa shop" in page
    assert "Holds their goods now" in page
