"""The embedded engine: an index in one folder of this machine.

What Whoosh needs from us is known and stands here: one writer at a time, one change a key in a
batch, a new searcher (never `refresh()`) when the index moved, and a rebuild when it cannot be
opened, because it never flushes to disk.
"""

import os
import threading
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.search import index
from app.search.documents import SearchDocument
from app.search.engine import (
    RERANKED,
    Facts,
    Health,
    Hits,
    Query,
    SearchBusyError,
    SearchUnavailableError,
)
from app.search.home import IndexHome
from app.search.index import Native
from app.shop.catalogue.narrowing import Counts

LOCK: Final = "writer.lock"
RETRY_SECONDS: Final = 0.02
REBUILD_MEMORY_MB: Final = 256


class _Reader:
    """One state of the index, opened: its searcher and the columns that ranking needs."""

    def __init__(self, folder: Path) -> None:
        opened = index.open_index(folder)
        self.searcher = opened.searcher(weighting=index.WEIGHTING)
        reader = self.searcher.reader()
        self.generation = f"{folder.name}/{reader.generation()}"
        self.process = os.getpid()
        leaves = [leaf for leaf, _offset in reader.leaf_readers()]
        self.numbers = self._column(leaves, "number")
        self.stars = self._column(leaves, "stars")
        self.popularity = self._column(leaves, "popularity")
        self.scores = index.Scores(self.searcher)

    @staticmethod
    def _column(leaves: list[Native], name: str) -> "array[int]":
        values = array("q")
        for leaf in leaves:
            column = leaf.column_reader(name, translate=False)
            values.extend(column[docnum] for docnum in range(leaf.doc_count_all()))
        return values


