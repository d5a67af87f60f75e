"""Find products for words: what to ask an engine first, and what to ask when that finds nothing.

The ladder: the words with their marks; with any marks; without what was read out of them; mended
words; all but what can be given up. What was found holds when one of the first products is close to
what was asked. When only the reader's own filters leave nothing, nothing is the answer. A search asks
an engine six times at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.search.engine import Hits, Query, SearchEngine
from app.search.language.synonyms import Thesaurus
from app.search.language.tokens import fold, words
from app.search.mending.lexicon import Lexicon
from app.search.mending.respelling import are_alike
from app.search.seeking.asker import Asker, Found
from app.search.seeking.closeness import (
    has_marks,
    has_marks_of,
    is_the_thing,
)
from app.search.seeking.fit import folded, is_known_thing
from app.search.seeking.giving_up import knows_all, lightened, pairs_slot, without_some
from app.search.seeking.understanding import Understood, corrections, understand
from app.shop.catalogue.asking import Notes
from app.shop.catalogue.narrowing import Filters

FEW: Final = 3
MOST_MENDED: Final = 2
HALF_CLOSE: Final = 0.5


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
    is_by_name: bool = False,
) -> Sought:
    """Find products for a text; `query` says filters, order, day and length, and has no words yet.

    `is_by_name` says that all of it will be ordered by name afterwards.
    Raises `SearchUnavailableError` when there is no readable index.
    """
    typed = understand(text, thesaurus=thesaurus, is_literal=is_literal)
    typed = typed if is_literal else lightened(typed)
    if not typed.slots and not typed.readings:
        return Sought(hits=Hits(), understood=typed)  # no word in it: nothing, and not everything
    asker = Asker(engine, query, is_by_name=is_by_name)
    found = _as_typed(asker, typed)
    if not is_literal and not found.hits.partial:
        found = _better(asker, found, lexicon, thesaurus)
    hits = asker.in_order(found)
    notes = replace(
        found.notes,
        readings=found.understood.readings,
        is_partial=found.hits.partial or hits.partial,
        left_out=max(found.total - hits.total, 0) if asker.is_probing else 0,
    )
    return Sought(hits=hits, understood=found.understood, notes=notes)


def _as_typed(asker: Asker, typed: Understood) -> Found:
    """Find what has the marks as typed, else what has the letters."""
    strict = _strict(typed)
    found = asker.ask(strict)
    if found.total or found.hits.partial or strict.slots == typed.slots:
        return replace(found, understood=typed)
    found = asker.ask_loosely(typed)
    return replace(found, notes=Notes(alike=_spelt_otherwise(found)))


def _spelt_otherwise(found: Found) -> str:
    """Give the words whose marks none of the first hits has; nothing when one has them all."""
    marked = [slot for slot in found.slots if slot.required and has_marks(slot)]
    if not found.total or not marked or has_marks_of(found.hits, marked):
        return ""
    return " ".join(slot.text for slot in marked)


def _better(asker: Asker, found: Found, lexicon: Lexicon, thesaurus: Thesaurus) -> Found:
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
    if mended is not None and found.is_far_less(mended):
        return replace(found, notes=replace(found.notes, offered=mended.understood.text))
    if not found.is_close and not found.is_loose:
        found = _loosened(asker, found)
    is_enough = found.closeness == 1 if found.is_loose else found.closeness > 0
    return found if is_enough else _poorer(asker, found, lexicon, ways)


def _respelt(asker: Asker, found: Found, lexicon: Lexicon, thesaurus: Thesaurus) -> Found:
    """Take what sounds or is spelt alike when that is right as it is written, and letters alone were found."""
    typed = words(found.understood.text)
    ways = corrections(found.understood, lexicon=lexicon, thesaurus=thesaurus)
    alike = [way for way in ways if are_alike(typed, words(way.text))]
    mended = _mended(asker, alike[:1])
    if mended is None or not mended.is_close:
        return found
    return _said(mended, found)


def _said(mended: Found, found: Found) -> Found:
    """Say what was mended; of other marks on the same letters, that they are others."""
    text = mended.understood.text
    is_other = found.total == 0 or fold(text) != fold(found.understood.text)
    return replace(
        mended, notes=Notes(corrected=text) if is_other else Notes(alike=found.notes.alike)
    )


def _loosened(asker: Asker, found: Found) -> Found:
    """Take other marks on the same letters, when these are close and far more common."""
    is_alone = not found.total or not found.may_be_far_less
    if is_alone or not asker.may_ask or _strict(found.understood) == found.understood:
        return found
    other = asker.ask_loosely(found.understood)
    return other if other.is_close and found.is_far_less(other) else found


def _poorer(asker: Asker, found: Found, lexicon: Lexicon, ways: Sequence[Understood]) -> Found:
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
    return replace(found, hits=Hits(generation=found.hits.generation), notes=Notes())


def _was_typed(given_up: str, typed: Understood) -> bool:
    """Tell whether words that were given up are none that search made up itself."""
    return set(words(given_up)) <= {word for slot in typed.slots for word in words(slot.text)}


def _says_more(rest: Understood, typed: Understood) -> bool:
    """Tell whether mended words are among what was kept."""
    said = {word for slot in typed.slots for word in folded(slot)}
    return any(word not in said for slot in rest.slots for word in folded(slot))


def _for_filters(asker: Asker, typed: Understood) -> Found | None:
    """Tell whether filters alone leave nothing: the reader's stay, those read out of words can go."""
    if typed.readings and typed.slots and asker.may_ask:
        other = asker.ask(replace(typed, readings=()))
        if other.is_close:
            given_up = " ".join(dict.fromkeys(one.words for one in typed.readings))
            return replace(other, notes=Notes(dropped=given_up))
    if asker.filters != Filters() and asker.may_ask:
        free = asker.ask(replace(typed, readings=()), is_free=True)
        if free.is_close:
            return Found(typed, Hits(generation=free.hits.generation))
    return None


def _mended(asker: Asker, ways: Sequence[Understood]) -> Found | None:
    """Find by the likeliest other writing, or by the next one when that is far more common."""
    best: Found | None = None
    for way in ways:
        if not asker.may_ask or (best is not None and _is_unbeatable(best)):
            break
        found = asker.ask(lightened(_strict(way)))
        if found.closeness >= HALF_CLOSE and (best is None or _beats(found, best)):
            best = found
    return best


def _beats(one: Found, best: Found) -> bool:
    """Prefer what opens a name, when both are close: trà hoa v is trà hoa vàng."""
    if one.closeness != best.closeness or one.opens_a_name == best.opens_a_name:
        return one.closeness >= best.closeness and best.is_far_less(one)
    return one.opens_a_name


def _is_unbeatable(best: Found) -> bool:
    """Tell what no other way could beat: it opens a name, and nothing is far more common."""
    return best.opens_a_name and not best.may_be_far_less


def _is_preferred(mended: Found, found: Found) -> bool:
    """Prefer mended words to none, and to words that are close to nothing unless these find far more."""
    if not found.closeness:
        return True
    if found.is_loose and mended.closeness >= found.closeness and _are_alike(mended, found):
        return True
    return mended.is_close and not found.is_close and mended.total * FEW >= found.total


def _are_alike(one: Found, other: Found) -> bool:
    return are_alike(words(one.understood.text), words(other.understood.text))


def _strict(understood: Understood) -> Understood:
    return replace(understood, slots=tuple(slot.strict() for slot in understood.slots))
