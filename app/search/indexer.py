"""Bring the index to what the shop's tables say, whichever engine keeps it (R36).

What is written is read now, so whatever is done twice, late or in the wrong order does no harm.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import structlog

from app.foundation.work import read_anew, read_one_instant
from app.search import queries
from app.search.documents import SearchDocument
from app.search.engine import CatchUp, SearchUnavailableError
from app.search.finder import engine

log = structlog.get_logger(__name__)

BATCH: Final = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """In what the index differs from the shop: the numbers of products.

    Of those `ahead` the index has a version that the shop never had or has no more, as after a
    backup was restored.
    """

    compared: int
    missing: tuple[int, ...] = ()
    behind: tuple[int, ...] = ()
    ahead: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many products are not as they should be."""
        return len(self.missing) + len(self.behind) + len(self.ahead) + len(self.unknown)


def index_products(product_ids: Sequence[int]) -> None:
    """Bring products in the index to their present state, or take them out.

    Raises `SearchUnavailableError` when there is no readable index, `SearchBusyError` while
    another process writes.
    """
    wanted = sorted(set(product_ids))
    documents = queries.documents(wanted)
    read_anew()
    gone = set(wanted).difference(document.product_id for document in documents)
    if documents:
        engine().update(documents)
    if gone:
        engine().delete(sorted(gone))


def rebuild() -> int:
    """Build the index anew beside the one in use, and count the products in it.

    Changes go on meanwhile: what was changed since it was read is read again before the switch,
    while nobody writes. Which products those are is told by their versions, so nothing depends on
    the order in which transactions commit (P09). Raises `SearchBusyError` while another runs.
    """
    seen: dict[int, int] = {}
    return engine().rebuild(_noted(seen), catch_up=lambda: _changes_since(seen))


def differences() -> Differences:
    """Compare the version of every product. Raises `SearchUnavailableError` without an index."""
    kept = engine().versions()
    read_anew()
    there = queries.versions()
    read_anew()
    return Differences(
        compared=len(there),
        missing=tuple(one for one in there if one not in kept),
        behind=tuple(one for one in there if one in kept and kept[one] < there[one]),
        ahead=tuple(one for one in there if one in kept and kept[one] > there[one]),
        unknown=tuple(one for one in kept if one not in there),
    )


def reconcile() -> Differences:
    """Bring every product that differs in line, a batch at a time, and tell what differed.

    A rating makes a card newer and tells nobody, since search does not keep it: such a product is
    behind until now, and nothing was missed. Raises `SearchUnavailableError` without a readable index.
    """
    found = differences()
    if found.ahead:
        engine().delete(found.ahead)  # an older version never replaces a newer one
    wrong = iter((*found.missing, *found.behind, *found.ahead, *found.unknown))
    while batch := list(islice(wrong, BATCH)):
        index_products(batch)
    if found.count:
        log.warning("search.reconciled", differences=found.count, compared=found.compared)
    return found


def is_whole() -> bool:
    """Whether the index can be opened and no file of it is missing or shorter than it was."""
    health = engine().health()
    if not health.is_ready:
        log.warning("search.broken", problem=health.problem)
    return health.is_ready


def has_all() -> bool:
    """Whether the index holds as many products as the shop. Raises `SearchUnavailableError`."""
    health = engine().health()
    if not health.is_ready:
        raise SearchUnavailableError(health.problem)
    return health.documents == queries.count()


def _noted(seen: dict[int, int]) -> Iterator[SearchDocument]:
    """Read every product and note which version of it was read."""
    for document in queries.all_documents():
        seen[document.product_id] = document.version
        yield document


def _changes_since(seen: Mapping[int, int]) -> CatchUp:
    """Read what was changed since, all of it as it is at one moment."""
    read_one_instant()
    there = queries.versions()
    changed = [one for one, version in there.items() if seen.get(one) != version]
    documents = queries.documents(changed)
    read_anew()
    gone = [one for one in seen if one not in there]
    return CatchUp(documents=documents, gone=gone, total=len(there))
