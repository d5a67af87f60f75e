"""What a text becomes before any engine sees it."""

import string
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.language.analysis import query_slots
from app.search.language.tokens import (
    MAX_QUERY_WORDS,
    exact_token,
    fold,
    index_tokens,
    normalise,
    query_pairs,
    words,
)

ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cc", "Mn"]),
        st.sampled_from("ĐđƯươ ờÝỳ'*[]()\0"),
    )
)
TOKEN_CHARS = set(string.ascii_lowercase + string.digits + "_")


def _ways(text: str) -> list[set[tuple[str, ...]]]:
    return [{way.tokens for way in slot.alternatives} for slot in query_slots(text)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Chè Shan Tuyết", "che shan tuyet"),
        ("ĐẮK LẮK", "dak lak"),
        ("đậu phộng", "dau phong"),
        ("Nước Mắm Phú Quốc", "nuoc mam phu quoc"),
        ("café \uff21\uff22\uff23", "cafe abc"),
    ],
)
def test_folding_leaves_plain_letters(text: str, folded: str) -> None:
    """Marks, đ and capitals are gone."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuý", "thúy"), ("Hoà Bình", "hòa bình"), ("qúy", "quý")],
)
def test_both_schools_of_tone_marks_are_one_word(one: str, other: str) -> None:
    """Old and new orthography meet in one spelling."""
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize("word", ["hoàn", "quý", "quỳ", "toán", "khuỷu"])
def test_tones_that_have_one_place_stay(word: str) -> None:
    """Closed syllables and qu- are left alone."""
    assert normalise(word) == word


@given(ANYTHING)
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folding is idempotent and gives ASCII."""
    once = fold(text)

    assert fold(once) == once
    assert once.isascii()


@given(ANYTHING)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Normalising is idempotent."""
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(st.characters(categories=["L", "N", "Zs", "Mn"], max_codepoint=0x1FFF), max_size=40))
def test_composed_and_decomposed_text_are_the_same(text: str) -> None:
    """How a keyboard composes letters plays no part."""
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert fold(composed) == fold(decomposed)
    assert index_tokens(composed) == index_tokens(decomposed)
    assert query_slots(composed) == query_slots(decomposed)


@given(ANYTHING)
def test_any_text_becomes_plain_tokens(text: str) -> None:
    """Nothing raises, and an engine sees letters, digits and underscores only."""
    tokens = index_tokens(text)
    tokens += [
        token for slot in query_slots(text) for way in slot.alternatives for token in way.tokens
    ]
    tokens += query_pairs(text)

    assert all(token and set(token) <= TOKEN_CHARS for token in tokens)


@given(st.text(st.characters(categories=["L", "N", "Zs"], max_codepoint=0x1FFF), max_size=80))
def test_every_text_satisfies_itself(text: str) -> None:
    """A product is found by its own name, whatever the name."""
    kept = set(index_tokens(text))

    assert all(any(set(way) <= kept for way in ways) for ways in _ways(text))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "a" + "\u0301\u0323" * 500_000,
        "(((((*)))))" * 1_000,
        "\0" * 300,
        "\ud800 chè \udfff",
        "*? [a TO z] ~2 ^9 AND OR NOT",
        "ế " * 100_000,
    ],
)
def test_hostile_text_costs_little(text: str) -> None:
    """Length, brackets, stars, NUL and lone surrogates are no trouble."""
    started = time.perf_counter()

    slots = query_slots(text)
    tokens = index_tokens(text)

    assert len(slots) <= MAX_QUERY_WORDS
    assert all(len(token) <= 100 for token in tokens)
    assert time.perf_counter() - started < 2


def test_a_word_is_kept_plain_with_marks_and_with_its_neighbour() -> None:
    """Three kinds of token stand for a name."""
    tokens = index_tokens("Chè Shan")

    assert tokens == ["che", "shan", exact_token("chè"), "che_shan"]


def test_a_word_with_marks_prefers_itself() -> None:
    """The marks count more than the letters."""
    (slot,) = query_slots("giắng")

    strict, bare, loose = slot.alternatives
    assert strict.tokens == (exact_token("giắng"),)
    assert bare.tokens == (exact_token("giang"),)
    assert loose.tokens == ("giang",)
    assert strict.boost > bare.boost > loose.boost
    assert slot.strict().alternatives == (strict, bare)


def test_a_name_typed_without_any_marks_stands_for_all_of_them() -> None:
    """Among marks a bare word is exact; among bare words it may be anything."""
    assert exact_token("che") in index_tokens("CHE SHAN TUYET", is_vietnamese=True)
    assert exact_token("che") not in index_tokens("che mát", is_vietnamese=True)
    assert exact_token("che") not in index_tokens("che")


def test_english_plurals_meet_their_singular() -> None:
    """Nuts are found by nut; Vietnamese is not touched."""
    assert index_tokens("nuts berries boxes glass")[:4] == ["nut", "berry", "box", "glass"]
    assert words("bird\u2019s nest")[0] == "birds"


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("chè", (exact_token("trà"),)),
        ("che", (exact_token("trà"),)),
        ("tea", (exact_token("chè"),)),
        ("heo", (exact_token("lợn"),)),
        ("lạc", (exact_token("đậu"), exact_token("phộng"), "dau_phong")),
        ("mat ong", ("honey",)),
        ("fish sauce", (exact_token("nước"), exact_token("mắm"), "nuoc_mam")),
        ("cà phe", ("coffee",)),
    ],
)
def test_other_names_of_a_thing_are_looked_for_too(typed: str, also: tuple[str, ...]) -> None:
    """Regions and languages call things differently; with marks the other name is exact."""
    (ways,) = _ways(typed)

    assert also in ways


@pytest.mark.parametrize("typed", ["lắc", "lác", "bo", "vai"])
def test_other_words_do_not_borrow_other_names(typed: str) -> None:
    """Shaking is no peanut, and a bare syllable of many meanings opens nothing."""
    (slot,) = query_slots(typed)

    own = {(fold(typed),), (exact_token(typed),), (exact_token(fold(typed)),)}
    assert {way.tokens for way in slot.alternatives} <= own


def test_a_province_is_not_tea() -> None:
    """Trà in Trà Vinh is a name."""
    ways = _ways("trà vinh")

    assert ("tea",) not in ways[0]


def test_little_words_are_optional() -> None:
    """A sentence needs them, a search does not; bản with its marks is no little word."""
    slots = query_slots("honey from the highlands")

    assert [slot.text for slot in slots if slot.required] == ["honey", "highlands"]


@pytest.mark.parametrize(
    ("typed", "right"),
    [("qùa", "quà"), ("qủa", "quả"), ("qúy", "quý"), ("qùâ", "quầ"), ("gìa", "già"), ("gì", "gì")],
)
def test_a_tone_on_a_letter_of_the_consonant_moves_to_the_vowel(typed: str, right: str) -> None:
    assert normalise(typed) == right
