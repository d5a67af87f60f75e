"""Find products for words: what to ask an engine first, and what to ask when that finds nothing.

The ladder: the words with their marks; with any marks; without what was read out of them; mended
words; all but what can be given up. What was found holds when one of the first products is close to
what was asked. When only the reader's own filters leave nothing, nothing is the answer. A search asks
an engine six times at most.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from app.search.engine import Hits, Query, SearchEngine
from app.search.language.analysis import Slot
from app.search.language.synonyms import Thesaurus
from app.search.language.tokens import fold, words
from app.search.mending.lexicon import Lexicon
from app.search.mending.respelling import are_alike
from app.search.seeking.closeness import closeness, is_the_thing, opens_a_name
from app.search.seeking.fit import folded, is_known_thing
from app.search.seeking.giving_up import knows_all, lightened, pairs_slot, without_some
from app.search.seeking.ranking import rerank
from app.search.seeking.understanding import Understood, corrections, understand
from app.shop.catalogue.asking import Notes
from app.shop.catalogue.narrowing import Filters, Sort

TIME_LIMIT: Final = 1.0
MOST_ASKED: Final = 6
PROBED: Final = 50
FEW: Final = 3
MOST_MENDED: Final = 2
HALF_CLOSE: Final = 0.5
FAR_MORE: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What was found, the hits in their final order, and what was understood on the way."""

    hits: Hits
    understood: Understood
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True)
class _Found:
    """One rung of the ladder: what was understood, what of it was asked, and what an engine gave."""

    understood: Understood
    hits: Hits
    slots: tuple[Slot, ...] = ()
    notes: Notes = field(default_factory=Notes)
    is_loose: bool = False

    @property
    def total(self) -> int:
        return self.hits.total

    @cached_property
    def closeness(self) -> float:
        """How close the first hits are; marks count unless the letters alone were asked for."""
        return closeness(self.hits, self.slots, is_strict=not self.is_loose)

    @cached_property
    def opens_a_name(self) -> bool:
        """Tell whether a name begins with all that was asked for."""
        return opens_a_name(self.hits, self.slots)

    @property
    def is_close(self) -> bool:
        return self.closeness == 1


class _Asker:
    """Asks an engine, and knows how often and how long it may."""

    def __init__(self, engine: SearchEngine, query: Query) -> None:
        self._engine = engine
        self._query = query
        self._deadline = time.monotonic() + TIME_LIMIT
        self.is_probing = query.sort is not Sort.RELEVANCE
        self._left = MOST_ASKED - self.is_probing  # the order asked for comes last

    @property
    def filters(self) -> Filters:
        return self._query.filters

    @property
    def may_ask(self) -> bool:
        return self._left > 0 and time.monotonic() < self._deadline

    def ask(self, understood: Understood, *, is_free: bool = False) -> _Found:
        """Ask by relevance, so that an order by price shows the same products."""
        wanted = self._with_words(understood)
        if is_free:
            wanted = replace(wanted, filters=Filters())
        if self.is_probing or is_free:
            wanted = replace(wanted, sort=Sort.RELEVANCE, limit=PROBED, wants_counts=False)
        self._left -= 1
        return _Found(understood, self._engine.search(wanted), understood.slots)

    def in_order(self, found: _Found) -> Hits:
        """Give the hits in the order that was asked for."""
        if not found.total:
            return found.hits
        if self.is_probing:
            return self._engine.search(
                self._with_words(replace(found.understood, slots=found.slots))
            )
        hits = found.hits
        if not hits.facts:
            return hits
        return replace(hits, ids=rerank(hits.ids, hits.scores, hits.facts, found.slots))

    def _with_words(self, understood: Understood) -> Query:
        return replace(
            self._query,
            slots=understood.slots,
            pairs=understood.pairs,
            filters=understood.narrowed(self._query.filters),
        )


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
    typed = understand(text, thesaurus=thesaurus, is_literal=is_literal)
    typed = typed if is_literal else lightened(typed)
    if not typed.slots and not typed.readings:
        return Sought(hits=Hits(), understood=typed)  # no word in it: nothing, and not everything
    asker = _Asker(engine, query)
    found = _as_typed(asker, typed)
    if not is_literal and not found.hits.partial:
        found = _better(asker, found, lexicon, thesaurus)
    hits = asker.in_order(found)
    notes = replace(found.notes, readings=found.understood.readings, is_partial=found.hits.partial)
    return Sought(hits=hits, understood=found.understood, notes=notes)


def _as_typed(asker: _Asker, typed: Understood) -> _Found:
    """Find what has the marks as typed, else what has the letters."""
    strict = _strict(typed)
    found = asker.ask(strict)
    if found.total or found.hits.partial or strict.slots == typed.slots:
        return replace(found, understood=typed)
    return replace(asker.ask(typed), is_loose=True)