class WhooshEngine:
    """Search in one folder of this machine."""

    def __init__(
        self,
        root: Path,
        *,
        check_every: float = 1.0,
        time_limit: float = 1.0,
        lock_timeout: float = 10.0,
    ) -> None:
        """Open nothing yet: the first search or write does."""
        self.home = IndexHome(root)
        self.check_every = check_every
        self.time_limit = time_limit
        self.lock_timeout = lock_timeout
        self._guard = threading.Lock()
        self._reader: _Reader | None = None
        self._checked = 0.0

    def search(self, query: Query) -> Hits:
        """Find products."""
        deadline = time.monotonic() + self.time_limit
        with self._guard, _translated_errors():
            reader = self._current_reader()
            return _search(reader, query, deadline)

    def update(self, documents: Iterable[SearchDocument]) -> int:
        """Add or replace products in one commit, the newest version of each."""
        newest: dict[int, SearchDocument] = {}
        for document in documents:
            known = newest.get(document.product_id)
            if known is None or document.version >= known.version:
                newest[document.product_id] = document
        with self._exclusive(), _translated_errors():
            opened = index.open_index(self._folder())
            with opened.searcher() as found:
                changed = [
                    values for document in newest.values() if (values := _changed(found, document))
                ]
            if changed:
                self._commit(opened, lambda writer: _replace(writer, changed))
            return len(changed)

    def delete(self, product_ids: Sequence[int]) -> None:
        """Forget products in one commit."""
        keys = {str(product_id) for product_id in product_ids}
        if not keys:
            return
        with self._exclusive(), _translated_errors():
            opened = index.open_index(self._folder())
            self._commit(opened, lambda writer: _remove(writer, keys))

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build beside the index in use and switch. Writers wait, so that no change is lost."""
        with self._exclusive():
            folder = self.home.new_build()
            writer = index.create_index(folder).writer(limitmb=REBUILD_MEMORY_MB)
            seen: set[int] = set()
            try:
                for document in documents:
                    if document.product_id not in seen:
                        seen.add(document.product_id)
                        writer.add_document(**index.field_values(document))
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
            written = index.open_index(folder).doc_count()
            if written != len(seen):
                message = f"the new index holds {written} of {len(seen)} products"
                raise SearchUnavailableError(message)
            self.home.switch_to(folder)
            self._checked = 0.0
            return len(seen)

    def health(self) -> Health:
        """Open the index if need be and count it."""
        try:
            with self._guard, _translated_errors():
                self._checked = 0.0
                reader = self._current_reader()
                return Health(
                    is_ready=True,
                    documents=reader.searcher.doc_count(),
                    generation=reader.generation,
                )
        except SearchUnavailableError as error:
            return Health(is_ready=False, problem=str(error))

    def versions(self) -> dict[int, int]:
        """Read which version of each product is kept."""
        with self._guard, _translated_errors():
            stored = self._current_reader().searcher.all_stored_fields()
            return {int(one["key"]): int(one["version"]) for one in stored}

    def generation(self) -> str:
        """Name the state of the index that a search would use now."""
        with self._guard, _translated_errors():
            return self._current_reader().generation

    def _current_reader(self) -> _Reader:
        """Return a reader of the newest state, looking at the disk once in `check_every` seconds."""
        reader, moment = self._reader, time.monotonic()
        is_ours = reader is not None and reader.process == os.getpid()
        if reader is not None and is_ours and moment - self._checked < self.check_every:
            return reader
        folder = self._folder()
        if reader is None or not is_ours or reader.generation != _generation_on_disk(folder):
            reader = self._reader = _Reader(folder)
        self._checked = moment
        return reader

    def _folder(self) -> Path:
        folder = self.home.current()
        if folder is None:
            message = f"no index in {self.home.root}"
            raise SearchUnavailableError(message)
        return folder

    def _commit(self, opened: Native, change: Callable[[Native], None]) -> None:
        writer = opened.writer(timeout=self.lock_timeout, delay=RETRY_SECONDS)
        try:
            change(writer)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self._checked = 0.0

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Hold the one lock of this index across processes; the system frees it when one dies."""
        self.home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = index.FileLock(str(self.home.root / LOCK))
        deadline = time.monotonic() + self.lock_timeout
        while not lock.acquire():
            if time.monotonic() > deadline:
                message = "another process has been writing to the index for too long"
                raise SearchBusyError(message)
            time.sleep(RETRY_SECONDS)
        try:
            yield
        finally:
            lock.release()


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Give callers one error for a missing, torn or foreign index, whatever Whoosh raised."""
    try:
        yield
    except SearchUnavailableError:
        raise
    except index.LockError as error:
        raise SearchBusyError(str(error)) from error
    except Exception as error:
        message = f"{type(error).__name__}: {error}"
        raise SearchUnavailableError(message) from error


def _generation_on_disk(folder: Path) -> str:
    return f"{folder.name}/{index.latest_generation(folder)}"


def _changed(found: Native, document: SearchDocument) -> dict[str, object] | None:
    """Lay a document out, or answer None when the index has it or a newer version of it."""
    stored = found.document(key=str(document.product_id))
    if stored is not None and stored["version"] > document.version:
        return None
    values = index.field_values(document)
    return None if stored is not None and stored["digest"] == values["digest"] else values


def _replace(writer: Native, changed: list[dict[str, object]]) -> None:
    for values in changed:
        writer.update_document(**values)


def _remove(writer: Native, keys: set[str]) -> None:
    for key in keys:
        writer.delete_by_term("key", key)


def _search(reader: _Reader, query: Query, deadline: float) -> Hits:
    found = reader.scores.of_query(query, deadline)
    best = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[: query.limit]
    return Hits(
        ids=tuple(reader.numbers[docnum] for docnum, _score in best),
        scores=tuple(score for _docnum, score in best),
        counts=Counts(total=len(found)),
        facts={reader.numbers[docnum]: _facts(reader, docnum) for docnum, _ in best[:RERANKED]},
        generation=reader.generation,
        partial=reader.scores.is_late,
    )


def _facts(reader: _Reader, docnum: int) -> Facts:
    stored = reader.searcher.stored_fields(docnum)
    return Facts(
        name_tokens=frozenset(stored["name"].split()),
        head_tokens=frozenset(stored["head"].split()),
        context_tokens=frozenset(stored["context"].split()),
        stars=reader.stars[docnum],
        popularity=reader.popularity[docnum],
    )
