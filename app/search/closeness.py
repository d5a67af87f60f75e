"""Whether a product really answers what was asked, or only has all the words in it somewhere.

"mật o" meets a honey from Ô Loan word by word and means none of it: its words stand apart. A word is
at home in a product when it opens the name, stands beside another word that was asked for, or is one
that search knows (a synonym, a province).
"""

from collections.abc import Iterable
from typing import Final

from app.search.analysis import Slot
from app.search.engine import Facts, Hits
from app.search.shapes import Shape, shape_of
from app.search.tokens import folded_word, is_code, words

LOOKED_AT: Final = 20


def is_answered(hits: Hits, slots: Iterable[Slot]) -> bool:
    """Tell whether one of the first hits is close to what was asked; without facts nothing is doubted."""
    wanted = [slot for slot in slots if slot.required]
    seen = [hits.facts[one] for one in hits.ids[:LOOKED_AT] if one in hits.facts]
    return not seen or any(is_close(hit, wanted) for hit in seen)


def is_close(hit: Facts, slots: list[Slot]) -> bool:
    """Tell whether each thing asked for is said in the name or of its origin, and is at home there."""
    shape = shape_of(hit.head_tokens)
    every = hit.name_tokens | hit.context_tokens
    places = [_place(slot, shape) for slot in slots]
    for at, slot in enumerate(slots):
        if not any(every.issuperset(way.tokens) for way in slot.alternatives if not way.is_loose):
            return False
        if is_place(slot) or len(slot.alternatives) > _ways_of_a_word(slot) or places[at] == 0:
            continue
        if len(slots) > 1 and not _is_beside(at, slots, places, every):
            return False
    return True


def is_place(slot: Slot) -> bool:
    """Tell a province or a gift from a word."""
    return any(is_code(way.tokens[0]) for way in slot.alternatives)


def folded(slot: Slot) -> tuple[str, ...]:
    """Give the folded words of a slot as it was typed."""
    return tuple(token for word in words(slot.text) if (token := folded_word(word)))


def _ways_of_a_word(slot: Slot) -> int:
    """Count the ways to meet a word that search does not know: exact, bare, loose."""
    return 1 if not slot.exact else 3 + (len(slot.alternatives) == 4)  # noqa: PLR2004


def _place(slot: Slot, shape: Shape) -> int | None:
    places = [
        found
        for way in slot.alternatives
        if not way.is_loose and (found := shape.place(way.tokens)) is not None
    ]
    return min(places, default=None)


def _is_beside(at: int, slots: list[Slot], places: list[int | None], every: frozenset[str]) -> bool:
    own = folded(slots[at])
    for other in (at - 1, at + 1):
        if not 0 <= other < len(slots):
            continue
        theirs = folded(slots[other])
        left, right = (theirs, own) if other < at else (own, theirs)
        if left and right and f"{left[-1]}_{right[0]}" in every:
            return True
        mine, near = places[at], places[other]
        if mine is not None and near is not None and abs(mine - near) <= max(len(own), len(theirs)):
            return True
    return False
