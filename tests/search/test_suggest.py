"""What the search box offers while somebody types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.suggest import Entry, SuggestionList

ENTRIES = (
    Entry("Chè Shan tuyết Suối Giàng", "product", "vi", 5),
    Entry("Suối Giàng Shan snow tea", "product", "en", 5),
    Entry("Chè đinh Tân Cương", "product", "vi", 9),
    Entry("Trà", "category", "vi", 50),
    Entry("Tea", "category", "en", 50),
    Entry("HTX Suối Giàng", "producer"),
    Entry("Đắk Lắk", "province"),
    Entry("Đậu phộng rang", "product", "vi"),
    Entry("Chẻ lạt tre", "product", "vi", 99),
)
LIST = SuggestionList(ENTRIES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("che s", "Chè Shan tuyết Suối Giàng"),
        ("shan t", "Chè Shan tuyết Suối Giàng"),
        ("snow t", "Suối Giàng Shan snow tea"),
        ("dak", "Đắk Lắk"),
        ("đậu", "Đậu phộng rang"),
        ("dau ph", "Đậu phộng rang"),
        ("chè", "Chè đinh Tân Cương"),
        ("che", "Chẻ lạt tre"),
        ("suoi giang", "Suối Giàng Shan snow tea"),
        ("htx", "HTX Suối Giàng"),
    ],
)
def test_the_start_of_any_word_is_enough(typed: str, first: str) -> None:
    """With or without marks, in either language; marks that were typed are preferred."""
    assert LIST.suggest(typed)[0].text == first


def test_the_readers_language_comes_first() -> None:
    """Both are offered."""
    assert [found.text for found in LIST.suggest("t", lang="en")][:2] == [
        "Tea",
        "Suối Giàng Shan snow tea",
    ]
    assert LIST.suggest("t", lang="vi")[0].text == "Trà"


def test_no_more_than_eight_and_none_twice() -> None:
    """A list under a box is short."""
    many = SuggestionList([Entry(f"Trà số {number % 30}", "product") for number in range(60)])

    texts = [found.text for found in many.suggest("tra")]

    assert len(many) == 30
    assert len(texts) == len(set(texts)) == 8


@given(st.text())
def test_any_text_is_answered(typed: str) -> None:
    """Nothing raises."""
    assert len(LIST.suggest(typed)) <= 8


@pytest.mark.parametrize("typed", ["", " ", "***", "\0", "zzz", "\ud800"])
def test_nothing_typed_offers_nothing(typed: str) -> None:
    """An empty box stays quiet."""
    assert LIST.suggest(typed) == []
