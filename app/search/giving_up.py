"""Which words to give up when nothing has them all: first what says least, then what nobody knows.

A name of two syllables is given up as one. Nothing is left that says nothing by itself: a number, or
words of which the catalogue knows none. When two things are unknown, none of this is sold here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from app.search.analysis import Alternative, Slot
from app.search.fit import folded, is_known_thing, is_place
from app.search.lexicon import Lexicon
from app.search.understanding import Understood

MOST_UNITS: Final = 8
SHORTEST: Final = 3
THING: Final = 2
# Said of anything: what kind of firm somebody is, that it is a speciality, that one wants to buy.
PADDING: Final = frozenset(
    tuple(words.split())
    for words in (
        "hop tac xa", "htx", "cong ty", "cty", "cty tnhh", "cong ty tnhh", "cong ty co phan", "cong ty cp", "ctcp",
        "tnhh", "ho kinh doanh", "co so", "co so san xuat", "to hop tac", "cooperative", "company",
        "dac san", "san pham", "ocop", "san pham ocop", "mua", "muon mua", "can mua", "tim", "ban",
        "gia re", "chinh hang", "specialty", "speciality", "product", "buy", "best", "vietnamese",
    )
)  # fmt: skip
_LONGEST_PADDING: Final = 4

_Unit = tuple[Slot, ...]


def lightened(understood: Understood) -> Understood:
    """Require nothing of words that are said of anything, unless there are no others."""
    required = [slot for slot in understood.slots if slot.required]
    padding: set[int] = set()
    at = 0
    while at < len(required):
        length = _padding_at(required, at)
        padding |= {id(slot) for slot in required[at : at + length]}
        at += length or 1
    if not padding or len(padding) == len(required):
        return understood
    slots = tuple(
        replace(slot, required=False) if id(slot) in padding else slot for slot in understood.slots
    )
    return replace(understood, slots=slots)


def pairs_slot(slots: Iterable[Slot]) -> Slot | None:
    """Ask that two neighbours among the words stand together somewhere; none when there are no two."""
    pairs = [
        f"{folded(left)[-1]}_{folded(right)[0]}"
        for left, right in pairwise(slot for slot in slots if slot.required)
        if folded(left) and folded(right) and not (is_place(left) or is_place(right))
    ]
    ways = tuple(Alternative((pair,), 1.0) for pair in dict.fromkeys(pairs))
    return Slot("", ways) if ways else None


def without_some(understood: Understood, lexicon: Lexicon) -> Iterator[tuple[str, Understood]]:
    """Give what was given up with what is left, the best guess first; never more than is kept."""
    units = _units(understood, lexicon)
    if not 1 < len(units) <= MOST_UNITS:
        return
    strange = [unit for unit in units if not _is_known(unit, lexicon)]
    if len(strange) > 1:
        return
    words = [unit for unit in units if not is_known_thing(unit[0])]
    guesses = (strange,) if strange else (units[-1:], words, units[1:], units[:1])
    for gone in guesses:
        left = [unit for unit in units if unit not in gone]
        lost = [slot for unit in gone for slot in unit]
        allowed = _count(left) + (gone is words)  # a thing that is known may stand for three words
        if _count(gone) > allowed or not any(_says_something(unit) for unit in left):
            continue
        slots = tuple(slot for slot in understood.slots if slot not in lost)
        yield " ".join(slot.text for slot in lost), replace(understood, slots=slots)


def _units(understood: Understood, lexicon: Lexicon) -> list[_Unit]:
    """Put words together that the catalogue has side by side."""
    units: list[_Unit] = []
    for slot in understood.slots:
        if not slot.required:
            continue
        if units and _belong(units[-1], (slot,), lexicon):
            units[-1] = (*units[-1], slot)
        else:
            units.append((slot,))
    return units


def _padding_at(slots: list[Slot], at: int) -> int:
    """Count the slots that say nothing, from here on."""
    return next(
        (
            length
            for length in range(min(_LONGEST_PADDING, len(slots) - at), 0, -1)
            if _words(tuple(slots[at : at + length])) in PADDING
        ),
        0,
    )


def _belong(before: _Unit, unit: _Unit, lexicon: Lexicon) -> bool:
    """Tell whether two words are one name: neighbours in the catalogue, and no synonyms or places."""
    last, first = before[-1], unit[0]
    if any(is_place(slot) or len(folded(slot)) != 1 for slot in (last, first)):
        return False
    return f"{folded(last)[0]}_{folded(first)[0]}" in lexicon.pairs


def _words(unit: _Unit) -> tuple[str, ...]:
    return tuple(word for slot in unit for word in folded(slot))


def _count(units: Iterable[_Unit]) -> int:
    """Weigh units by their words; a name, or what search knows, is one thing whatever its length."""
    return sum(
        THING if len(unit) > 1 or is_known_thing(unit[0]) else len(folded(unit[0]))
        for unit in units
    )


def _is_known(unit: _Unit, lexicon: Lexicon) -> bool:
    return (
        not lexicon.words
        or any(is_place(slot) or len(folded(slot)) > 1 for slot in unit)
        or all(word in lexicon.words for word in _words(unit))
    )


def _says_something(unit: _Unit) -> bool:
    """Tell whether a unit can stand alone: "da" without marks is half of all things."""
    words = _words(unit)
    is_enough = len(unit) > 1 or is_known_thing(unit[0]) or len("".join(words)) >= SHORTEST
    return is_enough and any(word.isalpha() for word in words)
