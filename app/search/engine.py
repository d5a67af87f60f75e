"""What the shop asks of a search engine, whichever it is.

An engine keeps tokens and columns and knows nothing of languages: what tokens a text becomes is
decided in `language`, what to ask when nothing is found and the final order in `seeking`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

from app.search.documents import SearchDocument
from app.search.language.analysis import Slot
from app.shop.catalogue.narrowing import Counts, Filters, Sort

RERANKED: Final = 130
MAX_HITS: Final = 5_000
PAIR_BOOST: Final = 0.5  # what a pair of neighbouring words counts, beside the boosts of slots


class SearchUnavailableError(Exception):
    """The index cannot be read or written now; callers fall back to the database."""


class SearchBusyError(SearchUnavailableError):
    """Somebody else has been writing for too long; try again later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to find: every required slot is met, every filter fits; pairs only raise the score.

    Without a required slot every product meets it, and of equal ones the most popular come first;
    an alternative without tokens is met by none. `on` is the day on which a star must be valid.
    `sort` is never `NAME`: the database orders names. Relevance gives facts of the first hits.
    """

    slots: tuple[Slot, ...] = ()
    pairs: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    on: date
    limit: int = RERANKED
    wants_counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What ranking needs of a product: its tokens by part, its stars when valid, its popularity."""

    name_tokens: frozenset[str]
    head_tokens: frozenset[str]
    context_tokens: frozenset[str]
    stars: int = 0
    popularity: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The products found, in the order asked for; `ids` has at most the query's limit.

    Equal ones stand in order of id. `counts` are exact, each facet without its own filter, and
    empty but for the total when none were wanted. `facts` are those of the first `RERANKED` when
    ordered by relevance. `partial` says that time ran out before all were seen. `out_of` is how many
    products the index holds, or 0 where it costs to say.
    """

    ids: tuple[int, ...] = ()
    scores: tuple[float, ...] = ()
    counts: Counts = field(default_factory=Counts)
    facts: Mapping[int, Facts] = field(default_factory=dict)
    generation: str = ""
    partial: bool = False
    out_of: int = 0

    @property
    def total(self) -> int:
        """How many products were found in all."""
        return self.counts.total


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the index answers, how much is in it, and which state of it that is."""

    is_ready: bool
    documents: int = 0
    generation: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchUp:
    """What became of the products while an index was built beside the one in use.

    `documents` are those that were changed or added meanwhile and replace what was read before,
    `gone` those that are no more, `total` how many products the new index must hold with them.
    """

    documents: Sequence[SearchDocument] = ()
    gone: Sequence[int] = ()
    total: int


class SearchEngine(Protocol):
    """Finds products by words. All methods are safe to call from several threads and processes."""

    def search(self, query: Query) -> Hits:
        """Find products. Raises SearchUnavailableError when there is no readable index."""

    def update(self, documents: Iterable[SearchDocument]) -> int:
        """Add or replace products and say how many; an older version never replaces a newer one."""

    def delete(self, product_ids: Sequence[int]) -> None:
        """Forget products; unknown ones are no fault."""

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        *,
        catch_up: Callable[[], CatchUp] | None = None,
    ) -> int:
        """Build a new index beside the old one, switch to it, and say how many it holds.

        Others may write to the old one meanwhile. Before the switch, while nobody writes,
        `catch_up` is asked once for what was written since `documents` were read, and the count
        is compared. Raises SearchBusyError while another rebuild runs.
        """

    def versions(self) -> dict[int, int]:
        """Tell which version of each product the index holds, to compare it with the database."""

    def health(self) -> Health:
        """Look at what is stored now, not at what was opened before, without raising."""
