"""Search for the rest of the shop: one engine a process, and the database when it fails."""

import threading
import time
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from app.foundation.chores import ask_for
from app.search import queries
from app.search.engine import MAX_HITS, RERANKED, Query, SearchEngine, SearchUnavailableError
from app.search.highlight import highlight
from app.search.lexicon import Lexicon
from app.search.lexicon_store import kept_lexicon, lexicon_made_at
from app.search.seek import seek
from app.search.suggest import SuggestionList
from app.search.synonyms import Thesaurus
from app.search.understanding import Understood, understand
from app.shop.catalogue.asking import Answer, Ask, Highlight, answer_from_names
from app.shop.catalogue.narrowing import Sort
from app.shop.catalogue.queries import ids_by_name

if TYPE_CHECKING:
    from datetime import datetime

log = structlog.get_logger(__name__)

SUGGESTIONS_AGE: Final = 30.0
LEXICON_AGE: Final = 30.0
# The chore that looks after an index found broken, and how long a process waits to ask for it again.
REPORTED: Final = "search.reported"
PATIENCE: Final = 10.0


class _Desk:
    """What one process holds: its engine, the words to mend by, and its list of suggestions."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine
        self.guard = threading.Lock()
        self.lexicon = Lexicon()
        self.lexicon_made_at: datetime | None = None
        self.lexicon_looked = float("-inf")
        self.asked = float("-inf")
        self.suggestions = SuggestionList()
        self.built = float("-inf")


_current: Final[list[_Desk]] = []


def use_engine(engine: SearchEngine) -> None:
    """Name the engine of this process."""
    _current[:] = [_Desk(engine)]


def engine() -> SearchEngine:
    """Give the engine of this process. Raises `RuntimeError` before one is named."""
    return _desk().engine


def find(ask: Ask) -> Answer:
    """Answer the catalogue's question (fills `catalogue.search`); from names when there is no index."""
    by_name = ask.sort is Sort.NAME
    query = Query(
        filters=ask.filters,
        sort=Sort.RELEVANCE if by_name else ask.sort,
        on=ask.today,
        limit=MAX_HITS if by_name else min(max(RERANKED, ask.offset + ask.limit), MAX_HITS),
    )
    try:
        found = seek(
            engine(),
            ask.text,
            query,
            lexicon=lexicon(),
            thesaurus=Thesaurus(),
            is_literal=ask.is_literal,
        )
    except SearchUnavailableError as error:
        log.warning("search.unavailable", error=str(error))
        _ask_for_repair()
        return answer_from_names(ask, ids_by_name(ask.text), is_degraded=True)
    if by_name:
        in_order = answer_from_names(ask, found.hits.ids)
        return replace(in_order, notes=found.notes, highlight=highlight_of(found.understood))
    return Answer(
        ids=found.hits.ids[ask.offset : ask.offset + ask.limit],
        counts=found.hits.counts,
        notes=found.notes,
        highlight=highlight_of(found.understood),
    )


def count(text: str, *, on: date) -> int:
    """Count the products that words find as typed; none while there is no index, where counting is dear."""
    query = Query(on=on, limit=1, wants_counts=False)
    try:
        found = seek(
            engine(),
            text,
            query,
            lexicon=lexicon(),
            thesaurus=Thesaurus(),
            is_literal=True,
        )
    except SearchUnavailableError:
        return 0
    return found.hits.total


def understood(text: str) -> Understood:
    """Read words as the search for products does."""
    return understand(text, thesaurus=Thesaurus())


def highlight_of(read: Understood) -> Highlight | None:
    """Give what marks the words of a query in a text; none without words."""
    return partial(highlight, slots=read.slots) if read.slots else None


def lexicon() -> Lexicon:
    """Give the words to mend by; whether there are newer ones is asked twice a minute at most."""
    desk = _desk()
    moment = time.monotonic()
    if moment - desk.lexicon_looked < LEXICON_AGE:
        return desk.lexicon
    with desk.guard:
        if moment - desk.lexicon_looked >= LEXICON_AGE:
            desk.lexicon_looked = moment
            made_at = lexicon_made_at()
            if made_at != desk.lexicon_made_at:
                desk.lexicon, desk.lexicon_made_at = kept_lexicon(), made_at
        return desk.lexicon


def _ask_for_repair() -> None:
    """Let the process that keeps house look at the index now: a reader writes nothing itself."""
    desk, moment = _desk(), time.monotonic()
    with desk.guard:
        if moment - desk.asked < PATIENCE:
            return
        desk.asked = moment
    ask_for(REPORTED)


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
