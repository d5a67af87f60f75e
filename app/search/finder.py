"""Search for the rest of the shop: one engine a process, and the database when it fails."""

from dataclasses import replace
from typing import Final

import structlog

from app.foundation import edition
from app.foundation.kept import Kept
from app.search.engine import MAX_HITS, RERANKED, Query, SearchEngine, SearchUnavailableError
from app.search.lexicon import Lexicon
from app.search.rule_queries import read_rulebook
from app.search.rules import Orders, Rulebook
from app.search.seek import Sought, seek
from app.search.synonyms import Thesaurus
from app.shop.catalogue.asking import Answer, Ask, answer_from_names
from app.shop.catalogue.narrowing import Counts, Filters, Sort
from app.shop.catalogue.queries import ids_by_name, ids_within

log = structlog.get_logger(__name__)

BOOKS_AGE: Final = 3_600.0  # an edition's never changes; this only bounds what a process keeps
_books: Final[Kept[tuple[Rulebook, Thesaurus]]] = Kept(most=2, seconds=BOOKS_AGE)


class _Desk:
    """What one process holds: its engine and the words of its index."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine
        self.lexicon = Lexicon()


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
    if (path := _redirect(ask, orders)) and not ask.is_literal:
        return Answer(redirect=path)
    by_name = ask.sort is Sort.NAME
    is_ranked = ask.sort is Sort.RELEVANCE
    moved = orders.moved if is_ranked else 0
    query = Query(
        filters=ask.filters,
        sort=Sort.RELEVANCE if by_name else ask.sort,
        on=ask.today,
        limit=MAX_HITS if by_name else min(max(RERANKED, ask.offset + ask.limit + moved), MAX_HITS),
    )
    try:
        found = seek(
            engine(),
            ask.text,
            query,
            lexicon=_desk().lexicon,
            thesaurus=thesaurus,
            is_literal=ask.is_literal,
        )
    except SearchUnavailableError as error:
        log.warning("search.unavailable", error=str(error))
        return answer_from_names(ask, ids_by_name(ask.text), is_degraded=True)
    if by_name:
        in_order = answer_from_names(ask, found.hits.ids)
        return replace(in_order, notes=found.notes)
    ids, counts = found.hits.ids, found.hits.counts
    if moved:
        ids, counts = _arranged(ask, orders, found)
    return Answer(
        ids=ids[ask.offset : ask.offset + ask.limit],
        counts=counts,
        notes=found.notes,
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


def _desk() -> _Desk:
    if not _current:
        raise RuntimeError("no search engine has been named")
    return _current[0]
