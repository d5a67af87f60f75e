"""What a list is narrowed and ordered by, and the counts beside each choice: plain values, no database.

Two answer with them: the database (`facets`) for lists, a search engine (`app.search`) for words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

# Up to 100.000 ₫, 100.000 to 200.000 ₫ and so on; both ends belong to a range.
PRICE_EDGES: Final = (100_000, 200_000, 500_000)
PRICE_RANGES: Final[tuple[tuple[int | None, int | None], ...]] = (
    (None, 100_000),
    (100_000, 200_000),
    (200_000, 500_000),
    (500_000, None),
)
STARS: Final = (5, 4, 3)
# What people in Vietnam take along as a present: tea, coffee, honey, spirits, crafts, brocade.
GIFT_SETS: Final = ("04", "11", "12", "13", "15", "21", "22")


class Sort(StrEnum):
    """How a list is ordered."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    PRICE_ASC = "price_asc"
    PRICE_DESC = "price_desc"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What narrows a list: codes and numbers, already known to exist."""

    sets: tuple[str, ...] = ()
    province: str | None = None
    star: int | None = None
    star_min: int | None = None
    producer_id: int | None = None
    price_min: int | None = None
    price_max: int | None = None
    # The goods of one place, a showroom's shelf or a village's: none means everywhere.
    only: tuple[int, ...] | None = None
    # Product ids that a text matched, best first; none when there is no text.
    matched: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many products each choice leaves; categories are counted by their sets."""

    total: int = 0
    sets: dict[str, int] = field(default_factory=dict)
    provinces: dict[str, int] = field(default_factory=dict)
    stars: dict[int, int] = field(default_factory=dict)
    prices: dict[tuple[int | None, int | None], int] = field(default_factory=dict)


def add_step(prices: dict[tuple[int | None, int | None], int], step: int, number: int) -> None:
    """Add what stands on a step of price to the ranges that hold it; an edge is in the two beside it.

    Steps number the stretches between the edges and the edges themselves: 0 below the first, 1 at it.
    """
    for at, edges in enumerate(PRICE_RANGES):
        if 2 * at - 1 <= step <= 2 * at + 1:
            prices[edges] = prices.get(edges, 0) + number
