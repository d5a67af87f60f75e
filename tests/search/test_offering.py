"""The search box offers the shop's kinds, places, makers and goods, and what many have asked for."""

from datetime import timedelta

import pytest
from flask import Flask

from app.foundation.database import db
from app.foundation.text import sort_key
from app.foundation.work import unit_of_work
from app.places.models import Commune, FormerProvince, Province
from app.search.models import SearchCount
from app.search.suggesting.offering import renew, suggestions
from app.search.suggesting.suggest import SuggestionList
from app.search.suggesting.suggest_queries import suggestion_entries
from app.shop.stock.models import PlaceKind, StockPlace
from app.showrooms.models import Showroom
from app.villages.models import Village
from tests.shop.catalogue.sale import on_sale
from tests.support import make
from tests.support.browser import Browser


@pytest.fixture
def market(app: Flask) -> Flask:
    """A tea and who makes it, a province of before, a village and a showroom."""
    with unit_of_work():
        on_sale(by=make.producer("HTX Phìn Hồ", slug="phin-ho"))
        db.session.add(
            FormerProvince(old_code="02", name="Hà Giang", folded="ha giang", province_code="08")
        )
        place = make.add(StockPlace(kind=PlaceKind.SHOWROOM, owner_id=1))
        db.session.add(
            Showroom(
                slug="hoan-kiem",
                name=make.both("Trung tâm Hoàn Kiếm", "Hoàn Kiếm centre"),
                sort_key=sort_key("Trung tâm"),
                printed_address="1 Tràng Tiền",
                province_code="01",
                hours=make.both("8–18"),
                place_id=place.id,
                source_url="https://example.test",
                created_at=make.NOW,
            )
        )
        db.session.add(
            Village(
                slug="lo-lo-chai",
                name=make.both("Làng Lô Lô Chải", "Lô Lô Chải village"),
                sort_key=sort_key("Làng"),
                known_for=make.both("Nhà trình tường", "Clay houses"),
                province_code="08",
                commune_code="00706",
                source_url="https://example.test",
                created_at=make.NOW,
            )
        )
    return app


def searched(query: str, *visitors: int, empty: int = 0, lang: str = "vi") -> None:
    """Let so many visitors have searched on each of the days before."""
    with unit_of_work():
        for back, number in enumerate(visitors):
            db.session.add(
                SearchCount(
                    day=make.TODAY - timedelta(days=back + 1),
                    lang=lang,
                    query=query,
                    searches=number,
                    empty=empty,
                )
            )


def kinds_of(typed: str) -> set[tuple[str, str]]:
    """What is offered for some letters, with its kind."""
    made = SuggestionList(suggestion_entries(make.TODAY))
    return {(found.kind, found.text) for found in made.suggest(typed, lang="vi")}


@pytest.mark.parametrize(
    ("typed", "label", "kind", "address"),
    [
        ("shan", "Shan snow tea", "Product", "/en/products?q=Shan+snow+tea"),
        ("honey", "Honey", "Category", "/en/products?category=honey"),
        ("phin", "HTX Phìn Hồ (English)", "Producer", "/en/producers/phin-ho"),
        ("tuyen q", "Tuyên Quang", "Province", "/en/provinces/tuyen-quang"),
        ("ha giang", "Hà Giang", "Today part of Tuyên Quang", "/en/provinces/tuyen-quang"),
        ("ward ha", "Hà Giang 1 Ward", "Commune · Tuyên Quang", "/en/products?q=H%C3%A0+Giang+1"),
        ("lo lo", "Lô Lô Chải village", "Village", "/en/villages/lo-lo-chai"),
        ("qua tet", "Quà Tết", "Gift ideas", "/en/gifts"),
        ("hoan", "Hoàn Kiếm centre", "Showroom", "/en/showrooms/hoan-kiem"),
    ],
)
def test_each_kind_is_named_and_leads_where_it_should(
    market: Flask, typed: str, label: str, kind: str, address: str
) -> None:
    page = Browser(market).get("search.suggest", q=typed)

    names, kinds = page.texts("span", class_="search__words"), page.texts("small")
    addresses = [line.get("data-url") for line in page.all("li", data_testid="suggestion")]
    lines = list(zip(names, kinds, addresses, strict=True))
    assert (label, kind, address) in lines


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", {"Today part of Ho Chi Minh City", "Commune · Ho Chi Minh City"}),
        ("vi", {"Nay thuộc Thành phố Hồ Chí Minh", "Xã, phường · Thành phố Hồ Chí Minh"}),
    ],
)
def test_where_a_place_is_now_is_said_in_the_readers_language(
    market: Flask, lang: str, said: set[str]
) -> None:
    with unit_of_work():
        province = db.session.query(Province).filter_by(code="08").one()
        province.name = make.both("Thành phố Hồ Chí Minh", "Ho Chi Minh City")
        commune = db.session.query(Commune).filter_by(code="00706").one()
        commune.full_name = make.both("Hà Giang Một")

    page = Browser(market, lang).get("search.suggest", q="ha giang")

    assert said <= set(page.texts("small"))


