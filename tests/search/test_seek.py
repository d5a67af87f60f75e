"""What is asked of an engine, in which order, and what is said of it."""

import dataclasses
import re

import pytest

from app.search.documents import SearchDocument
from app.search.engine import MAX_HITS, Query
from app.search.language.synonyms import Thesaurus
from app.search.language.tokens import fold
from app.search.mending.lexicon import Lexicon
from app.search.seeking.seek import Sought, seek
from app.shop.catalogue.narrowing import Filters, Sort
from tests.search.judged.plain import PlainEngine
from tests.search.judged.real import real_documents
from tests.support import make

LEXICON = Lexicon.of(real_documents())
NAMES = {one.product_id: one.name_vi for one in real_documents()}
MOST_CALLS = 6


@pytest.fixture(scope="module")
def goods() -> PlainEngine:
    engine = PlainEngine()
    engine.rebuild(real_documents())
    return engine


@pytest.fixture
def engine(goods: PlainEngine) -> PlainEngine:
    goods.asked.clear()
    return goods


def _found(
    engine: PlainEngine,
    text: str,
    *,
    filters: Filters | None = None,
    sort: Sort = Sort.RELEVANCE,
    is_literal: bool = False,
) -> Sought:
    query = Query(on=make.TODAY, filters=filters or Filters(), sort=sort)
    return seek(engine, text, query, lexicon=LEXICON, thesaurus=Thesaurus(), is_literal=is_literal)


def _goods(found: Sought) -> list[SearchDocument]:
    by_id = {one.product_id: one for one in real_documents()}
    return [by_id[one] for one in found.hits.ids]


def _names(found: Sought) -> list[str]:
    return [NAMES[one] for one in found.hits.ids]


def test_words_that_are_right_are_asked_for_once(engine: PlainEngine) -> None:
    found = _found(engine, "mật ong")

    assert _names(found)[0].startswith("Mật ong")
    assert len(engine.asked) == 1
    assert found.notes == dataclasses.replace(found.notes, corrected="", offered="", dropped="")


def test_wrong_marks_are_forgiven(engine: PlainEngine) -> None:
    found = _found(engine, "mật óng")

    assert _names(found)[0].startswith("Mật ong")
    assert found.notes.corrected == ""


@pytest.mark.parametrize("typed", ["matong", "mật o", "mật on", "maajt ong"])
def test_what_was_mistyped_is_mended_and_said(engine: PlainEngine, typed: str) -> None:
    found = _found(engine, typed)

    assert _names(found)[0].startswith("Mật ong")
    assert found.notes.corrected == "mật ong"


def test_the_words_as_typed_can_be_insisted_on(engine: PlainEngine) -> None:
    found = _found(engine, "matong", is_literal=True)

    assert found.hits.total == 0
    assert found.notes.corrected == ""


def test_a_word_that_nobody_knows_is_given_up_and_said(engine: PlainEngine) -> None:
    found = _found(engine, "cà phê starbucks")

    assert "Cà phê" in _names(found)[0]
    assert found.notes.dropped == "starbucks"


def test_a_name_is_given_up_whole(engine: PlainEngine) -> None:
    found = _found(engine, "nước mắm nha trang")

    assert _names(found)[0].startswith("Nước mắm")
    assert found.notes.dropped == "nha trang"


def test_what_kind_of_firm_somebody_is_need_not_be_right(engine: PlainEngine) -> None:
    """Tâm Phúc is a company; a shopper thinks that it is a cooperative."""
    found = _found(engine, "hợp tác xã Tâm Phúc")

    assert {"Rượu đông trùng hạ thảo", "Đông trùng hạ thảo sấy thăng hoa"} <= set(_names(found))


@pytest.mark.parametrize(
    "typed",
    [
        "zzyzx qwrtp",
        "zzyzx qwrtp tea",
        "iphone 15 pro max",
        "máy giặt samsung",
        "máy tính",
        "áo dài",
        "xà phòng",
        "laptop dell",
        "???",
    ],
)
def test_what_is_not_sold_finds_nothing(engine: PlainEngine, typed: str) -> None:
    """Words that stand in some description by chance, or like "xã Phong" in an address, are no goods."""
    found = _found(engine, typed)

    assert found.hits.ids == ()
    assert found.hits.total == 0


