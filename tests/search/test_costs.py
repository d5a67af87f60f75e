"""No text makes a search dear: what it costs is bounded, whatever stands in the box (S29)."""

from __future__ import annotations

import random
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest

from tests.hammer.hostile import QUERIES
from tests.search.conftest import LEXICON, found

if TYPE_CHECKING:
    from app.search.engines.embedded import WhooshEngine

STRINGS: Final = 300
MOST_SECONDS: Final = 0.3
MOST_CHARS: Final = 200
LETTERS: Final = "abcdeghiklmnopqrstuvxy"


def cost(shelf: WhooshEngine, text: str) -> float:
    """Search, and tell the processor time; the machine may be busy."""
    began = time.thread_time()
    found(shelf, text, limit=200)
    return time.thread_time() - began


def made_up(number: int) -> str:
    """Words of the catalogue glued, swapped, cut short and strung together, or none of its words."""
    chance = random.Random(number)  # noqa: S311 - repeatable
    known = sorted(LEXICON.words)
    words = [chance.choice(known) for _ in range(20)]
    ways = (
        "".join(words),
        " ".join(words),
        " ".join(_swapped(word, chance) for word in words),
        " ".join(f"{one}{_swapped(other, chance)}" for one, other in pairwise(words)),
        " ".join(word[: chance.randrange(1, 4)] for word in words),
        " ".join("".join(chance.choices(LETTERS, k=10)) for _ in words),
    )  # fmt: skip
    return ways[number % len(ways)][:MOST_CHARS]


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


@pytest.fixture
def warm(shelf: WhooshEngine) -> WhooshEngine:
    """An index in a process that has mended a word before: some tables are made only then."""
    found(shelf, "chee trae")
    return shelf


@pytest.mark.parametrize("name", QUERIES)
def test_a_hostile_text_is_cheap_however_long(warm: WhooshEngine, name: str) -> None:
    """Nothing is read beyond 200 characters and 16 words."""
    assert cost(warm, QUERIES[name]) < MOST_SECONDS


def test_words_that_must_be_mended_are_cheap(warm: WhooshEngine) -> None:
    """The dearest of many is meant: it is what an enemy would send."""
    costs = [(cost(warm, text), text) for text in map(made_up, range(STRINGS))]

    assert max(costs)[0] < MOST_SECONDS, max(costs)
