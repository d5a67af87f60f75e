"""How good an answer is: nDCG, reciprocal rank, nothing found.

nDCG@10 counts a product of grade g as 2^g - 1, divided by log2(place + 1), against the best list
that the catalogue allows. When every product shown is fully relevant (grade 3) and the list stops
before ten, the best list stops after the fully relevant ones too: to show these and nothing else is
no fault, to leave one of them out is.

The reciprocal rank is that of the first product with the best grade that the query has at all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

from tests.search.judged.rules import BEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEPTH: Final = 10
TARGET_NDCG: Final = 0.95
TARGET_RANK: Final = 0.95
TARGET_NOTHING: Final = 0.01


def ndcg(shown: Sequence[int], grades: Mapping[int, int]) -> float:
    """Measure the first ten of an answer against the best possible ones."""
    got = [grades.get(one, 0) for one in shown[:DEPTH]]
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    if got and len(got) < DEPTH and all(one == BEST for one in got):
        best = [one for one in best if one == BEST]
    ideal = _gain(best)
    return _gain(got) / ideal if ideal else 0.0


def reciprocal_rank(shown: Sequence[int], grades: Mapping[int, int]) -> float:
    """Tell how early the first of the best products stands: 1, ½, ⅓ and so on."""
    best = max(grades.values(), default=0)
    for place, one in enumerate(shown, start=1):
        if best and grades.get(one, 0) == best:
            return 1 / place
    return 0.0


def _gain(grades: Sequence[int]) -> float:
    return math.fsum(
        (2**one - 1) / math.log2(place + 1) for place, one in enumerate(grades, start=1)
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one query gave. A query that must find nothing has no grades."""

    query: str
    kind: str
    ndcg: float
    rank: float
    shown: int
    must_be_empty: bool

    @property
    def is_wrongly_filled(self) -> bool:
        """Tell whether something was shown where nothing fits."""
        return self.must_be_empty and self.shown > 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of many outcomes."""

    queries: int
    ndcg: float
    rank: float
    nothing: float
    wrongly_filled: int

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Figures:
        """Average over the queries that have an answer, and count the others that got one."""
        asked = [one for one in outcomes if not one.must_be_empty]
        return cls(
            queries=len(outcomes),
            ndcg=fmean(one.ndcg for one in asked) if asked else 1.0,
            rank=fmean(one.rank for one in asked) if asked else 1.0,
            nothing=fmean(not one.shown for one in asked) if asked else 0.0,
            wrongly_filled=sum(one.is_wrongly_filled for one in outcomes),
        )

    @property
    def is_good(self) -> bool:
        """Tell whether all targets are met."""
        return (
            self.ndcg >= TARGET_NDCG
            and self.rank >= TARGET_RANK
            and self.nothing <= TARGET_NOTHING
            and not self.wrongly_filled
        )