def test_other_names_of_a_thing_are_offered_where_the_typed_one_begins_nothing(
    market: Flask,
) -> None:
    with unit_of_work():
        on_sale("Cà phê rang xay", "Roasted beans")

    page = Browser(market, "vi").get("search.suggest", q="cafe")

    assert "Cà phê rang xay" in page.texts("span", class_="search__words")
    assert not Browser(market).get("search.suggest", q="cafx").all(data_testid="suggestion")


def test_the_kind_that_has_most_goods_comes_first(market: Flask) -> None:
    with unit_of_work():
        for number in range(3):
            on_sale(f"Bát gốm {number}", set_code="21")

    found = SuggestionList(suggestion_entries(make.TODAY)).suggest("th", lang="vi")

    kinds = [one.text for one in found if one.kind == "category"]
    assert kinds.index("Thủ công mỹ nghệ") < kinds.index("Thực phẩm")


def test_a_commune_with_a_village_leads_to_it(market: Flask) -> None:
    found = Browser(market).get("search.suggest", q="ha giang 1").all("li", data_kind="visited")

    assert found[0].get("data-url") == "/en/search/villages?q=H%C3%A0+Giang+1"


@pytest.mark.parametrize(("lang", "said"), [("en", "1 suggestion."), ("vi", "1 gợi ý.")])
def test_a_reader_who_does_not_see_is_told_how_many(market: Flask, lang: str, said: str) -> None:
    page = Browser(market, lang).get("search.suggest", q="tuyen q")

    assert page.texts("li", data_status="")[0].startswith(said)


def test_what_many_people_looked_for_on_two_days_is_offered(market: Flask) -> None:
    searched("chè shan hà giang", 0, 3, 1, 5)
    searched("chè shan biếu tết", 9, 9)

    offered = kinds_of("che shan")

    assert ("query", "chè shan hà giang") in offered
    assert ("query", "chè shan biếu tết") not in offered, "words that the shop does not use"


@pytest.mark.parametrize(
    ("query", "visitors", "empty"),
    [
        ("chè shan hà giang", [3], 0),
        ("chè shan hà giang", [99], 0),
        ("chè shan hà giang", [99, 2, 2], 0),
        ("chè shan hà giang", [4] * 20, 0),
        ("chè shan hà giang", [1] * 30, 0),
        ("chè shan hà giang", [8, 8], 6),
        ("giang chè", [8, 8], 0),
        ("phìn hồ", [8, 8], 0),
        ("đồ khốn", [8, 8], 0),
    ],
)
def test_what_few_asked_or_the_shop_would_not_say_is_not_offered(
    market: Flask, query: str, visitors: list[int], empty: int
) -> None:
    """One visitor on thirty days is one visitor; words side by side must be somebody's name of goods."""
    searched(query, *visitors, empty=empty)

    assert not [text for kind, text in kinds_of(query) if kind == "query"]


def test_a_list_is_made_anew_beside_the_requests(market: Flask) -> None:
    before = suggestions(market)
    with unit_of_work():
        on_sale("Cốm làng Vòng", "Vòng young rice")

    same = suggestions(market)
    renew(market)
    after = suggestions(market)

    assert same is before
    assert not before.suggest("com lang")
    assert after.suggest("com lang")
