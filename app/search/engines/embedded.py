"""The embedded engine: an index in one folder of this machine.

What Whoosh needs from us is known and stands here: one writer at a time, one change a key in a
batch, a new state opened (never `Searcher.refresh()`) when the index moved, and a rebuild when it
cannot be opened, because it never flushes to disk.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.search.documents import SearchDocument, newest
from app.search.engine import (
    CatchUp,
    Health,
    Hits,
    Query,
    SearchBusyError,
    SearchUnavailableError,
)
from app.search.engines import index
from app.search.engines.home import RETRY_SECONDS, IndexHome
from app.search.engines.layout import field_values
from app.search.engines.snapshot import Caches, Snapshot

REBUILD_MEMORY_MB: Final = 256
OPENINGS: Final = 5


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
        self._caches = Caches()
        self._snapshot: Snapshot | None = None
        self._trouble = ""
        self._broken: tuple[Path, int] | None = None
        self._checked = float("-inf")

    def search(self, query: Query) -> Hits:
        """Find products."""
        with self._translated_errors():
            return self._current().search(query, self._caches, time_limit=self.time_limit)

    def update(self, documents: Iterable[SearchDocument]) -> int:
        """Add or replace products in one commit, the newest version of each."""
        wanted = {document.product_id: document for document in newest(documents)}
        with self.home.writing(timeout=self.lock_timeout), self._translated_errors():
            snapshot = self._current(at_once=True)
            places = snapshot.places_of(set(wanted))
            versions, digests = snapshot.columns.version, snapshot.columns.digest
            changed: dict[int, dict[str, object]] = {}
            for number, document in wanted.items():
                place = places.get(number)
                if place is not None and versions[place] > document.version:
                    continue
                values = field_values(document)
                if place is None or digests[place] != values["digest"]:
                    changed[number] = values
            superseded = [places[number] for number in changed if number in places]
            self._commit(snapshot, superseded, changed.values())
            return len(changed)

    def delete(self, product_ids: Sequence[int]) -> None:
        """Forget products in one commit."""
        if not product_ids:
            return
        with self.home.writing(timeout=self.lock_timeout), self._translated_errors():
            snapshot = self._current(at_once=True)
            self._commit(snapshot, list(snapshot.places_of(set(product_ids)).values()), ())

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        *,
        catch_up: Callable[[], CatchUp] | None = None,
    ) -> int:
        """Build beside the index in use, catch up while nobody writes, and switch."""
        with self.home.building(timeout=self.lock_timeout) as folder:
            expected = _build(folder, documents)
            with self.home.writing(timeout=self.lock_timeout):
                if catch_up is not None:
                    expected = self._catch_up(folder, catch_up())
                self._check(folder, expected)
                self.home.switch_to(folder)
        self._checked = float("-inf")
        return expected

    def _catch_up(self, folder: Path, changes: CatchUp) -> int:
        """Bring a new index to what became of the products meanwhile, and say how many there are."""
        with self._translated_errors():
            built = Snapshot.open(folder, index.latest_generation(folder), None)
            changed = {document.product_id for document in changes.documents}
            superseded = built.places_of(changed.union(changes.gone))
            added = [field_values(document) for document in changes.documents]
            self._commit(built, list(superseded.values()), added)
        return changes.total

    def _check(self, folder: Path, expected: int) -> None:
        """Open a new index and count it. Raises SearchUnavailableError for another number."""
        with self._translated_errors():
            built = Snapshot.open(folder, index.latest_generation(folder), None)
        if built.document_count != expected:
            message = f"the new index holds {built.document_count} of {expected} products"
            raise SearchUnavailableError(message)

    def health(self) -> Health:
        """Open the index if need be and count it."""
        try:
            with self._translated_errors():
                snapshot = self._current(at_once=True)
        except SearchUnavailableError as error:
            return Health(is_ready=False, problem=str(error))
        return Health(
            is_ready=True, documents=snapshot.document_count, generation=snapshot.generation
        )

    def versions(self) -> dict[int, int]:
        """Read which version of each product is kept."""
        with self._translated_errors():
            return self._current().versions()

    def _current(self, *, at_once: bool = False) -> Snapshot:
        """Return the newest state, looking at the disk once in `check_every` seconds or at once.

        A state that cannot be opened is not tried again before that, unless another took its place.
        """
        with self._guard:
            moment, known = time.monotonic(), self._snapshot
            if known is not None and known.process != os.getpid():
                known = self._snapshot = None  # a fork shares the place in an open file
                at_once = True
            if not at_once and moment - self._checked < self.check_every:
                if known is not None:
                    return known
                if self._broken == self._on_disk():
                    raise SearchUnavailableError(self._trouble)
            self._checked = moment
            try:
                self._snapshot = self._newest(known)
            except Exception as error:
                self._snapshot, self._trouble, self._broken = None, _named(error), None
                self._broken = self._on_disk()
                raise
            return self._snapshot

    def _newest(self, known: Snapshot | None) -> Snapshot:
        """Open the state on disk, again when a commit or a rebuild moved it meanwhile."""
        for attempt in range(1, OPENINGS + 1):
            folder, generation = self._on_disk()
            try:
                if known is None or (known.folder, known.number) != (folder, generation):
                    snapshot = Snapshot.open(folder, generation, known)
                    self._caches.lists.forget_all_but(one for one, _ in snapshot.segments)
                    return snapshot
                known.check_files()
            except Exception:
                if attempt == OPENINGS or self._on_disk() == (folder, generation):
                    raise
            else:
                return known
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def _on_disk(self) -> tuple[Path, int]:
        """Name the build in use and its newest state."""
        folder = self.home.current()
        if folder is None:
            message = f"no index in {self.home.root}"
            raise SearchUnavailableError(message)
        return folder, index.latest_generation(folder)

    def _commit(
        self,
        snapshot: Snapshot,
        superseded: Sequence[int],
        added: Iterable[dict[str, object]],
    ) -> None:
        added = list(added)
        if not superseded and not added:
            return
        writer = index.open_writer(snapshot.folder, timeout=self.lock_timeout, delay=RETRY_SECONDS)
        if writer.generation != snapshot.number + 1:  # documents have other numbers now
            writer.cancel()
            raise SearchBusyError("somebody wrote to the index without its lock")
        try:
            for place in superseded:
                writer.delete_document(place)
            for values in added:
                writer.add_document(**values)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self._checked = float("-inf")

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        """Give callers one error for a missing, torn or foreign index, whatever was raised."""
        try:
            yield
        except SearchUnavailableError:
            raise
        except index.LockError as error:
            raise SearchBusyError(str(error)) from error
        except Exception as error:
            if self._snapshot is not None:  # it broke while it served: look at it now
                self._checked = float("-inf")
            raise SearchUnavailableError(_named(error)) from error


def _build(folder: Path, documents: Iterable[SearchDocument]) -> int:
    """Write documents into an empty folder, the first of each product, and count them."""
    index.create_index(folder)
    writer = index.open_writer(folder, limitmb=REBUILD_MEMORY_MB)
    seen: set[int] = set()
    try:
        for document in documents:
            if document.product_id not in seen:
                seen.add(document.product_id)
                writer.add_document(**field_values(document))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    return len(seen)


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
