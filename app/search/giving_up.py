"""Which words to give up when nothing has them all: first what says least, then what nobody knows.

A name of two syllables is given up as one. Nothing is left that says nothing by itself: a number, or
words of which the catalogue knows none. When two things are unknown, none of this is sold here.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from app.search.analysis import Slot
from app.search.closeness import folded, is_place
from app.search.lexicon import Lexicon
from app.search.understanding import Understood

MOST_UNITS: Final = 8
SHORTEST: Final = 2
# What kind of firm somebody is; shoppers know the name and guess the rest.
FIRMS: Final = frozenset(
    {
        ("hop", "tac", "xa"),
        ("htx",),
        ("cong", "ty"),
        ("cong", "ty", "tnhh"),
        ("cong", "ty", "co", "phan"),
        ("cong", "ty", "cp"),
        ("ctcp",),
        ("tnhh",),
        ("ho", "kinh", "doanh"),
        ("co", "so"),
        ("co", "so", "san", "xuat"),
        ("to", "hop", "tac"),
        ("cooperative",),
        ("company",),
    }
)
_LONGEST_FIRM: Final = 4

_Unit = tuple[Slot, ...]


def without_some(understood: Understood, lexicon: Lexicon) -> Iterator[tuple[str, Understood]]:
    """Give what was given up with what is left, the best guess first."""
    units = _units(understood, lexicon)
    if not 1 < len(units) <= MOST_UNITS:
        return
    firms = [unit for unit in units if _words(unit) in FIRMS]
    strange = [unit for unit in units if not _is_known(unit, lexicon)]
    if len(strange) > 1:
        return
    rest = [unit for unit in reversed(units) if unit not in firms and unit not in strange]
    for given_up in (*firms, *(strange or rest)):
        left = [unit for unit in units if unit is not given_up]
        if strange and given_up not in strange:
            left = [unit for unit in left if unit not in strange]
        if not any(_says_something(unit) for unit in left):
            continue
        gone = [unit for unit in units if unit not in left]
        lost = [slot for unit in gone for slot in unit]
        text = " ".join(slot.text for slot in lost)
        slots = tuple(slot for slot in understood.slots if slot not in lost)
        yield text, replace(understood, slots=slots)


def _units(understood: Understood, lexicon: Lexicon) -> list[_Unit]:
    """Put words together that the catalogue has side by side, and those that name a kind of firm."""
    required = [slot for slot in understood.slots if slot.required]
    units: list[_Unit] = []
    at = 0
    while at < len(required):
        firm = next(
            (
                tuple(required[at : at + length])
                for length in range(_LONGEST_FIRM, 0, -1)
                if _words(tuple(required[at : at + length])) in FIRMS
            ),
            None,
        )
        unit = firm or (required[at],)
        before = units[-1] if units else ()
        if not firm and before and _words(before) not in FIRMS and _belong(before, unit, lexicon):
            units[-1] = (*before, *unit)
        else:
            units.append(unit)
        at += len(unit)
    return units


def _belong(before: _Unit, unit: _Unit, lexicon: Lexicon) -> bool:
    """Tell whether two words are one name: neighbours in the catalogue, and no synonyms or places."""
    last, first = before[-1], unit[0]
    if any(is_place(slot) or len(folded(slot)) != 1 for slot in (last, first)):
        return False
    return f"{folded(last)[0]}_{folded(first)[0]}" in lexicon.pairs


def _words(unit: _Unit) -> tuple[str, ...]:
    return tuple(word for slot in unit for word in folded(slot))


def _is_known(unit: _Unit, lexicon: Lexicon) -> bool:
    return (
        not lexicon.words
        or any(is_place(slot) or len(folded(slot)) > 1 for slot in unit)
        or all(word in lexicon.words for word in _words(unit))
    )


def _says_something(unit: _Unit) -> bool:
    return any(word.isalpha() and len(word) >= SHORTEST for word in _words(unit))
