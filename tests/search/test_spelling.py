"""Mending what was mistyped, by the words of the catalogue."""

import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.documents import SearchDocument
from app.search.language.phonetics import sound
from app.search.language.synonyms import Thesaurus
from app.search.mending.lexicon import Lexicon
from app.search.mending.neighbours import Neighbours, edits
from app.search.seeking.understanding import corrections, understand

NAMES: Final = (
    ("Cà phê bột Buôn Ma Thuột", "Buôn Ma Thuột ground coffee"),
    ("Cà phê Khe Sanh", "Khe Sanh coffee"),
    ("Nước mắm Phú Quốc Khải Hoàn", "Khải Hoàn Phú Quốc fish sauce"),
    ("Mật ong Bometa", "Bometa honey"),
    ("Miến dong Bình Liêu", "Bình Liêu canna noodles"),
    ("Hạt giống rau Miền Xưa", "Vegetable seeds"),
    ("Mắc ca Lê Anh", "Lê Anh macadamia nuts"),
    ("Hạt điều rang muối", "Salted roasted cashews"),
    ("Chanh dây sấy dẻo", "Soft-dried passion fruit"),
    ("Sữa chua dừa sáp", "Macapuno yoghurt"),
    ("Tinh bột nghệ", "Turmeric starch"),
    ("Bánh tráng phơi sương", "Dew-dried rice paper"),
    ("Chè Shan tuyết", "Shan snow tea"),
    ("Thanh long ruột đỏ", "Red dragon fruit"),
    ("Gạo ST25", "ST25 rice"),
    ("Đông trùng hạ thảo sấy", "Dried cordyceps"),
    ("Sầu riêng sấy", "Dried durian"),
    ("Muối lắc tôm", "Shrimp salt"),
)
LEXICON: Final = Lexicon.of(
    SearchDocument(product_id=number, name_vi=vi, name_en=en)
    for number, (vi, en) in enumerate(NAMES)
)
PLAIN: Final = Thesaurus()


def _mended(text: str) -> list[str]:
    typed = understand(text, thesaurus=PLAIN)
    return [one.text for one in corrections(typed, lexicon=LEXICON, thesaurus=PLAIN)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # a keyboard that was off
        ("caf phee", "cà phê"),
        ("ca2 phe6", "cà phê"),
        ("nuoocs mawms", "nước mắm"),
        ("nuoc maam", "nước mắm"),
        ("cheef shan", "chè shan"),
        # not finished
        ("mắc c", "mắc ca"),
        ("macad", "macadamia"),
        ("thanh lon", "thanh long"),
        # written as one, or apart
        ("matong", "mật ong"),
        ("caphe", "cà phê"),
        ("caphee", "cà phê"),
        ("nuocmamphuquoc", "nước mắm phú quốc"),
        ("maca damia", "macadamia"),
        # slips
        ("hony", "honey"),
        ("cashwes", "cashews"),
        ("macadmia", "macadamia"),
        ("cordicep", "cordyceps"),
        ("durain", "durian"),
        ("grondnut", "groundnut"),
        ("mật ogn", "mật ong"),
        ("hat dieu rag muoi", "hạt điều rang muối"),
        ("nuoc mam phu qoc", "nước mắm phú quốc"),
        # by ear
        ("chanh giây", "chanh dây"),
        ("tinh bột ngệ", "tinh bột nghệ"),
        ("banh chang phoi suong", "bánh tráng phơi sương"),
        ("miến giong", "miến dong"),
        ("xữa chua dừa xáp", "sữa chua dừa sáp"),
        # places and prices
        ("ca phe lam dog", "cà phê lâm đồng"),
        ("caf phee duwowis 200k", "cà phê dưới 200k"),
        ("hony under 200k", "honey under 200k"),
    ],
)
def test_the_meant_words_come_first(typed: str, meant: str) -> None:
    """With marks, as the catalogue writes them."""
    assert _mended(typed)[0] == meant


