"""What the search box offers while somebody types."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.suggesting.suggest import Entry, SuggestionList

ENTRIES = (
    Entry("Chè Shan tuyết Suối Giàng", "product", "vi", 5, group="1"),
    Entry("Suối Giàng Shan snow tea", "product", "en", 5, group="1"),
    Entry("Chè đinh Tân Cương", "product", "vi", 9),
    Entry("Trà", "category", "vi", 50, group="c"),
    Entry("Tea", "category", "en", 50, group="c"),
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
        ("che tuyet", "Chè Shan tuyết Suối Giàng"),
        ("tuyet che", "Chè Shan tuyết Suối Giàng"),
        ("giang chè shan", "Chè Shan tuyết Suối Giàng"),
        ("shan t", "Chè Shan tuyết Suối Giàng"),
        ("snow t", "Suối Giàng Shan snow tea"),
        ("dak", "Đắk Lắk"),
        ("lak dak", "Đắk Lắk"),
        ("đậu", "Đậu phộng rang"),
        ("dau ph", "Đậu phộng rang"),
        ("chè", "Chè đinh Tân Cương"),
        ("che", "Chẻ lạt tre"),
        ("suoi giang", "Suối Giàng Shan snow tea"),
        ("htx", "HTX Suối Giàng"),
        ("ĐẮK-LẮK", "Đắk Lắk"),
    ],
)
def test_the_start_of_any_words_is_enough(typed: str, first: str) -> None:
    """With or without marks, in either language, in any order; marks that were typed are preferred."""
    assert LIST.suggest(typed)[0].text == first


@pytest.mark.parametrize("typed", ["che xyz", "an", "uyet", "che shan lac"])
def test_every_word_typed_must_begin_one(typed: str) -> None:
    """A word inside a word, or one that is not there, finds nothing."""
    assert LIST.suggest(typed) == []


def test_the_readers_language_comes_first_and_nothing_comes_twice() -> None:
    """A category and a product have a name in each language, and are offered once."""
    assert [found.text for found in LIST.suggest("t", lang="en")][:2] == [
        "Tea",
        "Suối Giàng Shan snow tea",
    ]
    assert LIST.suggest("t", lang="vi")[0].text == "Trà"
    assert [found.text for found in LIST.suggest("shan", lang="vi")] == [
        "Chè Shan tuyết Suối Giàng"
    ]


def test_a_name_in_the_other_language_is_found_too() -> None:
    """Whoever reads English may type what the market calls it."""
    assert [found.text for found in LIST.suggest("che shan", lang="en")] == [
        "Chè Shan tuyết Suối Giàng"
    ]


def test_no_more_than_eight_and_half_of_them_products() -> None:
    """A list under a box is short, and products leave room for their makers and places."""
    goods = [Entry(f"Trà số {number}", "product", weight=9) for number in range(60)]
    others = [
        Entry(f"Trà {kind} {number}", kind)
        for kind in ("producer", "commune")
        for number in range(9)
    ]

    found = SuggestionList([*goods, *others]).suggest("tra")
    only = SuggestionList(goods).suggest("tra")

    kinds = [one.kind for one in found]
    assert len(found) == 8
    assert kinds.count("product") == 4
    assert {"producer", "commune"} < set(kinds)
    assert len(only) == 4


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("che sha", (("Chè", True), (" ", False), ("Sha", True))),
        ("tuyet", (("Chè Shan ", False), ("tuyết", True))),
        ("ch sh tu", (("Ch", True), ("è ", False), ("Sh", True), ("an ", False), ("tu", True))),
    ],
)
def test_what_was_typed_is_marked(typed: str, pieces: tuple[tuple[str, bool], ...]) -> None:
    """Letter by letter, whatever its marks."""
    found = SuggestionList([Entry("Chè Shan tuyết", "product")]).suggest(typed)[0]

    assert found.pieces[: len(pieces)] == pieces
    assert "".join(text for text, _is_typed in found.pieces) == "Chè Shan tuyết"


def test_a_name_written_in_parts_is_marked_whole() -> None:
    """Decomposed letters are put together first."""
    decomposed = "Che\u0300 Shan"

    found = SuggestionList([Entry(decomposed, "product")]).suggest("che")[0]

    assert found.pieces == (("Chè", True), (" Shan", False))


@given(st.text())
def test_any_text_is_answered(typed: str) -> None:
    """Nothing raises."""
    assert len(LIST.suggest(typed)) <= 8


@pytest.mark.parametrize("typed", ["", " ", "***", "\0", "zzz", "\ud800"])
def test_nothing_typed_offers_nothing(typed: str) -> None:
    """An empty box stays quiet."""
    assert LIST.suggest(typed) == []


@pytest.mark.parametrize("typed", ["c", "ch", "t", "đ", "đa", "su"])
@pytest.mark.parametrize("lang", ["vi", "en", ""])
def test_what_was_asked_before_is_answered_the_same(typed: str, lang: str) -> None:
    """Short beginnings are answered from what was kept, for each language and with its marks apart."""
    fresh = SuggestionList(ENTRIES).suggest(typed, lang=lang)

    for other in ("vi", "en", ""):
        LIST.suggest(typed, lang=other)
        LIST.suggest(typed.replace("đ", "d"), lang=other, limit=1)

    assert LIST.suggest(f"{typed.upper()}!", lang=lang) == fresh


def test_a_large_shop_is_answered_at_once() -> None:
    """Ten milliseconds are the target on a quiet machine; a busy one may take some more."""
    syllables = [
        "chè",
        "trà",
        "mật",
        "ong",
        "gạo",
        "nếp",
        "bún",
        "miến",
        "cam",
        "bưởi",
        "tỏi",
        "gừng",
        "nghệ",
        "sen",
        "quế",
        "hồi",
        "mắm",
        "tôm",
        "cá",
        "mực",
    ]
    entries = [
        Entry(
            f"{syllables[n % 20]} {syllables[n // 20 % 20]} {syllables[n // 400 % 20]} {n}",
            "product",
            "vi" if n % 2 else "en",
            n % 1_000,
        )
        for n in range(40_000)
    ]
    made = SuggestionList(entries)

    took = []
    for typed in ("c", "m", "ch", "ch t", "tra mat", "mat ong ch", "g n b", "sen que 12", "1"):
        began = time.perf_counter()
        made.suggest(typed, lang="vi")
        took.append(time.perf_counter() - began)

    assert max(took) < 0.1, took
