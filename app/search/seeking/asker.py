"""Asks an engine for one rung of the ladder after the other, and keeps what each of them gave."""

import time
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from app.search.engine import Hits, Query, SearchEngine
from app.search.language.analysis import Slot
from app.search.seeking.closeness import (
    LOOKED_AT,
    closeness,
    has_marks,
    may_be_address,
    near_slot,
    opens_a_name,
)
from app.search.seeking.fit import folded
from app.search.seeking.ranking import rerank
from app.search.seeking.understanding import Understood
from app.shop.catalogue.asking import Notes
from app.shop.catalogue.narrowing import Filters, Sort

FAR_MORE: Final = 10
TIME_LIMIT: Final = 1.0
MOST_ASKED: Final = 6


@dataclass(frozen=True)
class Found:
    """One rung of the ladder: what was understood, what of it was asked, and what an engine gave."""

    understood: Understood
    hits: Hits
    slots: tuple[Slot, ...] = ()
    notes: Notes = field(default_factory=Notes)
    is_loose: bool = False
    asked: tuple[Slot, ...] = ()
    is_probe: bool = False

    @property
    def total(self) -> int:
        """How many products were found."""
        return self.hits.total

    @cached_property
    def closeness(self) -> float:
        """How close the first hits are; marks count unless the letters alone were asked for."""
        return closeness(self.hits, self.slots, is_strict=not self.is_loose)

    @cached_property
    def opens_a_name(self) -> bool:
        """Tell whether a name begins with all that was asked for."""
        return opens_a_name(self.hits, self.slots)

    def is_far_less(self, other: "Found") -> bool:
        """Tell whether another one found ten times as much."""
        return other.total >= FAR_MORE * self.total

    @property
    def may_be_far_less(self) -> bool:
        """Tell whether anything could find ten times as much; what is common is dear to ask for."""
        return not self.hits.out_of or self.hits.out_of >= FAR_MORE * self.total

    @property
    def is_close(self) -> bool:
        """Tell whether one of the first hits is what was asked for."""
        return self.closeness == 1


class Asker:
    """Asks an engine, and knows how often and how long it may."""

    def __init__(self, engine: SearchEngine, query: Query, *, is_by_name: bool) -> None:
        """Take the question without its words."""
        self._engine = engine
        self._query = query
        self._deadline = time.monotonic() + TIME_LIMIT
        self.is_probing = is_by_name or query.sort is not Sort.RELEVANCE
        self._left = MOST_ASKED - 1  # what is shown is asked for last
        self._is_first = True

    @property
    def filters(self) -> Filters:
        """The filters that the reader chose."""
        return self._query.filters

    @property
    def may_ask(self) -> bool:
        """Tell whether there are questions and time left."""
        return self._left > 0 and time.monotonic() < self._deadline

    def ask(self, understood: Understood, *, is_free: bool = False) -> Found:
        """Ask by relevance, so that an order by price shows the same products.

        The first question is mostly the last, so it asks for all that is shown; others only probe.
        """
        wanted = self._with_words(understood)
        if is_free:
            wanted = replace(wanted, filters=Filters())
        is_probe = self.is_probing or not self._is_first
        if is_probe:
            wanted = replace(wanted, sort=Sort.RELEVANCE, limit=LOOKED_AT, wants_counts=False)
        self._left -= 1
        self._is_first = False
        hits = self._engine.search(wanted)
        return Found(understood, hits, understood.slots, is_probe=is_probe)

    def ask_loosely(self, typed: Understood) -> Found:
        """Ask for the letters alone; those of one syllable are found in any description by chance."""
        slots = typed.slots
        wanted = [slot for slot in slots if slot.required]
        if len(wanted) == 1 and has_marks(wanted[0]) and len(folded(wanted[0])) == 1:
            slots = tuple(slot.forgiving(is_anywhere=may_be_address(slot)) for slot in slots)
        found = self.ask(replace(typed, slots=slots))
        return replace(found, understood=typed, slots=typed.slots, is_loose=True, asked=slots)

    def in_order(self, found: Found) -> Hits:
        """Give the hits in the order that was asked for.

        A price or a name says nothing of what is meant: what has the words in its description alone
        would stand before what was searched, so it is left out when something is close.
        """
        if not found.total:
            return found.hits
        if self.is_probing:
            wanted = self._with_words(replace(found.understood, slots=found.asked or found.slots))
            if found.is_close and found.slots:
                near = tuple(map(near_slot, found.slots))
                hits = self._engine.search(replace(wanted, slots=near))
                if hits.total or hits.partial:  # an index of before has no near words
                    return hits
            return self._engine.search(wanted)
        hits = found.hits
        if found.is_probe:
            slots = found.asked or found.slots
            hits = self._engine.search(self._with_words(replace(found.understood, slots=slots)))
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