def test_words_of_a_description_find_what_says_them_together(engine: PlainEngine) -> None:
    found = _found(engine, "thịt luộc")

    assert "Mắm nêm Seagull" in _names(found)


def test_filters_that_leave_nothing_are_no_spelling_mistake(engine: PlainEngine) -> None:
    found = _found(engine, "mật ong", filters=Filters(price_max=1_000))

    assert found.hits.total == 0
    assert found.notes.corrected == found.notes.dropped == ""


def test_a_price_that_was_said_and_leaves_nothing_is_given_up(engine: PlainEngine) -> None:
    found = _found(engine, "mật ong dưới 2k")

    assert _names(found)[0].startswith("Mật ong")
    assert "2k" in found.notes.dropped
    assert found.notes.readings == ()


@pytest.mark.parametrize("typed", ["mật ong", "mật o", "nước mắm nha trang", "tinhdau tram"])
def test_another_order_leaves_out_what_only_mentions_it(engine: PlainEngine, typed: str) -> None:
    """Else eggs that are eaten with honey would be the cheapest honey."""
    by_relevance = _found(engine, typed)
    by_price = _found(engine, typed, sort=Sort.PRICE_ASC)

    assert 0 < by_price.hits.total <= by_relevance.hits.total
    assert set(by_price.hits.ids) <= set(by_relevance.hits.ids)
    left_out = by_relevance.hits.total - by_price.hits.total
    assert by_price.notes == dataclasses.replace(by_relevance.notes, left_out=left_out)


@pytest.mark.parametrize("order", ["price", "name"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mật ong", ("ong", "honey")),
        ("nước mắm", ("mắm", "sauce")),
        ("trà", ("trà", "chè", "tea")),
        ("coffee", ("coffee", "cà phê")),
    ],
)
def test_whatever_the_order_names_say_what_was_searched(
    engine: PlainEngine, typed: str, said: tuple[str, ...], order: str
) -> None:
    is_by_name = order == "name"
    sort = Sort.RELEVANCE if is_by_name else Sort.PRICE_ASC
    query = Query(on=make.TODAY, sort=sort, limit=MAX_HITS)
    found = seek(
        engine, typed, query, lexicon=LEXICON, thesaurus=Thesaurus(), is_by_name=is_by_name
    )

    names = [f"{one.name_vi} {one.name_en} {one.category}".lower() for one in _goods(found)]
    assert names
    assert all(any(word in name for word in said) for name in names)
    assert found.hits.total == len(names)


def test_a_word_that_is_only_mentioned_is_found_in_any_order(engine: PlainEngine) -> None:
    """There is nothing close that it could bury."""
    by_relevance = _found(engine, "vitamin")
    by_price = _found(engine, "vitamin", sort=Sort.PRICE_ASC)

    assert set(by_price.hits.ids) == set(by_relevance.hits.ids)
    assert by_price.notes.left_out == 0


def test_an_address_is_no_thing_in_another_order(engine: PlainEngine) -> None:
    """Trà Tân is a commune of egg farmers."""
    assert "Trứng gà tươi TAFA" in _names(_found(engine, "trà"))
    assert "Trứng gà tươi TAFA" not in _names(_found(engine, "trà", sort=Sort.PRICE_ASC))


@pytest.mark.parametrize("typed", ["nón", "mật óng"])
def test_words_that_are_only_spelt_alike_are_said_to_be(engine: PlainEngine, typed: str) -> None:
    assert _found(engine, typed).notes.alike == typed


@pytest.mark.parametrize("typed", ["mật ong", "mat ong", "hạ long", "phở", "non"])
def test_what_is_written_as_typed_needs_no_word(engine: PlainEngine, typed: str) -> None:
    assert _found(engine, typed).notes.alike == ""


def test_one_syllable_with_other_marks_is_not_looked_for_in_descriptions(
    engine: PlainEngine,
) -> None:
    goods = _goods(_found(engine, "nón"))

    assert goods
    for one in goods:
        texts = (one.name_vi, one.name_en, one.also_vi, one.also_en, one.producer, *one.place)
        assert re.search(r"\bnon\b", fold(" ".join((*texts, *one.category))))


def test_noodles_are_not_all_that_is_spelt_like_them(engine: PlainEngine) -> None:
    names = _names(_found(engine, "phở"))

    assert names[0] == "Phở khô Phúc Vang"
    assert not any("phô" in name for name in names)


