"""Search for the rest of the shop: one engine a process, and the database when it fails."""

import threading
import time
from dataclasses import dataclass
from typing import Final

import structlog

from app.search import queries
from app.search.analysis import Slot, index_tokens
from app.search.engine import Query, SearchEngine, SearchUnavailableError
from app.search.suggest import SuggestionList

log = structlog.get_logger(__name__)

SUGGESTIONS_AGE: Final = 30.0


@dataclass(frozen=True, slots=True)
class TextMatch:
    """What a text matches: product ids, best first, and what the page has to say about them.

    `dropped` is the word given up because nothing had them all; `is_degraded` says that the index
    was not there and names alone were compared.
    """

    ids: tuple[int, ...]
    total: int
    dropped: str = ""
    is_degraded: bool = False


class _Desk:
    """What one process holds: its engine and its list of suggestions."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine
        self.guard = threading.Lock()
        self.suggestions = SuggestionList()
        self.built = float("-inf")


_current: Final[list[_Desk]] = []


def use_engine(engine: SearchEngine) -> None:
    """Name the engine of this process."""
    _current[:] = [_Desk(engine)]


def engine() -> SearchEngine:
    """Give the engine of this process. Raises `RuntimeError` before one is named."""
    return _desk().engine


def match_text(text: str) -> TextMatch:
    """Find the products that a text means; answers the catalogue's `catalogue.text_match`."""
    query = Query.of(text)
    try:
        hits = engine().search(query)
    except SearchUnavailableError as error:
        log.warning("search.unavailable", error=str(error))
        return _match_names(query)
    return TextMatch(hits.ids, hits.total, hits.dropped)


def suggestions() -> SuggestionList:
    """Give the list of suggestions, made new when the index moved and the list is half a minute old."""
    desk = _desk()
    with desk.guard:
        if time.monotonic() - desk.built >= SUGGESTIONS_AGE:
            generation = desk.engine.health().generation
            if not generation or generation != desk.suggestions.generation:
                entries = queries.suggestion_entries()
                desk.suggestions = SuggestionList(entries, generation=generation)
            desk.built = time.monotonic()
        return desk.suggestions


def _desk() -> _Desk:
    if not _current:
        raise RuntimeError("no search engine has been named")
    return _current[0]


def _match_names(query: Query) -> TextMatch:
    """Compare names and producers one by one: slow, and better than an empty shop."""
    slots = [slot for slot in query.slots if slot.required]
    if not slots:
        return TextMatch((), 0, is_degraded=True)
    found = [
        product_id
        for product_id, name in queries.product_names()
        if _meets(slots, frozenset(index_tokens(name)))
    ]
    return TextMatch(tuple(found[: query.limit]), len(found), is_degraded=True)


def _meets(slots: list[Slot], tokens: frozenset[str]) -> bool:
    return all(any(tokens.issuperset(way.tokens) for way in slot.alternatives) for slot in slots)
