"""What a keyboard leaves when Vietnamese input was off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.language.telex import decode, is_syllable
from app.search.language.tokens import normalise


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("caf", "cà"),
        ("phee", "phê"),
        ("nuoocs", "nuốc"),
        ("nuwowcs", "nước"),
        ("nuowsc", "nước"),
        ("mawms", "mắm"),
        ("cheef", "chề"),
        ("dduwowngf", "đường"),
        ("duowngfd", "đường"),
        ("vietej", "việt"),
        ("buwowri", "bưởi"),
        ("ruouwj", "rượu"),
        ("saayf", "sầy"),
        ("quees", "quế"),
        ("giaays", "giấy"),
        ("khoer", "khỏe"),
        ("hoaf", "hòa"),
    ],
)
def test_telex_keys_become_the_syllable(keys: str, meant: str) -> None:
    """Marks stand behind their letter or at the end."""
    assert decode(keys) == meant


@pytest.mark.parametrize(
    ("keys", "meant"),
    [("ca2", "cà"), ("phe6", "phê"), ("nuo7c1", "nước"), ("nuoc71", "nước"), ("mam81", "mắm")],
)
def test_vni_keys_become_the_syllable(keys: str, meant: str) -> None:
    """The other common keyboard writes marks as digits."""
    assert decode(keys) == meant


@pytest.mark.parametrize(
    "word", ["tea", "coffee", "goods", "st25", "mess", "chè", "ong", "a", "", "38", "x" * 50]
)
def test_other_words_are_no_keys(word: str) -> None:
    """English, grades, numbers and what has its marks already."""
    assert decode(word) == ""


@given(st.text(st.sampled_from("abcdeghiklmnopqrstuvxyw0123456789đê\ud800"), max_size=15))
def test_what_is_decoded_is_normal(keys: str) -> None:
    """Whatever the keys, the result is one normalised syllable or nothing."""
    made = decode(keys)

    assert normalise(made) == made
    assert " " not in made


@pytest.mark.parametrize(
    ("letters", "is_one"),
    [("kem", True), ("nghieng", True), ("butter", False), ("honey", False), ("wine", False)],
)
def test_a_syllable_is_told_from_an_english_word(letters: str, *, is_one: bool) -> None:
    """By its letters, without marks."""
    assert is_syllable(letters) is is_one