def test_a_town_is_its_land_and_not_what_is_spelt_like_it(engine: PlainEngine) -> None:
    goods = _goods(_found(engine, "hạ long"))

    assert {one.province_code for one in goods} == {"22"}


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.PRICE_ASC])
@pytest.mark.parametrize(
    "typed", ["máy tính bảng", "mật ong bạc hà rừng", "zzyzx qwrtp tea", "caf phee sua da", "mật o"]
)
def test_an_engine_is_asked_six_times_at_most(engine: PlainEngine, typed: str, sort: Sort) -> None:
    _found(engine, typed, sort=sort, filters=Filters(star_min=3))

    assert 1 <= len(engine.asked) <= MOST_CALLS


def test_words_close_to_nothing_do_not_hide_what_was_meant() -> None:
    """A honey from Ô Loan has "mật" and "o" in it; who types "mật o" has not finished yet."""
    engine = PlainEngine()
    goods = [
        SearchDocument(product_id=1, name_vi="Mắm chay vị mật ong", place=("Ô Loan",)),
        SearchDocument(product_id=2, name_vi="Mật ong rừng"),
        SearchDocument(product_id=3, name_vi="Mật ong hoa nhãn"),
    ]
    engine.rebuild(goods)

    found = seek(
        engine,
        "mật o",
        Query(on=make.TODAY),
        lexicon=Lexicon.of(goods),
        thesaurus=Thesaurus(),
    )

    assert set(found.hits.ids) == {1, 2, 3}
    assert found.hits.ids[-1] == 1
    assert found.notes.corrected == "mật ong"


@pytest.mark.parametrize(
    "typed",
    [
        "kem đánh răng",
        "kem danh rang",
        "sữa rửa mặt",
        "xi măng",
        "xi mang",
        "sơn tường",
        "bảo hiểm xe máy",
        "bút bi",
        "băng keo",
        "gạch men",
        "ống nước",
        "nước hoa chanel",
        "motor oil",
        "cement bag",
    ],
)
def test_a_word_of_something_else_is_no_thing(engine: PlainEngine, typed: str) -> None:
    """Toothpaste is no ice cream and cement no bamboo shoot."""
    assert _found(engine, typed).hits.total == 0


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("freshly roasted coffee", "Cà phê"),
        ("organic honey raw", "Mật ong"),
        ("cheap green tea", "Trà xanh"),
        ("nước mắm ngon", "Nước mắm"),
        ("mật ong rừng tây nguyên", "Mật ong"),
    ],
)
def test_praise_can_go(engine: PlainEngine, typed: str, thing: str) -> None:
    """How good a thing is said to be does not make it another thing."""
    assert _names(_found(engine, typed))[0].startswith(thing)


def test_a_town_stands_for_the_land_around_it(engine: PlainEngine) -> None:
    found = _found(engine, "coffee đà lạt")

    assert _names(found)[0] == "Hill coffee"
    assert found.notes.dropped == ""


@pytest.mark.parametrize("typed", ["OR", "name:tra", "mật ong OR", "NOT"])
def test_signs_of_an_engines_language_are_not_mended(engine: PlainEngine, typed: str) -> None:
    notes = _found(engine, typed).notes

    assert (notes.corrected, notes.offered) == ("", "")


@pytest.mark.parametrize("typed", ["quà biếu sếp dưới 500k", "quà 8/3", "gift for boss"])
def test_a_gift_for_somebody_is_no_dead_end(engine: PlainEngine, typed: str) -> None:
    assert _found(engine, typed).hits.total > 1


@pytest.mark.parametrize(("others", "is_worth_it"), [(0, False), (40, True)])
def test_other_marks_are_asked_for_when_they_can_be_far_more_common(
    *, others: int, is_worth_it: bool
) -> None:
    """Half of all goods cannot have ten times as many beside them."""
    engine = PlainEngine()
    goods = [
        SearchDocument(product_id=one, name_vi="Bánh", description_vi="lá") for one in range(1, 4)
    ]
    goods += [SearchDocument(product_id=one, name_vi="Là") for one in range(4, 4 + others)]
    engine.rebuild(goods)

    seek(engine, "lá", Query(on=make.TODAY), lexicon=Lexicon(), thesaurus=Thesaurus())

    assert (len(engine.asked) > 1) == is_worth_it
