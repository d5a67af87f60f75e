"""What a shopper's words mean, as a whole."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.language.synonyms import Thesaurus
from app.search.language.tokens import MAX_QUERY_WORDS, exact_token
from app.search.language.vocabulary import GROUPS
from app.search.seeking.understanding import understand

PLAIN = Thesaurus()


def _ways(text: str, thesaurus: Thesaurus = PLAIN) -> list[set[tuple[str, ...]]]:
    slots = understand(text, thesaurus=thesaurus).slots
    return [{way.tokens for way in slot.alternatives} for slot in slots]


def test_officers_groups_are_used_beside_ours() -> None:
    """A name that joins a group stands for all of it, and all of it for the name."""
    thesaurus = Thesaurus.of([("chè", "thé"), ("bánh gai", "gai cake")])

    (the,) = _ways("thé", thesaurus)
    (tea,) = _ways("tea", thesaurus)
    (cake,) = _ways("gai cake", thesaurus)
    assert {("tea",), (exact_token("trà"),)} <= the
    assert (exact_token("thé"),) in tea
    assert (exact_token("bánh"), "banh_gai") in cake
    assert len(_ways("gai cake")) == 2


def test_homonyms_stay_apart() -> None:
    """Bơ is butter and avocado; a new name for it does not make butter an avocado."""
    thesaurus = Thesaurus.of([("bơ", "beurre")])

    (butter,) = _ways("butter", thesaurus)
    assert ("beurre",) in butter
    assert ("avocado",) not in butter


@pytest.mark.parametrize(
    "extra", [[], [()], [("",)], [("một mình",)], [("*", "!")], [("\0", "\ud800")]]
)
def test_empty_groups_change_nothing(extra: list[tuple[str, ...]]) -> None:
    """What has no words or no other name is no group."""
    assert Thesaurus.of(extra) == PLAIN


def test_no_name_stands_twice_in_a_group() -> None:
    """And every group says at least two things."""
    assert all(len(set(group)) == len(group) > 1 for group in GROUPS)


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("dầu phụng", ("peanut_oil",)),
        ("green tea", (exact_token("chè"), "che_xanh")),
        ("khổ qua", ("bitter_melon",)),
        ("chanh leo", ("passion_fruit",)),
        ("cafe", (exact_token("cà"), exact_token("phê"), "ca_phe")),
        ("black teas", (exact_token("hồng"), exact_token("trà"), "hong_tra")),
        ("organic", (exact_token("hữu"), exact_token("cơ"), "huu_co")),
    ],
)
def test_goods_are_found_under_their_other_names(typed: str, also: tuple[str, ...]) -> None:
    """In both languages and all regions."""
    (ways,) = _ways(typed)

    assert also in ways


def test_both_spellings_of_ly_son_are_one() -> None:
    """Two schools of spelling; bare, mi is rather noodles than Mỹ."""
    assert (exact_token("lý"),) in _ways("lí sơn")[0]
    assert ("li",) in _ways("ly son")[0]
    assert ("my",) not in _ways("mi")[0]


def test_little_words_alone_are_looked_for() -> None:
    """Nothing else was said."""
    assert [slot.required for slot in understand("của", thesaurus=PLAIN).slots] == [True]
    assert [slot.required for slot in understand("chè của", thesaurus=PLAIN).slots] == [True, False]


@pytest.mark.parametrize("typed", ["ocop", "đặc sản", "dac san", "sản phẩm OCOP", "products"])
def test_what_all_goods_are_narrows_nothing(typed: str) -> None:
    """Specialities of Hà Nội are its goods; specialities alone are all goods."""
    alone = understand(typed, thesaurus=PLAIN).slots
    here = understand(f"{typed} hà nội", thesaurus=PLAIN).slots

    assert alone
    assert not any(slot.required for slot in alone)
    assert [slot.text for slot in here if slot.required] == ["hà nội"]


def test_words_of_a_phrase_are_found_apart_when_they_must() -> None:
    """Rather soy paste or sauce of soy than nothing."""
    (slot,) = understand("soy sauce", thesaurus=PLAIN).slots

    assert [way.tokens for way in slot.alternatives if way.is_loose] == [("soy", "sauce")]


def test_words_that_were_read_out_leave_no_pair() -> None:
    """Pairs are of the goods."""
    assert understand("mật ong dưới 500k", thesaurus=PLAIN).pairs == ("mat_ong",)


@given(st.text(st.one_of(st.characters(), st.sampled_from("0159k -+.,*₫đtrsao quàdưới\0\ud800"))))
def test_anything_is_understood(text: str) -> None:
    """Nothing raises, and prices are sums that people pay."""
    for is_literal in (False, True):
        found = understand(text, thesaurus=PLAIN, is_literal=is_literal)

        assert len(found.slots) <= MAX_QUERY_WORDS + 1
        assert all(
            500 <= one.value <= 2_000_000_000 for one in found.readings if "price" in one.kind
        )
        assert all(3 <= one.value <= 5 for one in found.readings if "star" in one.kind)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "word " * 10_000,
        "\ud800\0" * 1_000,
        "1" * 100_000,
        "1.000." * 10_000,
        "từ 1k đến " * 1_000,
        "năm trăm " * 1_000,
        "dưới " * 1_000,
        "((((" * 10_000,
        "5 - " * 1_000,
        "tp " * 1_000,
    ],
)
def test_hostile_text_is_answered_quickly(text: str) -> None:
    """Length and repetition are bounded."""
    started = time.process_time()

    understand(text, thesaurus=PLAIN)

    assert time.process_time() - started < 0.1


def test_understanding_takes_little_of_a_search() -> None:
    """A long query with all that can be said takes some milliseconds at most."""
    text = "hộp quà tặng trà sen Tây Hồ Hà Nội 5 sao từ 100k đến 300k"
    understand(text, thesaurus=PLAIN)
    started = time.process_time()

    for _time in range(100):
        understand(text, thesaurus=Thesaurus())

    assert (time.process_time() - started) / 100 < 0.01


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("hột vịt", "trung_vit"),
        ("quả na", "mang_cau"),
        ("bình bông", "binh_hoa"),
        ("súp lơ", "bong_cai"),
        ("hun khói", "gac_bep"),
        ("nấm oyster", "bao_ngu"),
        ("gạo brown", "gao_lut"),
        ("garlic đen", "toi_den"),
    ],
)
def test_regions_and_languages_may_be_mixed(typed: str, also: str) -> None:
    """South, north, and a noun in one language with its adjective in the other."""
    (ways,) = _ways(typed)

    assert any(also in tokens for tokens in ways)


def test_a_fruit_need_not_be_called_one() -> None:
    """Quả mận is mận, while trái cây is a word of its own."""
    assert [slot.required for slot in understand("quả mận", thesaurus=PLAIN).slots] == [False, True]
    assert [slot.text for slot in understand("trái cây", thesaurus=PLAIN).slots] == ["trái cây"]


def test_a_part_of_a_word_brings_no_other_fruit() -> None:
    """Who asks for the fruit na wants no cà na."""
    assert ("na",) not in _ways("quả na")[0]
