"""What ranking needs of a product as one line of bytes, for engines that keep it beside a document.

It is read a hundred times a search and more, so it is laid out to be split, and not to be small.
"""

import struct
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from app.search.documents import CONTEXT_WEIGHT, NAME_WEIGHT, SearchDocument
from app.search.engine import Facts

_HEAD = struct.Struct("<BHII")
MOST_POPULAR: Final = 65_535


class LateFacts(Facts):
    """Facts whose context is split when somebody asks for it: a name often says enough."""

    __slots__ = ("_context",)
    _context: str | frozenset[str]

    def __init__(self, texts: list[str], stars: int, popularity: int) -> None:
        """Take the tokens of name, head and context, each parted by spaces."""
        name, head, context = texts
        put = object.__setattr__  # facts are frozen
        put(self, "name_tokens", frozenset(name.split()))
        put(self, "head_tokens", frozenset(head.split()))
        put(self, "_context", context)
        put(self, "stars", stars)
        put(self, "popularity", popularity)

    @property
    def context_tokens(self) -> frozenset[str]:
        """Split once."""
        kept = self._context
        if isinstance(kept, str):
            kept = frozenset(kept.split())
            object.__setattr__(self, "_context", kept)
        return kept


class Packed(NamedTuple):
    """Facts of a product before a day is known: its stars count only while they are valid."""

    facts: Facts
    stars_from: int
    stars_until: int

    def on(self, day: int) -> Facts:
        """Give the facts on a day."""
        facts = self.facts
        if not facts.stars or self.stars_from <= day <= self.stars_until:
            return facts
        return Facts(
            name_tokens=facts.name_tokens,
            head_tokens=facts.head_tokens,
            context_tokens=facts.context_tokens,
            popularity=facts.popularity,
        )


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
    texts = data[_HEAD.size :].decode().split("\n")
    return Packed(LateFacts(texts, stars, popularity), first, last)
