"""The last word on the order of hits: what a shopper would expect and word statistics do not see."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from app.search.analysis import Slot

RERANKED: Final = 200

# Shares of the best engine score. Words in the name outweigh marks, marks outweigh stars;
# "gạo" is rather a rice than a picture made of rice.
NAME_BONUS: Final = 0.30
HEAD_BONUS: Final = 0.15
MARKS_BONUS: Final = 0.12
STAR_BONUS: Final = 0.02
POPULAR_BONUS: Final = 0.01
MOST_STARS: Final = 5
MOST_POPULAR: Final = 1_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """One hit as the engine scored it, with what the order depends on besides."""

    product_id: int
    score: float
    stars: int
    popularity: int
    name_tokens: Collection[str]
    head_tokens: Collection[str] = ()


def rerank(candidates: list[Candidate], slots: tuple[Slot, ...]) -> list[tuple[int, float]]:
    """Order candidates and give each its final score; equal ones stay in order of id."""
    best = max((candidate.score for candidate in candidates), default=0.0) or 1.0
    wanted = [slot for slot in slots if slot.required]
    scored = [(hit.product_id, hit.score + best * _bonus(hit, wanted)) for hit in candidates]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


def _bonus(hit: Candidate, slots: list[Slot]) -> float:
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
