"""The last word on the order of hits: what a shopper would expect and word statistics do not see."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from app.search.analysis import Slot
from app.search.engine import Facts

# Shares of the best engine score. Words in the name outweigh marks, marks outweigh stars;
# "gạo" is rather a rice than a picture made of rice.
NAME_BONUS: Final = 0.30
HEAD_BONUS: Final = 0.15
MARKS_BONUS: Final = 0.12
STAR_BONUS: Final = 0.02
POPULAR_BONUS: Final = 0.01
MOST_STARS: Final = 5
MOST_POPULAR: Final = 1_000


def rerank(
    ids: Sequence[int],
    scores: Sequence[float],
    facts: Mapping[int, Facts],
    slots: tuple[Slot, ...],
) -> tuple[int, ...]:
    """Order the hits that have facts anew; the others stay behind them as they stood."""
    best = max(scores, default=0.0) or 1.0
    wanted = [slot for slot in slots if slot.required]
    scored = [
        (-(score + best * _bonus(facts[one], wanted)), one)
        for one, score in zip(ids, scores, strict=True)
        if one in facts
    ]
    rest = tuple(one for one in ids if one not in facts)
    return (*(one for _score, one in sorted(scored)), *rest)


def _bonus(hit: Facts, slots: list[Slot]) -> float:
    bonus = STAR_BONUS * min(hit.stars, MOST_STARS) / MOST_STARS
    bonus += POPULAR_BONUS * min(hit.popularity, MOST_POPULAR) / MOST_POPULAR
    if slots and all(_is_met(slot, hit.name_tokens) for slot in slots):
        bonus += NAME_BONUS
    if any(way.tokens[-1] in hit.head_tokens for slot in slots for way in slot.alternatives):
        bonus += HEAD_BONUS
    marked = [token for slot in slots for token in slot.exact]
    if marked:
        bonus += MARKS_BONUS * sum(token in hit.name_tokens for token in marked) / len(marked)
    return bonus


def _is_met(slot: Slot, tokens: Collection[str]) -> bool:
    return any(all(token in tokens for token in way.tokens) for way in slot.alternatives)
