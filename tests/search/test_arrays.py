"""What is read once is kept within bounds, and taken over from one state of the index to the next."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.search.engines import facts
from app.search.engines.embedded import WhooshEngine
from app.search.engines.index import StoredSegment
from app.search.engines.postings import ENTRY_BYTES, PostingLists
from app.search.engines.snapshot import Snapshot
from tests.search.engines.goods import GOODS, WORDS, ask


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    """Give an index that looks at the disk every time."""
    engine = WhooshEngine(tmp_path / "index", check_every=0)
    engine.rebuild(GOODS[:100])
    return engine


def _state(engine: WhooshEngine) -> Snapshot:
    engine.health()
    assert engine._snapshot is not None
    return engine._snapshot


def _segments(engine: WhooshEngine) -> list[StoredSegment]:
    return [segment for segment, _first in _state(engine).segments]


def test_a_commit_reads_only_what_it_wrote(engine: WhooshEngine) -> None:
    """The large segment stays open, with its lists; only what is deleted of it is read again."""
    (large,) = _segments(engine)
    engine.search(ask("tra"))
    kept = engine._caches.lists.of(large, "tra")[0]

    engine.update([replace(GOODS[0], version=50)])

    assert _segments(engine)[0] is large
    assert len(_segments(engine)) == 2
    assert engine._caches.lists.of(large, "tra")[0] is kept
    assert _state(engine).document_count == 100


def test_many_small_commits_make_few_segments(engine: WhooshEngine) -> None:
    """They are put together now and then, and what is gone altogether is dropped."""
    for version in range(50, 110):
        engine.update([replace(GOODS[version % 7], version=version)])

    assert len(_segments(engine)) < 30
    assert engine.health().documents == 100


def test_lists_of_postings_stay_within_their_bytes(engine: WhooshEngine) -> None:
    """The ones used last are kept."""
    (segment,) = _segments(engine)
    lists = PostingLists(most_bytes=3 * (ENTRY_BYTES + 400))

    for word in [*WORDS, "zzyzx", WORDS[0]]:
        again = lists.of(segment, word)
        assert lists.of(segment, word) is again
        assert lists.kept_bytes <= lists.most_bytes

    lists.forget_all_but([])
    assert lists.kept_bytes == 0


def test_a_list_that_is_larger_than_all_is_used_and_not_kept(engine: WhooshEngine) -> None:
    """It is slow, and right."""
    (segment,) = _segments(engine)
    lists = PostingLists(most_bytes=10)

    assert len(lists.of(segment, "tra")[0])
    assert lists.kept_bytes == 0


def test_sets_of_tokens_stay_within_their_number(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fell out is read again."""
    monkeypatch.setattr(facts, "MOST_PRODUCTS", 5)
    monkeypatch.setattr(facts, "MOST_PARTS", 3)
    (segment,) = _segments(engine)
    sets = facts.TokenSets()

    for _ in range(2):
        found = sets.of(segment, list(range(100)))
        assert [name for name, _head, _context in found] == [
            frozenset(one.name_tokens()) for one in GOODS[:100]
        ]
    assert len(sets._products.values) <= 5
    assert len(sets._parts.values) <= 3


def test_a_child_process_opens_its_own_files(engine: WhooshEngine) -> None:
    """Two that share the place in an open file read each other's bytes."""
    before = _state(engine)
    child = os.fork()
    if child == 0:  # pragma: no cover - in the child
        is_new = _state(engine) is not before and engine.search(ask()).total == 100
        os._exit(0 if is_new else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert _state(engine) is before
