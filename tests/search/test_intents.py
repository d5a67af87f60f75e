"""Prices, stars and gifts said in words."""

import pytest

from app.search.language.intents import cut
from app.search.language.synonyms import Thesaurus
from app.search.seeking.understanding import understand
from app.shop.catalogue.narrowing import Filters

PLAIN = Thesaurus()


def _read(text: str) -> dict[str, int]:
    return {reading.kind: reading.value for reading in cut(text).readings}


def _rest(text: str) -> str:
    return " ".join(cut(text).rest.split())


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("dưới 500k", None, 500_000),
        ("duoi 500 nghìn", None, 500_000),
        ("500k trở xuống", None, 500_000),
        ("giá dưới 300.000 đồng", None, 300_000),
        ("không quá 1,5 triệu", None, 1_500_000),
        ("dưới năm trăm nghìn đồng", None, 500_000),
        ("under 500k", None, 500_000),
        ("below 300,000", None, 300_000),
        ("under 500.000 VND", None, 500_000),
        ("<500k", None, 500_000),
        ("trên 1 triệu", 1_000_000, None),
        ("từ 100k", 100_000, None),
        ("100k+", 100_000, None),
        ("trên 1.000.000đ", 1_000_000, None),
        ("từ 100k đến 300k", 100_000, 300_000),
        ("100-300k", 100_000, 300_000),
        ("100 đến 300 nghìn", 100_000, 300_000),
        ("from 100k to 300k", 100_000, 300_000),
        ("between 300k and 100k", 100_000, 300_000),
        ("100k - 1tr", 100_000, 1_000_000),
        ("tầm 200k", 160_000, 240_000),
        ("200.000đ", 160_000, 240_000),
        ("200.000₫", 160_000, 240_000),
        ("1tr", 800_000, 1_200_000),
        ("1tr5", 1_200_000, 1_800_000),
        ("1 triệu rưỡi", 1_200_000, 1_800_000),
        ("1,5 triệu", 1_200_000, 1_800_000),
    ],
)
def test_a_price_is_read_out_of_the_words(text: str, least: int | None, most: int | None) -> None:
    """In Vietnamese and English, with and without marks, in all ways to write a sum."""
    said = _read(f"mật ong {text}")

    assert (said.get("price_min"), said.get("price_max")) == (least, most)
    assert _rest(f"mật ong {text}") == "mật ong"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("5 sao", "star", 5),
        ("năm sao", "star", 5),
        ("nam sao", "star", 5),
        ("4-star", "star", 4),
        ("four-star", "star", 4),
        ("5*", "star", 5),
        ("4 sao trở lên", "star_min", 4),
        ("từ 3 sao", "star_min", 3),
        ("3-4 sao", "star_min", 3),
        ("từ 4 đến 5 sao", "star_min", 4),
        ("4+ stars", "star_min", 4),
        ("at least 4 stars", "star_min", 4),
    ],
)
def test_stars_are_read_out_of_the_words(text: str, kind: str, value: int) -> None:
    """Exactly so many, or at least."""
    assert _read(f"chè {text}") == {kind: value}
    assert _rest(f"chè {text}") == "chè"


@pytest.mark.parametrize(
    "text",
    [
        "gạo st25",
        "nước mắm 40 độ đạm",
        "nước mắm dưới 40 độ",
        "trà thảo mộc 7 vị",
        "rượu 60 độ",
        "mật nho 39",
        "mật ong 500",
        "gạo 5kg",
        "bột ca cao 3 in 1",
        "đuôi 500k",
        "nấm sao",
        "5 star anise",
        "2 sao",
        "dưới 0k",
        "dưới 99999999999999k",
        "quả bưởi",
        "qua buoi",
        "quà vặt",
    ],
)
def test_numbers_and_words_of_goods_stay(text: str) -> None:
    """A number alone is no price, a kind of rice no sum, and a fruit no gift."""
    assert _read(text) == {}
    assert _rest(text) == text


@pytest.mark.parametrize(
    "text",
    ["quà", "quà biếu", "quà tặng", "qua tang", "làm quà", "gift", "gift sets", "hộp quà tết"],
)
def test_a_gift_is_a_thing_to_find(text: str) -> None:
    """What the shop keeps as a gift, or what calls itself one."""
    (slot,) = understand(text, thesaurus=PLAIN).slots

    assert slot.required
    assert ("g_gift",) in {way.tokens for way in slot.alternatives}
    assert ("gift",) in {way.tokens for way in slot.alternatives}


