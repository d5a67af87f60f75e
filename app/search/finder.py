"""Search for the rest of the shop: one engine a process, and the database when it fails."""

import threading
import time
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

import structlog

from app.foundation import edition
from app.foundation.chores import ask_for
from app.foundation.kept import Kept
from app.search.engine import MAX_HITS, RERANKED, Query, SearchEngine, SearchUnavailableError
from app.search.language.highlight import highlight
from app.search.language.synonyms import Thesaurus
from app.search.language.tokens import query_words
from app.search.lexicon_store import kept_lexicon, lexicon_made_at
from app.search.mending.lexicon import Lexicon
from app.search.rule_queries import read_rulebook
from app.search.rules import Orders, Rulebook
from app.search.seeking.seek import Sought, seek
from app.search.seeking.understanding import Understood, understand
from app.shop.catalogue.asking import Answer, Ask, Highlight, answer_from_names
from app.shop.catalogue.narrowing import Counts, Filters, Sort
from app.shop.catalogue.queries import ids_by_name, ids_within

if TYPE_CHECKING:
    from datetime import datetime

log = structlog.get_logger(__name__)

LEXICON_AGE: Final = 30.0
# The chore that looks after an index found broken, and how long a process waits to ask for it again.
REPORTED: Final = "search.reported"
PATIENCE: Final = 10.0
BOOKS_AGE: Final = 3_600.0  # an edition's never changes; this only bounds what a process keeps
_books: Final[Kept[tuple[Rulebook, Thesaurus]]] = Kept(most=2, seconds=BOOKS_AGE)


class _Desk:
    """What one process holds: its engine and the words to mend by."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine
        self.guard = threading.Lock()
        self.lexicon = Lexicon()
        self.lexicon_made_at: datetime | None = None
        self.lexicon_looked = float("-inf")
        self.asked = float("-inf")


_current: Final[list[_Desk]] = []


def use_engine(engine: SearchEngine) -> None:
    """Name the engine of this process."""
    _current[:] = [_Desk(engine)]


def engine() -> SearchEngine:
    """Give the engine of this process. Raises `RuntimeError` before one is named."""
    return _desk().engine


def find(ask: Ask) -> Answer:
    """Answer the catalogue's question (fills `catalogue.search`); from names when there is no index."""
    book, thesaurus = what_officers_keep()
    orders = book.orders(ask.text)
    answer = _find(ask, orders, thesaurus)
    path = "" if ask.is_literal else _redirect(ask, orders)
    return replace(answer, redirect=path) if path else answer


def _find(ask: Ask, orders: Orders, thesaurus: Thesaurus) -> Answer:
    by_name = ask.sort is Sort.NAME
    moved = orders.moved if ask.sort is Sort.RELEVANCE else 0
    query = Query(
        filters=ask.filters,
        sort=Sort.RELEVANCE if by_name else ask.sort,
        on=ask.today,
        limit=MAX_HITS if by_name else min(max(RERANKED, ask.offset + ask.limit + moved), MAX_HITS),
        wants_counts=ask.wants_counts,
    )
    try:
        found = seek(
            engine(),
            ask.text,
            query,
            lexicon=lexicon(),
            thesaurus=thesaurus,
            is_literal=ask.is_literal,
            is_by_name=by_name,
        )
    except SearchUnavailableError as error:
        log.warning("search.unavailable", error=str(error))
        _ask_for_repair()
        return answer_from_names(ask, ids_by_name(ask.text), is_degraded=True)
    if by_name:
        in_order = answer_from_names(ask, found.hits.ids)
        return replace(in_order, notes=found.notes, highlight=highlight_of(found.understood))
    ids, counts = found.hits.ids, found.hits.counts
    if moved:
        ids, counts = _arranged(ask, orders, found)
    return Answer(
        ids=ids[ask.offset : ask.offset + ask.limit],
        counts=counts,
        notes=found.notes,
        highlight=highlight_of(found.understood),
    )


def what_officers_keep() -> tuple[Rulebook, Thesaurus]:
    """Give officers' rules and all groups of words, read once an edition; without one, each time anew."""
    stamp = edition.current()
    return _read_kept() if stamp is None else _books.get(stamp, _read_kept)


def _read_kept() -> tuple[Rulebook, Thesaurus]:
    book = read_rulebook()
    return book, Thesaurus.of(book.groups)


def _redirect(ask: Ask, orders: Orders) -> str:
    """Tell where a query leads; whoever narrows or sorts the result wants the result."""
    is_plain = ask.filters == Filters() and ask.sort is Sort.RELEVANCE and not ask.offset
    return orders.redirects.get(ask.lang, "") if is_plain else ""


def _arranged(ask: Ask, orders: Orders, found: Sought) -> tuple[tuple[int, ...], Counts]:
    """Move what officers moved; the database says which pinned products the filters leave."""
    hits = found.hits
    is_all = hits.total <= len(hits.ids)
    pins = tuple(pin.product_id for pin in orders.pins)
    filters = found.understood.narrowed(ask.filters)
    shown = ids_within(replace(filters, matched=pins), today=ask.today) if pins else ()
    more = len(set(shown) - set(hits.ids)) if is_all else 0
    ids = orders.arrange(hits.ids, shown=shown, is_all=is_all)
    return ids, replace(hits.counts, total=hits.total + more)


def count(text: str, *, on: date) -> int:
    """Count the products that words find as typed; none while there is no index, where counting is dear."""
    query = Query(on=on, limit=1, wants_counts=False)
    try:
        found = seek(
            engine(),
            text,
            query,
            lexicon=lexicon(),
            thesaurus=what_officers_keep()[1],
            is_literal=True,
        )
    except SearchUnavailableError:
        return 0
    return found.hits.total


def understood(text: str) -> Understood:
    """Read words as the search for products does."""
    return understand(text, thesaurus=what_officers_keep()[1])


def also_called(text: str) -> list[str]:
    """Give the other names of the one thing that a text names; none for any other text."""
    span = tuple(query_words(text))
    groups = what_officers_keep()[1].members(span)
    return [" ".join(name) for name in dict.fromkeys(chain(*groups)) if name != span]


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
                read = kept_lexicon()
                read.neighbours  # noqa: B018 - made by this thread alone, before others mend by it
                desk.lexicon, desk.lexicon_made_at = read, made_at
        return desk.lexicon


def _ask_for_repair() -> None:
    """Let the process that keeps house look at the index now: a reader writes nothing itself."""
    desk, moment = _desk(), time.monotonic()
    with desk.guard:
        if moment - desk.asked < PATIENCE:
            return
        desk.asked = moment
    ask_for(REPORTED)


def _desk() -> _Desk:
    if not _current:
        raise RuntimeError("no search engine has been named")
    return _current[0]
