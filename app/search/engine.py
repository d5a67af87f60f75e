"""What the shop asks of a search engine, whichever it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from app.search.analysis import Slot, query_pairs, query_slots
from app.search.documents import SearchDocument

MAX_HITS: Final = 5_000


class SearchUnavailableError(Exception):
    """The index cannot be read or written now; callers fall back to the database."""


class SearchBusyError(SearchUnavailableError):
    """Somebody else has been writing for too long; try again later."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to find: every required slot must be met, the pairs only raise the rank."""

    slots: tuple[Slot, ...]
    pairs: tuple[str, ...] = ()
    limit: int = MAX_HITS

    @classmethod
    def of(cls, text: str) -> "Query":
        """Read a query from what a shopper typed."""
        slots = query_slots(text)
        if slots and not any(slot.required for slot in slots):
            slots = tuple(replace(slot, required=True) for slot in slots)
        return cls(slots, query_pairs(text))

    def strict(self) -> "Query":
        """Give the query that takes marks as they were typed; engines try it first."""
        return replace(self, slots=tuple(slot.strict() for slot in self.slots))


@dataclass(frozen=True, slots=True)
class Hits:
    """The products found, best first; `total` counts them all, `ids` at most the query's limit.

    `relaxed` says that nothing had every word and the one in `dropped` was given up;
    `partial` that time ran out before all were seen.
    """

    ids: tuple[int, ...] = ()
    scores: tuple[float, ...] = ()
    total: int = 0
    generation: str = ""
    relaxed: bool = False
    dropped: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the index answers, how much is in it, and which state of it that is."""

    is_ready: bool
    documents: int = 0
    generation: str = ""
    problem: str = ""


class SearchEngine(Protocol):
    """Finds products by words. All methods are safe to call from several threads and processes."""

    def search(self, query: Query) -> Hits:
        """Find products. Raises SearchUnavailableError when there is no readable index."""

    def update(self, documents: Iterable[SearchDocument]) -> int:
        """Add or replace products and say how many; an older version never replaces a newer one."""

    def delete(self, product_ids: Sequence[int]) -> None:
        """Forget products; unknown ones are no fault."""

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index beside the old one, switch to it, and say how many it holds."""

    def health(self) -> Health:
        """Look at the index without raising."""
