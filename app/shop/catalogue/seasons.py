"""Which kinds of goods are harvested or made in which month: general knowledge, not a producer's word."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "data" / "seasons.json"


@dataclass(frozen=True, slots=True)
class Season:
    """A kind of goods: the criteria sets it may stand in, words of its slugs, and its months.

    Without words it is every product of its sets.
    """

    sets: tuple[str, ...]
    words: tuple[str, ...]
    months: frozenset[int]


def in_season(month: int) -> list[Season]:
    """List the kinds that are in season in a month from 1 to 12."""
    return [one for one in seasons() if month in one.months]


@cache
def seasons() -> list[Season]:
    """List every kind whose season is known."""
    kinds = json.loads(FILE.read_text(encoding="utf-8"))["kinds"]
    return [
        Season(tuple(one["sets"]), tuple(one["words"]), frozenset(one["months"])) for one in kinds
    ]
