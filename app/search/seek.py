"""Find products for words: what to ask an engine first, and what to ask when that finds nothing.

The ladder: the words with their marks; with any marks; mended words; all but one of them.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.search.engine import Hits, Query, SearchEngine
from app.search.lexicon import Lexicon
from app.search.ranking import rerank
from app.search.synonyms import Thesaurus
from app.search.understanding import Understood, corrections, understand
from app.shop.catalogue.asking import Notes

MOST_WORDS_RELAXED = 8
TIME_LIMIT = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What was found, the hits in their final order, and what was understood on the way."""

    hits: Hits
    understood: Understood
    notes: Notes = field(default_factory=Notes)


def seek(
    engine: SearchEngine,
    text: str,
    query: Query,
    *,
    lexicon: Lexicon,
    thesaurus: Thesaurus,
    is_literal: bool = False,
) -> Sought:
    """Find products for a text; `query` says filters, order, day and length, and has no words yet.

    Raises `SearchUnavailableError` when there is no readable index.
    """
    deadline = time.monotonic() + TIME_LIMIT
    typed = understand(text, thesaurus=thesaurus, is_literal=is_literal)
    if not typed.slots and not typed.readings:
        return Sought(hits=Hits(), understood=typed)  # no word in it: nothing, and not everything
    hits = _find(engine, typed, query)
    if hits.total or hits.partial or is_literal:
        return _sought(hits, typed, Notes())
    mended = corrections(typed, lexicon=lexicon, thesaurus=thesaurus)
    for other in mended:
        if time.monotonic() > deadline:
            break
        hits = _find(engine, other, query)
        if hits.total:
            return _sought(hits, other, Notes(corrected=other.text))
    for given_up, rest in _without_one(typed):
        if time.monotonic() > deadline:
            break
        hits = _find(engine, rest, query)
        if hits.total:
            return _sought(hits, rest, Notes(dropped=given_up))
    return _sought(hits, typed, Notes())


def _find(engine: SearchEngine, understood: Understood, query: Query) -> Hits:
    """Find what has the marks as typed, else what has the letters; ordered for the last time."""
    wanted = replace(query, filters=understood.narrowed(query.filters), pairs=understood.pairs)
    strict = tuple(slot.strict() for slot in understood.slots)
    hits = engine.search(replace(wanted, slots=strict))
    if not hits.total and not hits.partial and strict != understood.slots:
        hits = engine.search(replace(wanted, slots=understood.slots))
    if not hits.facts:
        return hits
    return replace(hits, ids=rerank(hits.ids, hits.scores, hits.facts, understood.slots, understood.text))


def _sought(hits: Hits, understood: Understood, notes: Notes) -> Sought:
    notes = replace(notes, readings=understood.readings, is_partial=hits.partial)
    return Sought(hits=hits, understood=understood, notes=notes)


def _without_one(understood: Understood) -> Iterator[tuple[str, Understood]]:
    """Give up one word after the other, from the end; a Vietnamese name says first what it is."""
    required = [slot for slot in understood.slots if slot.required]
    if not 1 < len(required) <= MOST_WORDS_RELAXED:
        return
    for given_up in reversed(required):
        rest = tuple(slot for slot in understood.slots if slot is not given_up)
        yield given_up.text, replace(understood, slots=rest)