@pytest.mark.parametrize(
    "typed",
    [
        "cà phê",
        "ca phe buon ma thuot",
        "gạo st25",
        "st24 38",
        "laptop dell",
        "iphone 15",
        "zzyzx",
        "groundnut",
        "Trà Vinh",
        "5 sao dưới 500k",
        "",
        "*",
    ],
)
def test_what_is_known_or_hopeless_is_left_alone(typed: str) -> None:
    """Known words, synonyms, numbers, provinces, and what nobody here sells."""
    assert _mended(typed) == []


def test_words_with_their_right_marks_are_not_replaced_by_look_alikes() -> None:
    """Dẻo is no slip for leo, though nobody sells soft coconut here."""
    assert _mended("kẹo dừa dẻo") == []


def test_prices_are_understood_in_mended_words() -> None:
    """A price that was typed with the keyboard off is one."""
    typed = understand("hony duwowis 200k", thesaurus=PLAIN)

    (mended, *_rest) = corrections(typed, lexicon=LEXICON, thesaurus=PLAIN)

    assert [(one.kind, one.value) for one in mended.readings] == [("price_max", 200_000)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("giong", "dong"), ("rong", "dong"), ("xua", "sua"), ("chang", "trang"), ("lam", "nam"),
     ("ly", "li"), ("nge", "nghe"), ("ge", "ghe"), ("ki", "ci")],
)  # fmt: skip
def test_words_that_sound_alike_share_a_key(one: str, other: str) -> None:
    """As north and south say them."""
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("honey", "hony", 1),
        ("ogn", "ong", 1),
        ("abc", "abc", 0),
        ("abc", "cba", 2),
        ("a", "abcd", 3),
    ],
)
def test_letters_to_change_are_counted(one: str, other: str, distance: int) -> None:
    """Two letters that changed places count once."""
    assert edits(one, other, 2) == distance


WORDS = st.text(st.sampled_from("abcde"), min_size=2, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=30), WORDS)
def test_no_near_word_is_missed(known: list[str], typed: str) -> None:
    """The table of remainders finds all that comparing with every word would."""
    near = Neighbours(dict.fromkeys(known, 1), {}).near(typed)

    for word in known:
        distance = edits(typed, word, 2)
        within = distance <= 1 or (distance == 2 and min(len(typed), len(word)) >= 6)
        if within and max(len(typed), len(word)) <= 7 and len(word) == len(typed):
            assert near[word] == distance
        assert word not in near or near[word] == distance


def test_a_lexicon_is_kept_in_bytes() -> None:
    """It is stored beside the index and read by every process."""
    kept = LEXICON.to_bytes()

    assert Lexicon.from_bytes(kept) == LEXICON
    assert LEXICON.forms["ca"][0] in {"ca", "cà"}
    assert LEXICON.pair_forms["ca_phe"] == "cà phê"


@given(st.binary(max_size=200))
def test_rubbish_is_no_lexicon(data: bytes) -> None:
    """A torn row is refused and not believed."""
    with pytest.raises(ValueError, match="no lexicon"):
        Lexicon.from_bytes(data)


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_torn_lexicon_is_refused(cut: int) -> None:
    """As is one that was cut short."""
    with pytest.raises(ValueError, match="no lexicon"):
        Lexicon.from_bytes(LEXICON.to_bytes()[:-cut])


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        " ".join(f"qwrtz{number}pl" for number in range(10_000)),
        "\ud800\0" * 500,
        "nuocmamphuquoc" * 50,
        "tầm 5 sao " * 500,
        "ca2" * 300,
        "từ 100k đến " * 100,
    ],
)
def test_hostile_words_cost_little(text: str) -> None:
    """Whatever is typed, mending is bounded."""
    _mended("caf")  # the tables are made
    started = time.process_time()

    assert len(_mended(text)) <= 4

    assert time.process_time() - started < 0.2


@given(st.text(st.one_of(st.characters(), st.sampled_from("cafphêe k0159 -+.,*₫đĐ\0\ud800"))))
def test_anything_may_be_mended(text: str) -> None:
    """Nothing raises, and what is given is another text."""
    for mended in _mended(text):
        assert mended != text
