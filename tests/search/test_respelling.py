"""Other marks and other first letters, where a neighbour agrees."""

import pytest

from app.search.documents import SearchDocument
from app.search.language.synonyms import Thesaurus
from app.search.mending.known import Known
from app.search.mending.lexicon import Lexicon
from app.search.mending.respelling import are_alike
from app.search.mending.spelling import mend

NAMES = (
    "Nấm hương khô",
    "Bún sạch nhà làm Hương Quê",
    "Trứng gà tươi",
    "Bánh chưng đặc biệt",
    "Chuối sấy giòn",
    "Sữa chua dừa sáp",
    "Trà xanh túi lọc",
    "Tranh gạo",
    "Phở khô",
    "Bơ lạc butter",
    "Bánh tráng phơi sương",
    "Bánh trà",
    "Bánh đậu xanh",
    "Bánh đậu xanh",
    "Bánh đậu Xuân Kim",
    "Rượu Xuân Kim",
    "Chè Xuân Kim",
)
KNOWN = Known.of(
    Lexicon.of([SearchDocument(product_id=at, name_vi=name) for at, name in enumerate(NAMES)]),
    Thesaurus(),
)


def _first(text: str) -> str:
    ways = mend(KNOWN, text.split(), frozenset())
    return " ".join(ways[0]) if ways else ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # n and l, tr and ch, though làm Hương stands somewhere too
        ("lấm hương", "nấm hương"),
        ("chứng gà", "trứng gà"),
        # other marks on the same letters
        ("chuổi sấy", "chuối sấy"),
        ("sửa chua", "sữa chua"),
        # two words in one rather than a far slip
        ("traxanh", "trà xanh"),
        # f is ph in short words too
        ("fở khô", "phở khô"),
        # a word that is not finished, by what mostly stands there
        ("bánh đậu x", "bánh đậu xanh"),
        ("bánh trá", "bánh tráng"),
    ],
)
def test_a_neighbour_says_what_was_meant(typed: str, meant: str) -> None:
    """With the marks that are typed, as long as they can be right."""
    assert _first(typed) == meant


@pytest.mark.parametrize("typed", ["bút bi", "khách sạn"])
def test_marked_words_become_nothing_foreign(typed: str) -> None:
    """No English for a marked syllable, and never two other words for two."""
    ways = mend(KNOWN, typed.split(), frozenset())

    assert not any("butter" in way for way in ways)
    assert all(any(word in typed.split() for word in way) for way in ways)


@pytest.mark.parametrize(
    ("typed", "other", "is_alike"),
    [
        ("lấm hương", "nấm hương", True),
        ("chuổi sấy", "chuối sấy", True),
        ("lấm hương", "lăm hương", True),
        ("lấm hương", "nắm hương", False),
        ("trà hoa v", "trà hoa vàng", False),
    ],
)
def test_marks_and_first_letters_alone_may_differ(
    typed: str, other: str, *, is_alike: bool
) -> None:
    """What is spelt alike needs less of a reason to be meant."""
    assert are_alike(typed.split(), other.split()) is is_alike
