from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation.text import clean, fold, random_id, slugify, sort_key, without_piles


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Đắk Lắk", "dak lak"), ("ĐẶC SẢN", "dac san"), ("chè Shan tuyết", "che shan tuyet")],
)
def test_marks_and_case_fold_away(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_slug_is_fit_for_a_link(text: str) -> None:
    assert slugify(text).strip("abcdefghijklmnopqrstuvwxyz0123456789-") == ""


@pytest.mark.parametrize("unstorable", ["a\x00b", "a\ud800b"])
def test_what_no_database_stores_is_refused(unstorable: str) -> None:
    with pytest.raises(ValueError, match="cannot be stored"):
        clean(unstorable)


def test_a_pile_of_marks_is_brought_in_order_at_once() -> None:
    """Without a bound, as many marks as a form may hold take a minute."""
    began = time.thread_time()

    cleaned = clean("Che" + "\u0301\u0323" * 100_000 + " Shan")

    assert time.thread_time() - began < 1
    assert fold(cleaned) == "che shan"
    assert len(cleaned) < 20


def test_writing_keeps_its_marks() -> None:
    assert without_piles("Thái Nguyên \u05e9\u05c1\u05b8") == "Thái Nguyên \u05e9\u05c1\u05b8"
    assert without_piles(unicodedata.normalize("NFD", "ậ")) == "a\u0323\u0302"


def test_controls_go_and_line_breaks_stay() -> None:
    assert clean(" a\u202eb\r\nc\x07 ") == "ab\nc"


def test_names_sort_as_in_a_vietnamese_dictionary() -> None:
    names = ["Đà Nẵng", "Điện Biên", "Cà Mau", "An Giang", "Ăn", "Âu", "Dương", "Hà", "Ha", "Hạ"]

    assert sorted(names, key=sort_key) == [
        "An Giang", "Ăn", "Âu", "Cà Mau", "Dương", "Đà Nẵng", "Điện Biên", "Ha", "Hà", "Hạ",
    ]  # fmt: skip


def test_each_letter_with_a_mark_of_its_own_follows_the_one_without() -> None:
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]

    assert sorted(set(letters), key=sort_key) == letters
    capitals = [one.upper() for one in letters]
    assert sorted(set(capitals), key=sort_key) == capitals
    assert sorted(set(tones), key=sort_key) == tones
    assert sorted(["mạ", "mả na", "ma na", "mâm"], key=sort_key) == ["mạ", "ma na", "mả na", "mâm"]


def test_random_ids_differ() -> None:
    assert len({random_id(12) for _ in range(1_000)}) == 1_000
