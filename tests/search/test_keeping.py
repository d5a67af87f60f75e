"""The index follows the shop, whoever writes and whatever dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from app.search.documents import SearchDocument
from app.search.engine import SearchBusyError, SearchUnavailableError
from app.search.engines import index
from app.search.engines.embedded import WhooshEngine
from tests.search.conftest import found
from tests.search.register import DOCUMENTS

FIRST = DOCUMENTS[0]
WRITER = """
import sys
from pathlib import Path
from app.search.documents import SearchDocument
from app.search.engines.embedded import WhooshEngine
engine, first = WhooshEngine(Path(sys.argv[1]), lock_timeout=60), int(sys.argv[2])
for number in range(first, first + int(sys.argv[3])):
    engine.update([SearchDocument(product_id=number, version=1, name_vi=f"Sản phẩm số {number}")])
    print(number, flush=True)
"""


def _start_writer(root: Path, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(root), str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _finds(engine: WhooshEngine, text: str) -> tuple[int, ...]:
    return found(engine, text).hits.ids


def test_a_new_name_is_found_by_another_process_s_reader(engine: WhooshEngine) -> None:
    """The writer is the indexer, the reader a web process."""
    reader = WhooshEngine(engine.home.root, check_every=0)
    assert _finds(reader, "matcha") == ()

    engine.update([replace(FIRST, version=2, name_en="Matcha")])

    assert _finds(reader, "matcha") == (FIRST.product_id,)


def test_a_reader_looks_at_the_disk_only_now_and_then(engine: WhooshEngine) -> None:
    """A second of staleness is the price of a cheap search."""
    reader = WhooshEngine(engine.home.root, check_every=3600)
    assert _finds(reader, "matcha") == ()

    engine.update([replace(FIRST, version=2, name_en="Matcha")])

    assert _finds(reader, "matcha") == ()
    assert _finds(engine, "matcha") == (FIRST.product_id,)


def test_superseded_and_deleted_products_stay_away(engine: WhooshEngine) -> None:
    """Forks of the library bring them back on refresh; we open a new searcher each time."""
    for version in range(2, 6):
        engine.update([replace(FIRST, version=version, name_en=f"Matcha {version}")])
        assert _finds(engine, "matcha") == (FIRST.product_id,)
        assert engine.health().documents == 10

    engine.delete([FIRST.product_id, 999_999])

    assert _finds(engine, "matcha") == ()
    engine.update([replace(DOCUMENTS[1], version=2)])
    assert _finds(engine, "matcha") == ()
    assert engine.health().documents == 9


def test_the_same_product_twice_in_a_batch_is_indexed_once(engine: WhooshEngine) -> None:
    """The newest of a batch wins; two would both stay."""
    batch = [
        replace(FIRST, version=3, name_en="Matcha"),
        replace(FIRST, version=2, name_en="Sencha"),
    ]

    engine.update(batch)

    assert _finds(engine, "matcha") == (FIRST.product_id,)
    assert _finds(engine, "sencha") == ()
    assert engine.health().documents == 10


def test_a_late_old_version_does_not_replace_a_newer_one(engine: WhooshEngine) -> None:
    """Two indexers may finish in the wrong order."""
    engine.update([replace(FIRST, version=5, name_en="Matcha")])

    written = engine.update([replace(FIRST, version=4, name_en="Sencha")])

    assert written == 0
    assert _finds(engine, "matcha") == (FIRST.product_id,)


def test_a_replayed_change_writes_nothing(engine: WhooshEngine) -> None:
    """The outbox delivers at least once."""
    changed = replace(FIRST, version=2, name_en="Matcha")
    assert engine.update([changed]) == 1
    generation = engine.health().generation

    assert engine.update([changed]) == 0
    assert engine.update([replace(changed, stars=5, description_en="Green")]) == 1
    assert engine.health().generation != generation


def test_two_processes_write_and_nothing_is_lost(engine: WhooshEngine) -> None:
    """One waits for the other."""
    writers = [_start_writer(engine.home.root, first, 8) for first in (1_000, 2_000)]

    assert [writer.wait(60) for writer in writers] == [0, 0]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.close()
    assert engine.health().documents == 10 + 16


def test_a_killed_writer_leaves_an_index_that_opens(engine: WhooshEngine) -> None:
    """Every change it confirmed is there, and the next writer gets the lock at once."""
    confirmed: set[int] = set()
    for first in (1_000, 2_000, 3_000):
        with _start_writer(engine.home.root, first, 10_000) as writer:
            assert writer.stdout is not None
            confirmed |= {int(writer.stdout.readline()) for _ in range(3)}
            time.sleep(first / 100_000)
            os.kill(writer.pid, signal.SIGKILL)
            confirmed |= {int(line) for line in writer.stdout if line.endswith("\n")}

    started = time.monotonic()
    engine.update([replace(FIRST, version=2)])

    assert time.monotonic() - started < 5
    assert engine.health().is_ready
    assert confirmed <= set(_finds(engine, "san pham so"))


def test_a_busy_index_says_so(engine: WhooshEngine) -> None:
    """A job tries again later instead of waiting for ever."""
    engine.lock_timeout = 0.05
    lock = index.FileLock(str(engine.home.root / "writer.lock"))
    lock.acquire()

    with pytest.raises(SearchBusyError):
        engine.update([FIRST])

    lock.release()


def test_a_rebuild_switches_readers_and_keeps_the_previous_build(engine: WhooshEngine) -> None:
    """Search answers from the old index until the new one is whole."""
    reader = WhooshEngine(engine.home.root, check_every=0)
    assert reader.health().documents == 10

    for size in (20, 30, 40):
        assert engine.rebuild([*DOCUMENTS[:size], DOCUMENTS[0]]) == size
        assert reader.health().documents == size

    assert sorted(path.name for path in engine.home.root.glob("build-*")) == [
        "build-000003",
        "build-000004",
    ]


def test_a_rebuild_that_fails_changes_nothing(engine: WhooshEngine) -> None:
    """The database may go away in the middle of it."""

    def documents() -> Iterator[SearchDocument]:
        yield FIRST
        raise ConnectionError

    with pytest.raises(ConnectionError):
        engine.rebuild(documents())

    assert engine.health().documents == 10
    engine.update([replace(FIRST, version=2)])


def test_without_an_index_search_says_that_it_is_unavailable(tmp_path: Path) -> None:
    """The listing falls back to the database then."""
    engine = WhooshEngine(tmp_path / "nowhere")

    with pytest.raises(SearchUnavailableError):
        found(engine, "tea")
    with pytest.raises(SearchUnavailableError):
        engine.update([FIRST])
    assert not engine.health().is_ready


def test_a_torn_index_is_unavailable_until_it_is_rebuilt(engine: WhooshEngine) -> None:
    """A power cut may tear the last commit; the index is derived data."""
    folder = engine.home.current()
    assert folder is not None
    for path in folder.iterdir():
        path.write_bytes(b"torn")

    reader = WhooshEngine(engine.home.root)
    with pytest.raises(SearchUnavailableError):
        found(reader, "tea")
    assert engine.rebuild(DOCUMENTS) == len(DOCUMENTS)

    found(reader, "tea")


def test_the_library_s_old_escapes_are_silent() -> None:
    """Its warnings are known and its own; ours stay visible."""
    command = [
        sys.executable,
        "-W",
        "error",
        "-B",
        "-X",
        "pycache_prefix=/nonexistent",
        "-c",
        "import app.search.engines.embedded",
    ]

    finished = subprocess.run(command, capture_output=True, check=False)

    assert finished.stderr == b""


def test_several_threads_search_and_write_at_once(engine: WhooshEngine) -> None:
    """A web process has threads; each sees whole states of the index only."""

    def work(number: int) -> set[int]:
        seen = set()
        for version in range(2, 7):
            if number == 0:
                engine.update([replace(FIRST, version=version, name_en=f"Matcha {version}")])
            seen.add(len(_finds(engine, "tea")))
        return seen

    with ThreadPoolExecutor(4) as pool:
        seen = set().union(*pool.map(work, range(4)))

    assert seen == {len(_finds(engine, "tea"))}


def test_deleting_nothing_and_updating_nothing_is_no_work(engine: WhooshEngine) -> None:
    """An empty batch leaves the index as it is."""
    generation = engine.health().generation

    engine.delete([])

    assert engine.update([]) == 0
    assert engine.health().generation == generation
