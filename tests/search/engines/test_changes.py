"""An index follows its products: changes, rebuilds, readers beside writers."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from app.search.documents import SearchDocument
from app.search.engine import SearchEngine, SearchUnavailableError
from app.shop.catalogue.narrowing import Counts
from tests.search.engines.goods import GOODS, ask
from tests.search.engines.oracle import expected_counts

FIRST = GOODS[0]


def _finds(engine: SearchEngine, *words: str) -> tuple[int, ...]:
    return engine.search(ask(*words)).ids


def test_a_change_is_found_and_what_it_replaced_is_not(engine: SearchEngine) -> None:
    """All that is kept of a product is the new."""
    changed = replace(FIRST, version=99, name_vi="vang", price=123, stars=5, popularity=77)
    goods = [changed, *GOODS[1:10]]

    assert engine.update([changed]) == 1

    assert _finds(engine, "vang") == (FIRST.product_id,)
    assert engine.search(ask()).facts[FIRST.product_id].popularity == 77
    assert engine.search(ask()).counts == expected_counts(goods, ask())
    assert engine.versions() == {one.product_id: one.version for one in goods}


def test_a_new_product_is_added(engine: SearchEngine) -> None:
    """With codes that no product had before."""
    new = replace(FIRST, product_id=5_000, province_code="NEW", category_codes=("NEW", "", ""))

    assert engine.update([new]) == 1

    assert engine.health().documents == 11
    assert engine.search(ask()).counts == expected_counts([*GOODS[:10], new], ask())


def test_an_older_version_is_refused(engine: SearchEngine) -> None:
    """Two indexers may finish in the wrong order."""
    engine.update([replace(FIRST, version=50, name_vi="vang")])

    assert engine.update([replace(FIRST, version=49, name_vi="bac")]) == 0

    assert _finds(engine, "vang") == (FIRST.product_id,)
    assert _finds(engine, "bac") == ()


def test_of_a_product_twice_in_a_batch_the_newest_stays(engine: SearchEngine) -> None:
    """A batch is de-duplicated by product."""
    old, new = replace(FIRST, version=50, name_vi="bac"), replace(FIRST, version=51, name_vi="vang")

    engine.update([new, old])
    assert (_finds(engine, "vang"), _finds(engine, "bac")) == ((FIRST.product_id,), ())
    assert engine.health().documents == 10

    engine.rebuild([*GOODS[:10], GOODS[3]])
    assert engine.health().documents == 10


def test_what_was_replaced_or_deleted_never_comes_back(engine: SearchEngine) -> None:
    """Some engines bring it back when a reader is refreshed after several changes."""
    for version in range(50, 60):
        engine.update([replace(FIRST, version=version, name_vi=f"vang lan{version}")])
        assert _finds(engine, "vang") == (FIRST.product_id,)
        assert engine.health().documents == engine.search(ask()).total == 10

    engine.delete([FIRST.product_id])
    engine.update([replace(GOODS[1], version=70)])

    assert _finds(engine, "vang") == ()
    assert engine.health().documents == engine.search(ask()).total == 9


def test_deleting_what_is_not_there_is_no_fault(engine: SearchEngine) -> None:
    """A message may come twice."""
    engine.delete([])
    engine.delete([999_999, GOODS[1].product_id])
    engine.delete([GOODS[1].product_id])

    assert engine.health().documents == 9
    assert GOODS[1].product_id not in engine.versions()


def test_a_replay_changes_nothing(engine: SearchEngine) -> None:
    """The outbox delivers at least once."""
    before = engine.search(ask())

    engine.update([])
    engine.update(GOODS[:10])

    after = engine.search(ask())
    assert (after.ids, after.counts) == (before.ids, before.counts)


def test_a_deleted_product_may_come_back(engine: SearchEngine) -> None:
    """Withdrawn and registered again."""
    engine.delete([FIRST.product_id])

    assert engine.update([FIRST]) == 1

    assert engine.health().documents == 10


def test_other_handles_see_a_change(
    engine: SearchEngine, another: Callable[[], SearchEngine]
) -> None:
    """The indexer writes, the web processes read."""
    reader = another()
    before = reader.health().generation

    engine.update([replace(FIRST, version=50, name_vi="vang")])

    assert _finds(reader, "vang") == (FIRST.product_id,)
    assert reader.health().generation != before
    assert reader.health().generation == reader.search(ask()).generation


def test_the_generation_stays_while_nothing_changes(engine: SearchEngine) -> None:
    """What was derived from an index is good until it moves."""
    before = engine.health().generation

    engine.search(ask("tra"))

    assert before
    assert engine.health().generation == before


def test_a_rebuild_is_not_seen_before_it_is_whole(
    engine: SearchEngine, another: Callable[[], SearchEngine]
) -> None:
    """Readers use the old index meanwhile."""
    reader, seen = another(), []

    def documents() -> Iterator[SearchDocument]:
        for one in GOODS[:20]:
            yield one
            seen.append(reader.search(ask()).total)

    assert engine.rebuild(documents()) == 20

    assert set(seen) == {10}
    assert reader.search(ask()).total == engine.health().documents == 20


def test_a_rebuild_that_fails_changes_nothing(engine: SearchEngine) -> None:
    """The database may go away in the middle of it."""

    def documents() -> Iterator[SearchDocument]:
        yield GOODS[30]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        engine.rebuild(documents())

    assert engine.health().documents == 10
    assert engine.update([replace(FIRST, version=50)]) == 1


def test_an_index_without_a_product_is_healthy_and_answers(engine: SearchEngine) -> None:
    """A new shop has none; the first one is found."""
    assert engine.rebuild([]) == 0

    health, hits = engine.health(), engine.search(ask("tra"))
    assert (health.is_ready, health.documents, health.problem) == (True, 0, "")
    assert (hits.ids, hits.counts, engine.search(ask()).counts) == ((), Counts(), Counts())
    assert engine.versions() == {}
    engine.delete([1])
    assert engine.update([FIRST]) == 1
    assert engine.search(ask()).ids == (FIRST.product_id,)


def test_the_last_product_may_go(engine: SearchEngine) -> None:
    """Nothing is left, and that is an answer."""
    engine.delete([one.product_id for one in GOODS[:10]])

    assert engine.health().is_ready
    assert engine.health().documents == 0
    assert engine.search(ask()).counts == Counts()
    assert engine.update([FIRST]) == 1
    assert engine.search(ask()).ids == (FIRST.product_id,)


def test_a_product_without_any_word_is_kept(engine: SearchEngine) -> None:
    """Lists show it, words do not find it."""
    bare = SearchDocument(product_id=5_000, version=1)

    assert engine.update([bare]) == 1

    assert 5_000 in engine.search(ask()).ids
    assert 5_000 not in _finds(engine, "tra")
    assert engine.search(ask()).counts == expected_counts(
        [*GOODS[:10], replace(bare, category_codes=("",))], ask()
    )


def test_many_batches_in_a_row_are_all_there(engine: SearchEngine) -> None:
    """Small parts are put together in between, and nothing is lost on the way."""
    for start in range(10, 60, 2):
        engine.update(GOODS[start : start + 2])
        engine.delete([GOODS[start].product_id])

    left = [*GOODS[:10], *GOODS[11:60:2]]
    assert engine.versions() == {one.product_id: one.version for one in left}
    assert engine.search(ask()).counts == expected_counts(left, ask())
    assert engine.search(ask("tra")).counts == expected_counts(left, ask("tra"))


def test_what_was_never_built_is_unavailable(
    open_engine: Callable[[Path], SearchEngine], tmp_path: Path
) -> None:
    """Callers fall back to the database, and the index is built."""
    engine = open_engine(tmp_path / "nowhere")

    with pytest.raises(SearchUnavailableError):
        engine.search(ask("tra"))
    with pytest.raises(SearchUnavailableError):
        engine.update([FIRST])
    health = engine.health()
    assert not health.is_ready
    assert health.problem


def test_threads_search_while_one_writes(engine: SearchEngine) -> None:
    """Each sees whole states only."""

    def work(number: int) -> set[int]:
        seen = set()
        for version in range(50, 56):
            if number == 0:
                engine.update([replace(FIRST, version=version, name_vi=f"vang {version}")])
            hits = engine.search(ask())
            seen.add(hits.total)
            assert len(hits.ids) == len(set(hits.ids)) == hits.total
        return seen

    with ThreadPoolExecutor(4) as pool:
        assert set().union(*pool.map(work, range(4))) == {10}
