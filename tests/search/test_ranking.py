"""The order of what is found."""

from typing import Any

import pytest

from app.search.documents import SearchDocument
from app.search.engine import Facts
from app.search.language.analysis import gift_slot, query_slots
from app.search.language.shapes import shape_of
from app.search.seeking.ranking import rerank


def _facts(name_vi: str, name_en: str = "", **more: Any) -> Facts:
    stars, popularity = more.pop("stars", 0), more.pop("popularity", 0)
    document = SearchDocument(product_id=1, name_vi=name_vi, name_en=name_en, **more)
    return Facts(
        name_tokens=frozenset(document.name_tokens()),
        head_tokens=frozenset(document.head_tokens()),
        context_tokens=frozenset(document.context_tokens()),
        stars=stars,
        popularity=popularity,
    )


def _order(typed: str, *goods: Facts, scores: tuple[float, ...] | None = None) -> list[int]:
    """Rank goods for what was typed; the engine liked the first ones best, if nothing else is said."""
    ids = tuple(range(len(goods)))
    liked = scores or tuple(float(len(goods) - at) for at in ids)
    slots = tuple(slot.strict() for slot in query_slots(typed))
    return list(rerank(ids, liked, dict(enumerate(goods)), slots))


@pytest.mark.parametrize("typed", ["Mật ong Bometa", "mat ong bometa", "Bometa honey"])
def test_neither_stars_nor_sales_outrank_the_exact_name(typed: str) -> None:
    """Whoever types a whole name means that product."""
    loved = _facts("Mật ong Bometa hoa nhãn", "Bometa longan honey", stars=5, popularity=1_000)
    meant = _facts("Mật ong Bometa", "Bometa honey")

    assert _order(typed, loved, meant, scores=(9.0, 1.0)) == [1, 0]


def test_stars_and_then_sales_part_what_is_equal() -> None:
    plain = _facts("Mật ong Minh An")
    sold = _facts("Mật ong Minh Anh", popularity=900)
    starred = _facts("Mật ong Hoàng An", stars=5)

    assert _order("mật ong", plain, sold, starred, scores=(1.0, 1.0, 1.0)) == [2, 1, 0]


def test_the_thing_itself_comes_before_what_has_some_of_it_in_it() -> None:
    candy = _facts("Kẹo gừng mật ong", "Ginger candy with honey")
    honey = _facts("Mật ong rừng U Minh", "U Minh forest honey")

    assert _order("mật ong", candy, honey) == [1, 0]
    assert _order("honey", candy, honey) == [1, 0]


def test_an_english_name_says_last_what_the_thing_is() -> None:
    extract = _facts("Cao tỏi đen", "Black garlic extract")
    garlic = _facts("Tỏi đen", "Black garlic")

    assert _order("black garlic", extract, garlic) == [1, 0]


def test_words_that_stand_together_beat_the_same_words_apart() -> None:
    apart = _facts("Mộc nhĩ khô Bảo Châu", place=("Sơn La",))
    together = _facts("Ruốc thịt Út Lan", place=("Sơn La", "Mộc Châu"))

    assert _order("mộc châu", apart, together) == [1, 0]


def test_the_name_weighs_more_than_the_kind_and_that_more_than_a_mention() -> None:
    mentioned = _facts("Bánh đa")
    kind = _facts("Yến sào", category=("Mật ong, yến sào",))
    named = _facts("Trà mật ong")

    assert _order("mật ong", mentioned, kind, named) == [2, 1, 0]


def test_a_province_is_where_something_comes_from_not_letters_in_its_name() -> None:
    letters = _facts("Cà phê nhà làm Đồng Xanh", province_code="86")
    local = _facts("Cà phê Hương Quê", province_code="68", place=("Lâm Đồng",))

    assert _order("ca phe lam dong", letters, local) == [1, 0]


def test_a_short_name_comes_before_a_long_one() -> None:
    long = _facts("Trà sen Tây Hồ thượng hạng hộp quà", "Tây Hồ lotus tea")
    short = _facts("Trà sen Tây Hồ", "Tây Hồ lotus tea")

    assert _order("trà sen", long, short, scores=(1.0, 1.0)) == [1, 0]


def test_hits_without_facts_stay_behind_in_their_order() -> None:
    assert rerank((5, 3, 4), (3.0, 2.0, 1.0), {4: _facts("Trà")}, query_slots("trà")) == (4, 5, 3)


def test_a_name_is_read_again_from_what_engines_keep() -> None:
    shape = shape_of(_facts("Mật ong dú", "Stingless-bee honey with ginger").head_tokens)

    assert shape.vi == ("mat", "ong", "du")
    assert shape.english == ("stingless", "bee", "honey", "with", "ginger")
    assert shape.en[0] == "honey"
    assert shape_of(frozenset({"foreign", "v__", "vx__a"})).vi == ()


def test_a_gift_box_comes_before_what_would_do_as_a_gift() -> None:
    """Who asks for a coffee gift set wants the box, and coffee rather than other boxes."""
    coffee, box = _facts("Cà phê Khe Sanh"), _facts("Hộp quà tặng cà phê", "coffee gift box")
    slots = (*query_slots("coffee"), gift_slot("gift set", required=False))

    assert rerank((0, 1), (9.0, 1.0), {0: coffee, 1: box}, slots) == (1, 0)
