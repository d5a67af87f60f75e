"""The last word on the order of hits: what a shopper would expect and word statistics do not see.

Every part is a share of one; the weights say what outweighs what. A name that is what was typed
stands first whatever else is true; then it counts how well each thing asked for is met (in the name,
as kind or place, in passing), whether the product is that thing or only has it in it, words beside
one another, marks, and short names. Stars and popularity only part what is equal otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.search.engine import Facts
from app.search.language.analysis import Slot, is_place
from app.search.seeking.fit import Fit, fit, folded, is_known_thing, live_pairs

WHOLE_NAME: Final = 3.0
WHOLE_MARKS: Final = 0.5
ENGINE: Final = 0.25
PLACED: Final = 0.9
ALL_IN_NAME: Final = 0.25
GIFT: Final = 1.0  # "coffee gift set": the boxes first, then the coffee
HEAD: Final = 0.45
BESIDE: Final = 0.3
BEGINS: Final = 0.1
MARKS: Final = 0.15
BRIEF: Final = 0.08
STARS: Final = 0.02
POPULAR: Final = 0.01
MOST_STARS: Final = 5
MOST_POPULAR: Final = 1_000
# What words that belong together are worth apart: "mộc nhĩ" of Bảo Châu is not from Mộc Châu.
APART: Final = 0.4
# How much it counts to stand first in the name, second, third …
NEAR: Final = (1.0, 0.45, 0.3, 0.2, 0.1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked: things, the words as typed, marks, and which neighbours belong together."""

    slots: tuple[Slot, ...]
    typed: tuple[str, ...]
    marks: tuple[str, ...]
    places: frozenset[int]
    known: frozenset[int]
    together: frozenset[int]


def rerank(
    ids: Sequence[int],
    scores: Sequence[float],
    facts: Mapping[int, Facts],
    slots: tuple[Slot, ...],
) -> tuple[int, ...]:
    """Order the hits that have facts anew for what was asked; the others stay behind them as they stood."""
    best = max(scores, default=0.0) or 1.0
    wanted = tuple(slot for slot in slots if slot.required)
    gifts = tuple(slot for slot in slots if not slot.required and is_place(slot))
    fits = {one: fit(facts[one], wanted) for one in ids if one in facts}
    asked = _Asked(
        wanted,
        tuple(word for slot in slots for word in folded(slot)),
        tuple(token for slot in wanted for token in slot.exact),
        frozenset(at for at, slot in enumerate(wanted) if is_place(slot)),
        frozenset(at for at, slot in enumerate(wanted) if is_known_thing(slot)),
        live_pairs(fits.values()),
    )
    scored = [
        (-(ENGINE * score / best + _worth(fits[one], asked) + _as_gift(facts[one], gifts)), one)
        for one, score in zip(ids, scores, strict=True)
        if one in fits
    ]
    rest = tuple(one for one in ids if one not in fits)
    return (*(one for _score, one in sorted(scored)), *rest)


def _as_gift(facts: Facts, gifts: tuple[Slot, ...]) -> float:
    """Prefer what calls itself a gift, when any good would do as one."""
    return GIFT * any(met.in_name for met in fit(facts, gifts).met) if gifts else 0.0


def _worth(hit: Fit, asked: _Asked) -> float:
    many = max(len(asked.slots), 1)
    worth = STARS * min(hit.facts.stars, MOST_STARS) / MOST_STARS / many
    worth += POPULAR * min(hit.facts.popularity, MOST_POPULAR) / MOST_POPULAR / many
    if not asked.slots:
        return worth
    apart = frozenset(at for at in range(many) if _is_apart(at, hit, asked))
    worth += (
        PLACED
        * sum(one.worth * (APART if at in apart else 1.0) for at, one in enumerate(hit.met))
        / many
    )
    things = [at for at in range(many) if at not in asked.places]
    named = [at for at in things if hit.met[at].in_name and at not in apart]
    if things and len(named) == len(things):
        worth += ALL_IN_NAME
    worth += HEAD * max((_nearness(hit, at) for at in named), default=0.0)
    if asked.together:
        worth += BESIDE * len(hit.beside & asked.together) / len(asked.together)
    if asked.marks:
        worth += MARKS * _share(asked.marks, hit.facts.name_tokens)
    if hit.shape.vi:
        worth += BRIEF * min(1.0, len(asked.typed) / len(hit.shape.vi)) * len(named) / many
    return worth + _for_the_whole_name(hit, asked)


def _is_apart(at: int, hit: Fit, asked: _Asked) -> bool:
    """Tell whether a word belongs to a neighbour and stands without it here."""
    belongs = at in asked.together or at - 1 in asked.together
    return belongs and at not in asked.known and not hit.is_attached(at)


def _nearness(hit: Fit, at: int) -> float:
    place = hit.met[at].nearness
    return 0.0 if place is None else NEAR[min(place, len(NEAR) - 1)] * hit.met[at].worth


def _for_the_whole_name(hit: Fit, asked: _Asked) -> float:
    if asked.typed and hit.shape.is_whole(asked.typed):
        return WHOLE_NAME + WHOLE_MARKS * _share(asked.marks, hit.facts.name_tokens)
    return BEGINS if asked.typed and hit.shape.begins(asked.typed) else 0.0


def _share(tokens: tuple[str, ...], among: frozenset[str]) -> float:
    return sum(token in among for token in tokens) / len(tokens) if tokens else 1.0
