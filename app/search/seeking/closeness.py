"""Whether products really answer what was asked, or only have all the words in them somewhere.

"mật o" meets a honey from Ô Loan word by word and means none of it: its words stand apart. A word is
at home in a product when it opens the name, stands beside another word that was asked for, or is one
that search knows (a synonym, a province).
"""

from collections.abc import Iterable
from typing import Final

from app.search.engine import Hits
from app.search.language.analysis import Slot, is_place
from app.search.language.shapes import shape_of
from app.search.seeking.fit import Fit, fit, folded, is_known_thing

LOOKED_AT: Final = 20


def closeness(hits: Hits, slots: Iterable[Slot], *, is_strict: bool = True) -> float:
    """Tell how close the closest of the first hits is, from 0 to 1; without facts nothing is doubted."""
    wanted = [slot for slot in slots if slot.required]
    if not hits.total:
        return 0.0
    fits = _fits(hits, wanted, is_strict=is_strict)
    return max((_share_at_home(one, wanted, is_strict=is_strict) for one in fits), default=1.0)


def is_the_thing(hits: Hits, slots: Iterable[Slot]) -> bool:
    """Tell whether one of the first hits is close and is a thing that was asked for, or made of it."""
    wanted = [slot for slot in slots if slot.required]
    return any(
        _share_at_home(one, wanted) == 1
        and _stands_together(one, wanted)
        and any(
            met.nearness == 0 or (met.in_name and is_known_thing(slot) and not is_place(slot))
            for slot, met in zip(wanted, one.met, strict=True)
        )
        for one in _fits(hits, wanted)
    )


def opens_a_name(hits: Hits, slots: Iterable[Slot]) -> bool:
    """Tell whether one of the first names begins with the words that were asked for."""
    typed = tuple(word for slot in slots for word in folded(slot))
    shapes = (
        shape_of(hits.facts[one].head_tokens) for one in hits.ids[:LOOKED_AT] if one in hits.facts
    )
    return any(shape.begins(typed) for shape in shapes)


def has_marks_of(hits: Hits, slots: list[Slot]) -> bool:
    """Tell whether one of the first hits is written as it was typed, with all the marks."""
    return any(all(met.in_name or met.in_context for met in one.met) for one in _fits(hits, slots))


def has_marks(slot: Slot) -> bool:
    """Tell whether a word was typed with marks; places have codes as well."""
    return bool(slot.exact) and not is_place(slot)


def near_slot(slot: Slot) -> Slot:
    """Ask for a thing where it is no mention in passing."""
    return slot.near(is_anywhere=may_be_address(slot))


def may_be_address(slot: Slot) -> bool:
    """Tell whether an address may be meant; it is not by the name of a thing that search knows."""
    return is_place(slot) or not is_known_thing(slot)


def _stands_together(found: Fit, slots: list[Slot]) -> bool:
    """Tell whether each thing that was asked for stands beside another one."""
    things = [at for at, slot in enumerate(slots) if not is_place(slot)]
    return len(things) == 1 or all(found.is_attached(at) for at in things)


def _fits(hits: Hits, slots: list[Slot], *, is_strict: bool = True) -> list[Fit]:
    return [
        fit(hits.facts[one], slots, is_strict=is_strict)
        for one in hits.ids[:LOOKED_AT]
        if one in hits.facts
    ]


def _share_at_home(found: Fit, slots: list[Slot], *, is_strict: bool = True) -> float:
    """Tell which share of the words is at home here; none when one is said in passing only."""
    if not slots:
        return 1.0
    if not all(met.in_name or met.in_context for met in found.met):
        return 0.0
    things = [at for at, slot in enumerate(slots) if not is_place(slot)]
    at_home = sum(_is_at_home(at, found, slots, is_strict=is_strict) for at in things)
    if things and not at_home:
        return 0.0
    return (at_home + len(slots) - len(things)) / len(slots)


def _is_at_home(at: int, found: Fit, slots: list[Slot], *, is_strict: bool) -> bool:
    met = found.met[at]
    if met.nearness == 0 or found.is_attached(at):
        return True
    if is_known_thing(slots[at]):  # "thanh long" in an address is no fruit
        return met.in_name or (is_strict and len(slots) == 1)
    return len(slots) == 1
