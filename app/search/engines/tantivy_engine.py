"""Search with tantivy: an index in one folder of this machine, for large catalogues.

Products stand in it in order of id, and what
is ordered by carries the id in its last bits, so that equal ones come in order of id; equal scores are
put in that order among the hits.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.search.documents import SearchDocument, newest
from app.search.engine import CatchUp, Health, Hits, Query, SearchUnavailableError
from app.search.engines import tantivy_files as files
from app.search.engines import tantivy_index as index
from app.search.engines.home import IndexHome
from app.search.engines.tantivy_kept import FactsKept
from app.search.engines.tantivy_reader import Reader

# A larger index is mapped where it lies: copies would cost every process as much memory again.
LARGEST_COPIED: Final = 2 << 30


class TantivyEngine:
    """Search in one folder of this machine."""

    def __init__(
        self,
        root: Path,
        *,
        check_every: float = 1.0,
        lock_timeout: float = 10.0,
        largest_copied: int = LARGEST_COPIED,
    ) -> None:
        """Open nothing yet: the first search or write does."""
        self.home = IndexHome(root)
        self.check_every = check_every
        self.lock_timeout = lock_timeout
        self.largest_copied = largest_copied if files.can_copy() else -1
        self._guard = threading.Lock()
        self._reader: Reader | None = None
        self._checked = float("-inf")
        self._problem = ""
        self._facts = FactsKept()

    def search(self, query: Query) -> Hits:
        """Find products."""
        with _translated_errors():
            return self._current_reader().search(query)

    def update(self, documents: Iterable[SearchDocument]) -> int:
        """Add or replace products in one commit, the newest version of each."""
        wanted = {document.product_id: document for document in newest(documents)}
        laid = {number: index.laid_out(document) for number, document in wanted.items()}
        with self.home.writing(timeout=self.lock_timeout), _translated_errors():
            reader = self._current_reader(at_once=True)
            known = reader.known(wanted)
            changed = [
                number
                for number, (_fields, digest) in laid.items()
                if number not in known
                or (known[number][0] <= wanted[number].version and known[number][1] != digest)
            ]
            self._write(
                reader,
                forgotten=[number for number in changed if number in known],
                added=[laid[number][0] for number in changed],
            )
            return len(changed)

    def delete(self, product_ids: Sequence[int]) -> None:
        """Forget products in one commit."""
        with self.home.writing(timeout=self.lock_timeout), _translated_errors():
            reader = self._current_reader(at_once=True)
            self._write(reader, forgotten=list(reader.known(product_ids)), added=[])

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
                    changes = catch_up()
                    with _translated_errors():
                        _catch_up(folder, changes)
                    expected = changes.total
                with _translated_errors():
                    _check(folder, expected)
                self.home.switch_to(folder)
        self._checked = float("-inf")
        return expected

    def health(self) -> Health:
        """Look at the index on disk and count it."""
        try:
            with _translated_errors():
                reader = self._current_reader(at_once=True)
                return Health(
                    is_ready=True,
                    documents=reader.searcher.num_docs,
                    generation=reader.state.generation,
                )
        except SearchUnavailableError as error:
            return Health(is_ready=False, problem=str(error))

    def versions(self) -> dict[int, int]:
        """Read which version of each product is kept."""
        with _translated_errors():
            return self._current_reader().versions()

    def forget(self) -> None:
        """Forget what was found before, so that a search can be measured by itself."""
        with _translated_errors():
            self._current_reader().forget()

    def _current_reader(self, *, at_once: bool = False) -> Reader:
        """Return a reader of the newest state, looking at the disk once in `check_every` seconds.

        A broken index is as broken until the next look.
        """
        with self._guard:
            reader, moment = self._reader, time.monotonic()
            if not at_once and moment - self._checked < self.check_every:
                if self._problem:
                    raise SearchUnavailableError(self._problem)
                if reader is not None and reader.process == os.getpid() and reader.is_safe():
                    return reader
            self._problem = ""
            try:
                reader = self._reader = self._newest_reader(reader)
            except BaseException as error:
                self._problem = str(index.translated(error) or "")
                raise
            finally:
                self._checked = time.monotonic()
            return reader

    def _newest_reader(self, reader: Reader | None) -> Reader:
        folder = self.home.current()
        if folder is None:
            msg = f"no index in {self.home.root}"
            raise SearchUnavailableError(msg)
        state = files.newest_state(folder)
        if reader is None:
            return self._opened(state, {})
        if reader.process != os.getpid() or reader.state.generation != state.generation:
            return self._opened(state, reader.copies)
        return reader

    def _opened(self, state: files.State, known: files.Copies) -> Reader:
        """Open a state by copies of its files; when a commit removes one meanwhile, the next state."""
        if state.fields != index.FIELDS:
            msg = f"{state.folder} has another layout"
            raise SearchUnavailableError(msg)
        while True:
            try:
                copies: files.Copies = {}
                if sum(state.sizes) <= self.largest_copied:
                    copies = files.copy_files(state, known, self.home.root)
                return Reader(state, copies, self._facts)
            except FileNotFoundError:
                newest = files.newest_state(state.folder)
                if newest.meta == state.meta:
                    raise
                state = newest

    def _write(self, reader: Reader, *, forgotten: list[int], added: list[index.Native]) -> None:
        """Forget, then add, in one commit: a reader sees both or neither."""
        if forgotten or added:
            _commit(reader.state.folder, forgotten, added)
            self._checked = float("-inf")


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Give callers one error for a missing, torn or foreign index."""
    try:
        yield
    except BaseException as error:
        known = index.translated(error)
        if known is None or known is error:
            raise
        raise known from error


def _build(folder: Path, documents: Iterable[SearchDocument]) -> int:
    """Write a new index, the first document of each product, and count them."""
    with _translated_errors():
        writer = index.create_index(folder).writer(index.REBUILD_MEMORY, 1)
    seen: set[int] = set()
    for document in documents:  # what goes wrong in reading them is no fault of the index
        if document.product_id not in seen:
            seen.add(document.product_id)
            laid, _digest = index.laid_out(document)
            with _translated_errors():
                writer.add_document(laid)
    with _translated_errors():
        writer.commit()
        writer.wait_merging_threads()
    return len(seen)


def _catch_up(folder: Path, changes: CatchUp) -> None:
    """Bring a new index to what became of the products meanwhile."""
    forgotten = [*changes.gone, *(document.product_id for document in changes.documents)]
    if forgotten:
        added = [index.laid_out(document)[0] for document in changes.documents]
        _commit(folder, forgotten, added)


def _check(folder: Path, expected: int) -> None:
    """Count a new index. Raises `SearchUnavailableError` for another number."""
    written = index.open_index(folder).searcher().num_docs
    if written != expected:
        message = f"the new index holds {written} of {expected} products"
        raise SearchUnavailableError(message)


def _commit(folder: Path, forgotten: Iterable[int], added: Iterable[index.Native]) -> None:
    writer = index.open_index(folder).writer(index.WRITER_MEMORY, 1)
    for number in forgotten:
        writer.delete_documents_by_term("number", number)
    for laid in added:
        writer.add_document(laid)
    writer.commit()
    writer.wait_merging_threads()
