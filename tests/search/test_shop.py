"""Search follows the shop's own tables."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.foundation.database import db
from app.foundation.outbox import deliver_due, enqueue
from app.foundation.slots import slot
from app.foundation.text import sort_key
from app.foundation.work import unit_of_work
from app.places.models import FormerCommune, FormerProvince
from app.programme.models import RegisteredProduct
from app.search import queries
from app.search.engines.embedded import WhooshEngine
from app.search.engines.tantivy_engine import TantivyEngine
from app.search.finder import engine, find
from app.search.jobs import PRODUCT_CHANGED
from app.search.module import choose_engine
from app.search.suggesting.offering import suggestions
from app.shop.catalogue.asking import Answer, Ask
from app.shop.catalogue.models import ProductCard
from config import Settings
from tests.support import make
from tests.support.browser import Browser


def _card(product: RegisteredProduct, **values: Any) -> ProductCard:
    producer = product.producer
    card: ProductCard = make.add(
        ProductCard(
            **{
                "product_id": product.id,
                "public_id": product.public_id,
                "slug": product.slug,
                "name": product.name,
                "sort_key": sort_key(product.name["vi"]),
                "producer_name": producer.name if producer else None,
                "producer_slug": producer.slug if producer else None,
                "province_code": product.province_code,
                "commune_code": product.commune_code,
                "set_code": product.set_code,
                "group_code": "I.5",
                "industry_code": "I",
            }
            | values
        )
    )
    return card


def _say_changed(product_id: int) -> None:
    enqueue(PRODUCT_CHANGED, {"product_id": product_id}, now=make.NOW)


@pytest.fixture
def tea(app: Flask) -> int:
    """A tea of the register, said to have changed and not yet indexed."""
    with unit_of_work():
        db.session.add(
            FormerProvince(old_code="02", name="Hà Giang", folded="ha giang", province_code="08")
        )
        db.session.add(
            FormerCommune(
                old_code="00700",
                name="Phường Nguyễn Trãi",
                district="Thành phố Hà Giang",
                province="Tỉnh Hà Giang",
                folded_name="",
                folded_district="",
                folded_province="",
                commune_code="00706",
                is_divided=False,
                is_main_part=True,
            )
        )
        product = make.registered(by=make.producer("HTX Phìn Hồ"), printed_origin="xã Thông Nguyên")
        make.listing(product)
        _card(product, certified_stars=5)
        _say_changed(product.id)
        return product.id


def _deliver() -> None:
    assert deliver_due(clock=lambda: make.NOW).failed == 0


def asked(typed: str) -> Answer:
    """Ask as the list does."""
    return find(Ask(text=typed, today=make.TODAY))


@pytest.mark.parametrize(
    "typed",
    [
        "che shan tuyet",
        "Shan snow tea",
        "phìn hồ",
        "Tuyên Quang",
        "hà giang",
        "nguyen trai",
        "thông nguyên",
        "processed tea",
        "highland",
    ],
)
def test_a_changed_product_is_found_by_all_that_is_known_of_it(tea: int, typed: str) -> None:
    """Names, producer, places of today and before, category, description."""
    _deliver()

    match = asked(typed)

    assert match.ids == (tea,)
    assert not match.notes.is_degraded
    assert match.notes.dropped == ""


def test_an_edit_replaces_the_old_words_and_a_replay_changes_nothing(tea: int) -> None:
    """The message says only which product; what is written is read then."""
    _deliver()
    with unit_of_work():
        card = db.session.get_one(ProductCard, tea)
        card.name = make.both("Hồng trà", "Black tea")
        card.version += 1
        _say_changed(tea)
        _say_changed(tea)

    _deliver()

    assert asked("black").ids == (tea,)
    assert asked("snow").ids == ()
    assert engine().health().documents == 1


def test_a_product_that_is_gone_is_found_no_more(tea: int) -> None:
    """A message about it takes it out."""
    _deliver()
    with unit_of_work():
        db.session.delete(db.session.get_one(ProductCard, tea))
        _say_changed(tea)

    _deliver()

    assert asked("shan").ids == ()


def test_without_an_index_names_are_compared_in_the_database(tea: int) -> None:
    """The shop is never empty because its index is."""
    match = asked("chè shan")

    assert match.ids == (tea,)
    assert match.notes.is_degraded
    assert asked("cà phê").ids == ()
    assert asked("***").ids == ()


def test_the_listing_page_asks_through_its_slot(app: Flask) -> None:
    """The catalogue knows nothing of search."""
    assert slot("catalogue.search") is find


def test_the_index_is_rebuilt_on_command(app: Flask, tea: int) -> None:
    """Into a new folder, with a count."""
    runner = app.test_cli_runner()

    missing = runner.invoke(args=["search", "status"])
    built = runner.invoke(args=["search", "rebuild"])
    present = runner.invoke(args=["search", "status"])

    assert missing.exit_code == 1
    assert built.output.startswith("1 products indexed")
    assert present.output.startswith("1 products")
    assert asked("tea").ids == (tea,)


def test_reading_many_products_takes_a_fixed_number_of_batches(app: Flask, tea: int) -> None:
    """All of them and each by id read the same."""
    assert list(queries.all_documents()) == queries.documents([tea, 999_999])
    document = queries.documents([tea])[0]
    assert document == replace(
        document, stars=5, province_code="08", category_codes=("11", "I.5", "I")
    )


def test_suggestions_offer_what_the_shop_has(app: Flask, tea: int) -> None:
    """Products in both languages, producers, categories, provinces."""
    found = suggestions(app)

    assert [line.text for line in found.suggest("sha", lang="en")] == ["Shan snow tea"]
    assert [line.text for line in found.suggest("sha", lang="vi")] == ["Chè Shan tuyết"]
    assert found.suggest("phin")[0].kind == "producer"
    assert found.suggest("tuyen")[0].kind == "province"
    assert found.suggest("mat on")[0].kind == "category"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_search_box_gets_lines_in_the_readers_language(
    app: Flask, tea: int, browser: Browser, lang: str
) -> None:
    """Public, kept for a minute, and calm about whatever is typed."""
    browser.lang = lang

    page = browser.get("search.suggest", q="sha")

    text = {"vi": "Chè Shan tuyết Sản phẩm", "en": "Shan snow tea Product"}[lang]
    assert page.texts("li", data_testid="suggestion") == [text]
    assert page.texts("mark") == ["Sha"]
    assert page.response.headers["Cache-Control"] == "public, max-age=60"
    for typed in ("", "\0", "*" * 3_000, "zzzz"):
        assert browser.get("search.suggest", q=typed).all(data_testid="suggestion") == []


def test_an_engine_that_is_not_known_stops_the_start(settings: Settings) -> None:
    """A typing error in SEARCH_URL is said at once."""
    assert isinstance(choose_engine("", settings.instance), WhooshEngine)
    assert isinstance(choose_engine("whoosh", settings.instance), WhooshEngine)
    assert isinstance(choose_engine("tantivy", settings.instance), TantivyEngine)
    with pytest.raises(ValueError, match="solr"):
        choose_engine("solr://somewhere", settings.instance)


def test_a_product_knows_the_province_of_before(tea: int) -> None:
    """By where its commune lay, by what is printed, else by all that its province was made of."""
    db.session.add(
        FormerProvince(old_code="08", name="Tuyên Quang", folded="tuyen quang", province_code="08")
    )
    product = db.session.get_one(RegisteredProduct, tea)
    card = db.session.get_one(ProductCard, tea)

    assert queries.documents([tea])[0].former_provinces == ("Hà Giang",)

    card.commune_code = None
    assert queries.documents([tea])[0].former_provinces == ("Hà Giang", "Tuyên Quang")
    product.printed_origin = "huyện Na Hang, tỉnh Tuyên Quang"
    assert queries.documents([tea])[0].former_provinces == ("Tuyên Quang",)
