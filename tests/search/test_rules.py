"""What officers' rules do to an order of products; no shop is needed for that."""

import pytest

from app.search.rules import Orders, Pin, Rule, Rulebook, query_key

BOOK = Rulebook(
    [("bưởi", "pomelo")],
    [
        Rule("chè shan", product_id=7, place=1),
        Rule("chè shan", product_id=8, place=3),
        Rule("chè shan", product_id=2),
        Rule("bơ", product_id=5, place=1),
        Rule("bò", product_id=6, place=1),
        Rule("đổi trả", paths=(("vi", "/vi/help/returns"), ("en", ""))),
    ],
)


@pytest.mark.parametrize("typed", ["chè shan", "  CHÈ   Shan ", "che shan", "Che\u0300 Shan!"])
def test_a_rule_holds_however_its_query_is_typed(typed: str) -> None:
    """Without marks, in capitals, in parts."""
    orders = BOOK.orders(typed)

    assert [pin.product_id for pin in orders.pins] == [7, 8]
    assert orders.buried == {2}


def test_marks_that_were_typed_tell_queries_apart() -> None:
    """Butter is no beef; whoever leaves the marks out may mean either."""
    assert [pin.product_id for pin in BOOK.orders("bơ").pins] == [5]
    assert [pin.product_id for pin in BOOK.orders("bò").pins] == [6]
    assert {pin.product_id for pin in BOOK.orders("bo").pins} == {5, 6}
    assert BOOK.orders("bọ") == Orders()


@pytest.mark.parametrize("typed", ["mat ong", "mật ong", "Mắt Ong", "matong", "mậtong"])
def test_a_rule_without_marks_holds_for_all_marks(typed: str) -> None:
    """Whoever writes a rule in a hurry means the thing however it is typed."""
    book = Rulebook(
        [], [Rule("mat ong", product_id=1, place=1), Rule("mat ong", paths=(("vi", "/vi/map"),))]
    )

    orders = book.orders(typed)

    assert [pin.product_id for pin in orders.pins] == [1]
    assert orders.redirects == {"vi": "/vi/map"}
    assert book.orders("mat ong rung") == Orders()


def test_a_rule_with_the_marks_as_typed_goes_before_one_without() -> None:
    """The more exact word counts."""
    book = Rulebook(
        [], [Rule("bo", product_id=5, place=1), Rule("bo", product_id=6), Rule("bơ", product_id=5)]
    )

    assert book.orders("bơ") == Orders(buried=frozenset({5, 6}))
    assert [pin.product_id for pin in book.orders("bò").pins] == [5]


def test_a_rule_with_marks_holds_for_letters_written_as_one_word() -> None:
    """As many write on a telephone; other marks are another thing."""
    book = Rulebook([], [Rule("mật ong", product_id=1, place=1)])

    assert book.orders("matong").pins
    assert not book.orders("mắt ong").pins
    assert not book.orders("mắtong").pins


def test_a_redirect_holds_in_the_languages_that_have_a_page() -> None:
    """An empty path is none."""
    assert BOOK.orders("doi tra").redirects == {"vi": "/vi/help/returns"}


@pytest.mark.parametrize(
    ("ids", "shown", "is_all", "arranged"),
    [
        ((1, 2, 3), (7, 8), True, (7, 1, 8, 3, 2)),
        ((1, 2, 3), (8,), True, (1, 3, 8, 2)),
        ((1, 2, 3), (), True, (1, 3, 2)),
        ((7, 1, 8), (7, 8), True, (7, 1, 8)),
        ((1, 2, 3), (7,), False, (7, 1, 3)),
        ((), (7, 8), True, (7, 8)),
    ],
)
def test_pinned_ones_stand_at_their_places_and_buried_ones_last(
    ids: tuple[int, ...],
    shown: tuple[int, ...],
    is_all: bool,  # noqa: FBT001 - a case of the table
    arranged: tuple[int, ...],
) -> None:
    """Only those that the filters leave; a buried one never stands before the end of all."""
    assert BOOK.orders("chè shan").arrange(ids, shown=shown, is_all=is_all) == arranged


def test_pages_of_an_arranged_result_hold_everything_once() -> None:
    """Whatever the stretch that the engine was asked for."""
    orders = Orders(pins=(Pin(90, 1), Pin(40, 2)), buried=frozenset({0, 5}))
    found = tuple(range(60))
    seen: list[int] = []
    for offset in range(0, 62, 10):
        enough = found[: offset + 10 + orders.moved]
        ids = orders.arrange(enough, shown=(90, 40), is_all=len(enough) == len(found))
        seen += ids[offset : offset + 10]

    assert sorted(seen) == sorted([*found, 90])
    assert seen[:2] == [90, 40]
    assert set(seen[-2:]) == {0, 5}


def test_a_key_is_short_and_calm() -> None:
    """Whatever is typed."""
    assert query_key("  Trà,  XANH? ") == "trà xanh"
    assert query_key("\0 \ud800 ***") == ""
    assert len(query_key("a" * 5_000)) <= 100
