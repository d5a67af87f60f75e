"""The last word on the order of hits: what a shopper would expect and word statistics do not see.

Every part is a share of one; the weights say what outweighs what. A name that is what was typed
stands first whatever else is true; then it counts how well each thing asked for is met (in the name,
as kind or place, in passing), whether the product is that thing or only has it in it, words beside
one another, marks, and short names. Stars and popularity only part what is equal otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from app.search.analysis import Alternative, Slot
from app.search.closeness import folded, is_place
from app.search.engine import Facts
from app.search.shapes import Shape, shape_of
from app.search.tokens import GIFT_TOKEN, is_code

WHOLE_NAME: Final = 3.0
WHOLE_MARKS: Final = 0.5
ENGINE: Final = 0.25
PLACED: Final = 0.9
ALL_IN_NAME: Final = 0.25
HEAD: Final = 0.45
BESIDE: Final = 0.4
BESIDE_ELSEWHERE: Final = 0.8
BEGINS: Final = 0.1
MARKS: Final = 0.15
BRIEF: Final = 0.08
STARS: Final = 0.02
POPULAR: Final = 0.01
MOST_STARS: Final = 5
MOST_POPULAR: Final = 1_000

IN_NAME: Final = 1.0
NAMED_PLACE: Final = 0.7  # "nhà làm Đồng Xanh" is not from Lâm Đồng
AS_KIND: Final = 0.55
IN_PASSING: Final = 0.1
OTHER_WORD: Final = 0.95
OTHER_MARKS: Final = 0.8
# How much it counts to stand first in the name, second, third …
NEAR: Final = (1.0, 0.45, 0.3, 0.2, 0.1)


def rerank(
    ids: Sequence[int],
    scores: Sequence[float],
    facts: Mapping[int, Facts],
    slots: tuple[Slot, ...],
) -> tuple[int, ...]:
    """Order the hits that have facts anew for what was asked; the others stay behind them as they stood."""
    best = max(scores, default=0.0) or 1.0
    wanted = tuple(slot for slot in slots if slot.required)
    typed = tuple(word for slot in slots for word in folded(slot))
    pairs = tuple(dict.fromkeys(_pairs(slots)))
    scored = [
        (-(ENGINE * score / best + _worth(facts[one], wanted, typed, pairs)), one)
        for one, score in zip(ids, scores, strict=True)
        if one in facts
    ]
    rest = tuple(one for one in ids if one not in facts)
    return (*(one for _score, one in sorted(scored)), *rest)


def _worth(
    hit: Facts,
    slots: tuple[Slot, ...],
    typed: tuple[str, ...],
    pairs: tuple[str, ...],
) -> float:
    many = max(len(slots), 1)
    worth = STARS * min(hit.stars, MOST_STARS) / MOST_STARS / many
    worth += POPULAR * min(hit.popularity, MOST_POPULAR) / MOST_POPULAR / many
    if not slots:
        return worth
    shape = shape_of(hit.head_tokens)
    met = [_met(slot, hit) for slot in slots]
    worth += PLACED * sum(met) / many
    things = [slot for slot in slots if not is_place(slot)]
    in_name = [
        slot for slot, share in zip(slots, met, strict=True) if share > AS_KIND and slot in things
    ]
    if things and len(in_name) == len(things):
        worth += ALL_IN_NAME
    worth += HEAD * max((_nearness(slot, shape) for slot in in_name), default=0.0)
    if pairs:
        met_pairs = sum(
            IN_NAME if pair in hit.name_tokens else BESIDE_ELSEWHERE
            for pair in pairs
            if pair in hit.name_tokens or pair in hit.context_tokens
        )
        worth += BESIDE * met_pairs / len(pairs)
    marked = [token for slot in slots for token in slot.exact]
    if marked:
        worth += MARKS * sum(token in hit.name_tokens for token in marked) / len(marked)
    if shape.vi:
        worth += BRIEF * min(1.0, len(typed) / len(shape.vi)) * len(in_name) / many
    if typed and shape.is_whole(typed):
        worth += WHOLE_NAME
        worth += WHOLE_MARKS * all(token in hit.name_tokens for token in marked)
    elif typed and shape.begins(typed):
        worth += BEGINS
    return worth


def _met(slot: Slot, hit: Facts) -> float:
    """Tell how well one thing asked for is met: by the best way, in the best part."""
    best = IN_PASSING
    in_name = NAMED_PLACE if is_place(slot) else IN_NAME
    for way in slot.alternatives:
        if hit.name_tokens.issuperset(way.tokens):
            best = max(best, in_name * _likeness(way, slot))
        elif hit.context_tokens.issuperset(way.tokens):
            is_origin = is_code(way.tokens[0]) and way.tokens[0] != GIFT_TOKEN
            best = max(best, (IN_NAME if is_origin else AS_KIND) * _likeness(way, slot))
    return best


def _likeness(way: Alternative, slot: Slot) -> float:
    """Tell how like what was typed a way is: the same, another word for it, other marks."""
    if way.is_loose:
        return OTHER_MARKS
    return 1.0 if way is slot.alternatives[0] else OTHER_WORD


def _nearness(slot: Slot, shape: Shape) -> float:
    best = 0.0
    for way in slot.alternatives:
        at = shape.place(way.tokens)
        if at is not None:
            near = NEAR[min(at, len(NEAR) - 1)]
            best = max(best, near * _likeness(way, slot))
    return best


def _pairs(slots: Sequence[Slot]) -> Iterator[str]:
    """Give neighbouring words that were asked for; what stands around a province is no neighbour."""
    things = [() if is_place(slot) else folded(slot) for slot in slots]
    for left, right in pairwise(things):
        if left and right:
            yield f"{left[-1]}_{right[0]}"
    for words in things:
        for one, other in pairwise(words):
            yield f"{one}_{other}"