def _better(asker: _Asker, found: _Found, lexicon: Lexicon, thesaurus: Thesaurus) -> _Found:
    """Look for something better when nothing was found, or nothing close."""
    typed = found.understood
    if found.is_close and found.total > FEW:
        return _respelt(asker, found, lexicon, thesaurus) if found.is_loose else found
    narrowed = None if found.total else _for_filters(asker, typed)
    if narrowed is not None:
        return narrowed
    ways = corrections(typed, lexicon=lexicon, thesaurus=thesaurus)[:MOST_MENDED]
    mended = _mended(asker, ways)
    if mended is not None and _is_preferred(mended, found):
        return _said(mended, found)
    if mended is not None and mended.total >= FAR_MORE * found.total:
        return replace(found, notes=Notes(offered=mended.understood.text))
    if not found.is_close and not found.is_loose:
        found = _loosened(asker, found)
    is_enough = found.closeness == 1 if found.is_loose else found.closeness > 0
    return found if is_enough else _poorer(asker, found, lexicon, ways)


def _respelt(asker: _Asker, found: _Found, lexicon: Lexicon, thesaurus: Thesaurus) -> _Found:
    """Take what sounds or is spelt alike when that is right as it is written, and letters alone were found."""
    typed = words(found.understood.text)
    ways = corrections(found.understood, lexicon=lexicon, thesaurus=thesaurus)
    alike = [way for way in ways if are_alike(typed, words(way.text))]
    mended = _mended(asker, alike[:1])
    if mended is None or not mended.is_close:
        return found
    return _said(mended, found)


def _said(mended: _Found, found: _Found) -> _Found:
    """Say what was mended; other marks on the same letters need no word."""
    text = mended.understood.text
    is_other = found.total == 0 or fold(text) != fold(found.understood.text)
    return replace(mended, notes=Notes(corrected=text if is_other else ""))


def _loosened(asker: _Asker, found: _Found) -> _Found:
    """Take other marks on the same letters, when these are close and far more common."""
    if not found.total or not asker.may_ask or _strict(found.understood) == found.understood:
        return found
    other = replace(asker.ask(found.understood), is_loose=True)
    return other if other.is_close and other.total >= FAR_MORE * found.total else found


def _poorer(asker: _Asker, found: _Found, lexicon: Lexicon, ways: Sequence[Understood]) -> _Found:
    """Make do with less: neighbours that stand together in some text, or fewer words."""
    together = pairs_slot(found.understood.slots)
    if found.total and together is not None and asker.may_ask:
        slots = (*found.understood.slots, together)
        other = asker.ask(replace(found.understood, slots=slots))
        if other.total:
            return replace(other, understood=found.understood)
    known = [way for way in ways[:1] if knows_all(way, lexicon)]
    typed = found.understood
    for base in (typed, *known):
        for given_up, rest in without_some(base, lexicon):
            if not asker.may_ask:
                break
            if not _was_typed(given_up, typed):
                continue
            other = asker.ask(rest)
            if is_the_thing(other.hits, rest.slots):
                kept = rest.text if _says_more(rest, found.understood) else ""
                return replace(other, notes=Notes(corrected=kept, dropped=given_up))
    if together is None and not (found.is_loose and any(map(is_known_thing, found.slots))):
        return found  # one word, said in passing
    return replace(found, hits=Hits(generation=found.hits.generation))


def _was_typed(given_up: str, typed: Understood) -> bool:
    """Tell whether words that were given up are none that search made up itself."""
    return set(words(given_up)) <= {word for slot in typed.slots for word in words(slot.text)}


def _says_more(rest: Understood, typed: Understood) -> bool:
    """Tell whether mended words are among what was kept."""
    said = {word for slot in typed.slots for word in folded(slot)}
    return any(word not in said for slot in rest.slots for word in folded(slot))


def _for_filters(asker: _Asker, typed: Understood) -> _Found | None:
    """Tell whether filters alone leave nothing: the reader's stay, those read out of words can go."""
    if typed.readings and typed.slots and asker.may_ask:
        other = asker.ask(replace(typed, readings=()))
        if other.is_close:
            given_up = " ".join(dict.fromkeys(one.words for one in typed.readings))
            return replace(other, notes=Notes(dropped=given_up))
    if asker.filters != Filters() and asker.may_ask:
        free = asker.ask(replace(typed, readings=()), is_free=True)
        if free.is_close:
            return _Found(typed, Hits(generation=free.hits.generation))
    return None


def _mended(asker: _Asker, ways: Sequence[Understood]) -> _Found | None:
    """Find by the likeliest other writing, or by the next one when that is far more common."""
    best: _Found | None = None
    asked = [asker.ask(lightened(_strict(way))) for way in ways if asker.may_ask]
    for found in asked:
        if found.closeness >= HALF_CLOSE and (best is None or _beats(found, best)):
            best = found
    return best


def _beats(one: _Found, best: _Found) -> bool:
    """Prefer what opens a name, when both are close: trà hoa v is trà hoa vàng."""
    if one.closeness != best.closeness or one.opens_a_name == best.opens_a_name:
        return one.closeness >= best.closeness and one.total >= FAR_MORE * best.total
    return one.opens_a_name


def _is_preferred(mended: _Found, found: _Found) -> bool:
    """Prefer mended words to none, and to words that are close to nothing unless these find far more."""
    if not found.closeness:
        return True
    if found.is_loose and mended.closeness >= found.closeness and _are_alike(mended, found):
        return True
    return mended.is_close and not found.is_close and mended.total * FEW >= found.total


def _are_alike(one: _Found, other: _Found) -> bool:
    return are_alike(words(one.understood.text), words(other.understood.text))


def _strict(understood: Understood) -> Understood:
    return replace(understood, slots=tuple(slot.strict() for slot in understood.slots))
