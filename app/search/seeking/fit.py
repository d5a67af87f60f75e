"""How one product meets the things that were asked for: in which part, how, and next to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.search.engine import Facts
from app.search.language.analysis import Alternative, Slot, is_place
from app.search.language.shapes import Shape, Spot, shape_of
from app.search.language.tokens import GIFT_TOKEN, folded_word, is_code, words

IN_NAME: Final = 1.0
NAMED_PLACE: Final = 0.7  # "nhà làm Đồng Xanh" is not from Lâm Đồng
AS_KIND: Final = 0.55
IN_PASSING: Final = 0.1
OTHER_WORD: Final = 0.95
OTHER_MARKS: Final = 0.8
_WAYS_WITH_MARKS: Final = 2  # exact, and left out by whoever typed the product


@dataclass(frozen=True, slots=True)
class Met:
    """How one thing asked for is met: how well, in which part, and where in the names."""

    worth: float
    in_name: bool = False
    in_context: bool = False
    spots: tuple[Spot, ...] = ()

    @property
    def nearness(self) -> int | None:
        """Tell how far from what names the product it stands."""
        return min((spot.nearness for spot in self.spots), default=None)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a product meets all of it; `beside` says which neighbours in the query stand side by side."""

    facts: Facts
    shape: Shape
    met: tuple[Met, ...]
    beside: frozenset[int]

    def is_attached(self, at: int) -> bool:
        """Tell whether a thing stands beside one of those that were typed next to it."""
        return at in self.beside or at - 1 in self.beside


def fit(facts: Facts, slots: Sequence[Slot], *, is_strict: bool = False) -> Fit:
    """Look at a product for what was asked; strictly, other marks than those typed do not count."""
    shape = shape_of(facts.head_tokens)
    met = tuple(_met(slot, facts, shape, is_strict=is_strict) for slot in slots)
    beside = frozenset(
        at
        for at in range(len(slots) - 1)
        if _are_beside(facts, (slots[at], slots[at + 1]), (met[at], met[at + 1]))
    )
    return Fit(facts, shape, met, beside)


def is_known_thing(slot: Slot) -> bool:
    """Tell what search knows by itself, a place or a thing with other names, from any word."""
    if is_place(slot) or len(folded(slot)) > 1:
        return True
    ways = [way for way in slot.alternatives if not way.is_loose]
    return len(ways) > (_WAYS_WITH_MARKS if slot.exact else 1)


def folded(slot: Slot) -> tuple[str, ...]:
    """Give the folded words of a slot as it was typed."""
    return tuple(token for word in words(slot.text) if (token := folded_word(word)))


def _met(slot: Slot, facts: Facts, shape: Shape, *, is_strict: bool) -> Met:
    best, in_name, in_context = 0.0, False, False
    spots: list[Spot] = []
    named = NAMED_PLACE if is_place(slot) else IN_NAME
    for way in slot.alternatives:
        if is_strict and way.is_loose:
            continue
        likeness = _likeness(way, slot)
        if facts.name_tokens.issuperset(way.tokens):
            best, in_name = max(best, named * likeness), True
            spots += shape.spots(way.tokens)
        elif facts.context_tokens.issuperset(way.tokens):
            is_origin = is_code(way.tokens[0]) and way.tokens[0] != GIFT_TOKEN
            best, in_context = max(best, (IN_NAME if is_origin else AS_KIND) * likeness), True
    return Met(best or IN_PASSING, in_name, in_context, tuple(dict.fromkeys(spots)))


def _likeness(way: Alternative, slot: Slot) -> float:
    """Tell how like what was typed a way is: the same, another word for it, other marks."""
    if way.is_loose:
        return OTHER_MARKS
    return 1.0 if way is slot.alternatives[0] else OTHER_WORD


def _are_beside(facts: Facts, slots: tuple[Slot, Slot], met: tuple[Met, Met]) -> bool:
    one, other = met
    if any(left.touches(right) for left in one.spots for right in other.spots):
        return True
    left, right = folded(slots[0]), folded(slots[1])
    if not left or not right:
        return False
    pair = f"{left[-1]}_{right[0]}"
    return (one.in_name and other.in_name and pair in facts.name_tokens) or (
        one.in_context and other.in_context and pair in facts.context_tokens
    )


def live_pairs(fits: Iterable[Fit]) -> frozenset[int]:
    """Tell which neighbours of the query stand side by side anywhere: these belong together."""
    return frozenset(at for one in fits for at in one.beside)