def test_a_gift_never_hides_the_goods_that_were_named() -> None:
    """Honey for a present is any honey, gifts first; from a province alone it must be a gift."""
    honey = understand("mật ong làm quà", thesaurus=PLAIN).slots
    hanoi = understand("quà biếu Hà Nội", thesaurus=PLAIN).slots

    assert [slot.required for slot in honey] == [True, False]
    assert [slot.required for slot in hanoi] == [True, True]


def test_several_intents_stand_beside_the_goods() -> None:
    """All are cut out and the words are left."""
    found = understand("OCOP gift set 5 sao dưới 1tr Hà Nội", thesaurus=PLAIN)

    assert {one.kind for one in found.readings} == {"gift", "star", "price_max"}
    assert [slot.text for slot in found.slots] == ["ocop", "hà nội", "gift set"]
    assert found.narrowed(Filters()) == Filters(star=5, price_max=1_000_000)


def test_a_chosen_filter_stands_above_a_said_one() -> None:
    """Whoever clicks a price or a star meant it; the two never contradict one another."""
    found = understand("trà trên 500k 5 sao", thesaurus=PLAIN)

    chosen = Filters(price_max=100_000, star_min=3)
    assert found.narrowed(chosen) == chosen
    assert found.narrowed(Filters(province="01")) == Filters(
        province="01", price_min=500_000, star=5
    )


def test_literal_words_are_only_words() -> None:
    """Whoever asks for the words as typed gets them."""
    found = understand("trà dưới 500k 5 sao quà", thesaurus=PLAIN, is_literal=True)

    assert found.readings == ()
    assert [slot.text for slot in found.slots] == ["trà", "dưới", "500k", "5", "sao", "quà"]


def test_a_price_alone_is_a_question() -> None:
    """Everything under 200k."""
    found = understand("dưới 200k", thesaurus=PLAIN)

    assert (found.slots, len(found.readings)) == ((), 1)


@pytest.mark.parametrize(
    "text",
    [
        "quà biếu sếp", "quà tết cho bố mẹ", "quà tặng sếp", "quà tặng mẹ", "quà 8/3", "quà ba má",
        "quà vợ", "quà tặng bạn gái", "quà cho thầy cô", "quà người yêu", "quà biếu đối tác",
        "quà tặng khách hàng", "quà biếu ông bà", "quà biếu nội ngoại", "quà 20/10", "quà 20-11",
        "quà trung thu", "quà noel", "quà sinh nhật mẹ", "quà tân gia", "quà cưới", "qua bieu sep",
        "qua tang me", "qua tet cho bo me", "qua 8/3", "qua trung thu", "qua sinh nhat cho ban gai",
        "qùa tết", "gift for boss", "gift for mom", "birthday gift for my wife", "christmas gifts",
        "gifts for parents", "wedding gift", "new year's gift", "tet gift", "gift for a teacher",
    ],
)  # fmt: skip
def test_for_whom_and_when_a_gift_is_names_no_goods(text: str) -> None:
    assert _read(text) == {"gift": 0}
    assert _rest(text) == ""


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("quà tặng mật ong cho mẹ", "mật ong"),
        ("quà mè", "mè"),
        ("quà tặng mật ong", "mật ong"),
        ("quà bàn", "bàn"),
        ("trà tết", "trà tết"),
        ("sữa cho mẹ", "sữa cho mẹ"),
        ("qua me", "qua me"),
        ("qua cam cho me", "qua cam cho me"),
    ],
)
def test_goods_are_not_taken_for_people(text: str, rest: str) -> None:
    """Without a word for gifts these words mean what they say."""
    assert _rest(text) == rest


@pytest.mark.parametrize("text", ["quà dưới 500k cho sếp", "quà cho sếp dưới 500k"])
def test_a_price_may_stand_between_a_gift_and_for_whom_it_is(text: str) -> None:
    assert _read(text) == {"gift": 0, "price_max": 500_000}
    assert _rest(text) == ""


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("trà dưới 100", 100_000),
        ("quà dưới 500", 500_000),
        ("gift under 200", 200_000),
        ("qua tang duoi 1000", 1_000_000),
        ("dưới 100", None),
        ("tea under $10", None),
        ("tea under 10 usd", None),
        ("trà dưới 100 g", None),
        ("trà dưới 100ml", None),
        ("trà đuôi 100", None),
    ],
)
def test_a_bare_number_below_which_goods_cost_counts_thousands(text: str, most: int | None) -> None:
    assert _read(text).get("price_max") == most
