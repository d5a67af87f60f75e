"""What ranking needs of a product as one line of bytes, for engines that keep it beside a document.

It is read two hundred times a search, so it is laid out to be split, and not to be small.
"""

import struct
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from app.search.documents import CONTEXT_WEIGHT, NAME_WEIGHT, SearchDocument
from app.search.engine import Facts

_HEAD = struct.Struct("<BHII")
MOST_POPULAR: Final = 65_535


class Packed(NamedTuple):
    """Facts of a product before a day is known: its stars count only while they are valid."""

    facts: Facts
    stars_from: int
    stars_until: int

    def on(self, day: int) -> Facts:
        """Give the facts on a day."""
        if not self.facts.stars or self.stars_from <= day <= self.stars_until:
            return self.facts
        return replace(self.facts, stars=0)


def day_number(day: date) -> int:
    """Number the days, so that a column can hold them."""
    return day.toordinal()


def star_days(document: SearchDocument) -> tuple[int, int]:
    """Give the days on which stars are valid, the first and the last, or zeros for never."""
    first, last = document.stars_from, document.stars_until
    if not document.stars or first is None or last is None or first > last:
        return 0, 0
    return day_number(first), day_number(last)


def pack(document: SearchDocument, weighted: Iterable[tuple[str, int]]) -> bytes:
    """Pack a document's facts; `weighted` are its weighted tokens, which are dear to make twice."""
    tokens = list(weighted)
    parts = (
        (token for token, weight in tokens if weight == NAME_WEIGHT),
        document.head_tokens(),
        (token for token, weight in tokens if weight == CONTEXT_WEIGHT),
    )
    first, last = star_days(document)
    popularity = max(0, min(document.popularity, MOST_POPULAR))
    head = _HEAD.pack(document.stars if last else 0, popularity, first, last)
    return head + "\n".join(" ".join(dict.fromkeys(part)) for part in parts).encode()


def unpack(data: bytes) -> Packed:
    """Give back what was packed."""
    stars, popularity, first, last = _HEAD.unpack_from(data)
    name, head, context = data[_HEAD.size :].decode().split("\n")
    facts = Facts(
        name_tokens=frozenset(name.split()),
        head_tokens=frozenset(head.split()),
        context_tokens=frozenset(context.split()),
        stars=stars,
        popularity=popularity,
    )
    return Packed(facts, first, last)
