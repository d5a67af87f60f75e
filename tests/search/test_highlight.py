"""Which words of a text are shown as matched."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.language.analysis import query_slots
from app.search.language.highlight import highlight


def _shown(text: str, typed: str) -> str:
    pieces = highlight(text, query_slots(typed))
    return "".join(f"[{piece}]" if is_matched else piece for piece, is_matched in pieces)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("nuoc mam", "[Nước mắm] Phú Quốc, nước ngọt"),
        ("nước mắm", "[Nước mắm] Phú Quốc, nước ngọt"),
        ("fish sauce", "[Nước mắm] Phú Quốc, nước ngọt"),
        ("phu quoc nuoc mam", "[Nước mắm Phú Quốc], nước ngọt"),
        ("ngot", "Nước mắm Phú Quốc, nước [ngọt]"),
        ("ngo", "Nước mắm Phú Quốc, nước ngọt"),
        ("nuoc ngot", "[Nước] mắm Phú Quốc, [nước ngọt]"),
        ("", "Nước mắm Phú Quốc, nước ngọt"),
    ],
)
def test_matched_words_are_marked_in_their_own_spelling(typed: str, shown: str) -> None:
    """With marks or without, by another name, joined when they are neighbours; no parts of words."""
    assert _shown("Nước mắm Phú Quốc, nước ngọt", typed) == shown


def test_the_marks_that_were_typed_come_first() -> None:
    """Where a text has lạc, lắc is not what was meant; where it has not, it may be."""
    assert _shown("Muối lắc, muối lạc", "lạc") == "Muối lắc, muối [lạc]"
    assert _shown("Muối lắc", "lạc") == "Muối [lắc]"


def test_a_place_is_marked_where_it_is_named() -> None:
    """Its code marks nothing."""
    assert _shown("Dừa sáp, Trà Vinh", "tra vinh") == "Dừa sáp, [Trà Vinh]"
    assert _shown("Hà Nội", "quà hanoi") == "[Hà Nội]"
    assert _shown("Cao Bằng", "hanoi") == "Cao Bằng"


def test_genitives_and_plurals_are_marked_whole() -> None:
    """Nests are a nest."""
    assert _shown("Bird\u2019s nests", "birds nest") == "[Bird\u2019s nests]"


def test_decomposed_text_is_marked_too() -> None:
    """And stays decomposed."""
    text = unicodedata.normalize("NFD", "Mật ong rừng")

    assert _shown(text, "mật ong") == unicodedata.normalize("NFD", "[Mật ong] rừng")


@given(st.text(st.one_of(st.characters(), st.sampled_from("chèCHÈ '’s\0\ud800"))), st.text())
def test_no_letter_is_lost(text: str, typed: str) -> None:
    """The pieces are the text, whatever it is."""
    pieces = highlight(text, query_slots(typed))

    assert "".join(piece for piece, _is_matched in pieces) == text
    assert all(piece for piece, _is_matched in pieces)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "chè " * 100_000, "a'" * 50_000])
def test_a_long_text_costs_little(text: str) -> None:
    """Only its beginning is looked at."""
    started = time.process_time()

    highlight(text, query_slots("chè shan tuyết"))

    assert time.process_time() - started < 1
