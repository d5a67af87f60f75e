"""Finding by words: slots, ways to meet them, and what only raises."""

import time

import pytest

from app.search.documents import SearchDocument
from app.search.engine import RERANKED, Query, SearchEngine
from app.search.language.analysis import Alternative, Slot
from app.shop.catalogue.narrowing import Counts, Filters
from tests.search.engines.goods import DAY, GOODS, SOON, any_query, ask, slot
from tests.search.engines.oracle import expected_ids


def _of(*names: str) -> list[SearchDocument]:
    return [SearchDocument(product_id=at, name_vi=name) for at, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    "query",
    [
        ask("tra"),
        ask("tra", "che"),
        ask("mat ong"),
        ask("mat_ong"),
        ask(slot("tra", "che")),
        ask(slot("mat ong", "gao"), "nep"),
        ask("tra", slot("zzyzx", required=False)),
        ask(slot("tra", required=False)),
        ask(),
        ask("zzyzx"),
        ask("tra", "zzyzx"),
        ask("tra zzyzx"),
        ask(slot()),
    ],
)
def test_what_meets_all_required_slots_is_found(goods: SearchEngine, query: Query) -> None:
    """Slots are ANDed, ways are ORed, and a way needs all its tokens."""
    hits = goods.search(query)

    assert set(hits.ids) == expected_ids(GOODS, query)
    assert hits.total == len(hits.ids) == len(hits.scores)
    assert not hits.partial


def test_a_way_without_tokens_is_met_by_none(goods: SearchEngine) -> None:
    """Nothing is not everything."""
    empty = Slot("", (Alternative((), 1.0),))

    assert goods.search(ask(empty)).ids == ()
    assert goods.search(ask("tra", empty)).ids == ()


def test_pairs_only_raise(engine: SearchEngine) -> None:
    """Words that stand together count more, and finding does not depend on them."""
    engine.rebuild(_of("ong cao mat nam", "mat ong nam cao", "gao nep nam cao"))

    plain = engine.search(ask("mat", "ong"))
    paired = engine.search(ask("mat", "ong", pairs=("mat_ong", "zzyzx_ong")))

    assert set(plain.ids) == {1, 2}
    assert paired.ids == (2, 1)
    before = dict(zip(plain.ids, plain.scores, strict=True))
    after = dict(zip(paired.ids, paired.scores, strict=True))
    assert after[2] > before[2]
    assert after[1] == pytest.approx(before[1])


def test_optional_slots_only_raise(engine: SearchEngine) -> None:
    """A word that may be missing brings what has it to the top."""
    engine.rebuild(_of("tra nam", "tra sen", "gao sen"))

    hits = engine.search(ask("tra", slot("sen", required=False)))

    assert hits.ids == (2, 1)
    assert hits.scores[0] > hits.scores[1]


def test_a_heavier_way_counts_more(engine: SearchEngine) -> None:
    """The word itself stands above its synonym."""
    engine.rebuild(_of("che nam", "tra nam", "gao nam", "muoi nam"))

    assert engine.search(ask(slot("tra", "che", boosts=(1.0, 0.4)))).ids == (2, 1)
    assert engine.search(ask(slot("tra", "che", boosts=(0.4, 1.0)))).ids == (1, 2)


def test_a_word_of_the_name_counts_more_than_one_of_the_text(engine: SearchEngine) -> None:
    """What it is goes before what is said of it."""
    told = SearchDocument(product_id=1, name_vi="gao nep", description_vi="sen lua")
    named = SearchDocument(product_id=2, name_vi="sen lua", description_vi="gao nep")
    engine.rebuild([told, named, *GOODS[:5]])

    found = engine.search(ask("sen", "lua", filters=Filters(only=(1, 2))))

    assert found.ids == (2, 1)


@pytest.mark.parametrize("seed", range(12))
def test_scores_fall_and_equal_ones_stand_in_order_of_id(goods: SearchEngine, seed: int) -> None:
    """The same question is answered in the same order every time."""
    query = ask(*any_query(seed).slots, "tra")
    hits = goods.search(query)

    pairs = list(zip(hits.scores, hits.ids, strict=True))
    assert pairs == sorted(pairs, key=lambda pair: (-pair[0], pair[1]))
    assert goods.search(query).ids == hits.ids


def test_the_limit_cuts_the_ids_and_not_the_total(goods: SearchEngine) -> None:
    """A page asks for what it shows; the counts stay exact."""
    whole = goods.search(ask("tra"))

    for limit in (0, 1, 7, whole.total, 5_000):
        hits = goods.search(ask("tra", limit=limit))
        assert hits.ids == whole.ids[:limit]
        assert hits.scores == pytest.approx(whole.scores[:limit])
        assert hits.counts == whole.counts


def test_counts_may_be_left_out(goods: SearchEngine) -> None:
    """The total is always there."""
    hits = goods.search(ask("tra", wants_counts=False))

    assert hits.counts == Counts(total=len(expected_ids(GOODS, ask("tra"))))


def test_facts_tell_what_ranking_needs(goods: SearchEngine) -> None:
    """The tokens by part, the stars when they are valid on the day, the popularity."""
    by_id = {one.product_id: one for one in GOODS}
    for on in (DAY, DAY - SOON):
        hits = goods.search(ask("tra", on=on))
        assert set(hits.facts) == set(hits.ids[:RERANKED])
        for number, facts in hits.facts.items():
            one = by_id[number]
            is_valid = (
                one.stars_from and one.stars_until and one.stars_from <= on <= one.stars_until
            )
            assert facts.name_tokens == frozenset(one.name_tokens())
            assert facts.head_tokens == frozenset(one.head_tokens())
            assert facts.context_tokens == frozenset(one.context_tokens())
            assert facts.stars == (one.stars if is_valid else 0)
            assert facts.popularity == one.popularity


def test_facts_are_given_of_the_first_ones_only(goods: SearchEngine) -> None:
    """No more than are ranked anew."""
    hits = goods.search(ask())

    assert len(hits.ids) == len(GOODS)
    assert set(hits.facts) == set(hits.ids[:RERANKED])


@pytest.mark.parametrize(
    "token",
    [
        "",
        "*",
        "tra*",
        "tra OR che",
        "NOT",
        "(" * 500,
        '"',
        "'",
        "\\",
        ":",
        "text:tra",
        "& | ! <->",
        "%",
        "\0",
        "tra\0",
        "\ud800",
        "chè",
        "x" * 1_000_000,
        "tra^4",
        "a" * 300,
    ],
)
def test_any_token_is_only_a_token(goods: SearchEngine, token: str) -> None:
    """Nothing in it is a command, and what no product has finds nothing."""
    started = time.monotonic()
    odd = Slot(token, (Alternative((token,), 1.0),))

    assert goods.search(ask(odd)).ids == ()
    assert goods.search(ask("tra", pairs=(token,))).total == goods.search(ask("tra")).total
    assert time.monotonic() - started < 5


def test_a_thousand_ways_are_answered(goods: SearchEngine) -> None:
    """Whatever makes so many: an answer in time, whole or partial."""
    started = time.monotonic()
    many = slot(*(f"word{number}" for number in range(1_000)), "tra")

    hits = goods.search(ask(many, *["che"] * 50))

    assert hits.partial or set(hits.ids) == expected_ids(GOODS, ask("tra", "che"))
    assert time.monotonic() - started < 5
