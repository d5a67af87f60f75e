"""Pack what ranking needs of a product into few bytes, for engines that keep it beside a document.

A thousand letters of tokens become some two hundred bytes: the hash of a marked word is binary, and
of a pair of neighbouring words only the words are kept.
"""

import struct
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from app.search.documents import CONTEXT_WEIGHT, NAME_WEIGHT, SearchDocument
from app.search.engine import Facts

_HEAD = struct.Struct("<BHIIHHHHHH")
EXACT: Final = "e__"
HASH_BYTES: Final = 5
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
        return Facts(
            name_tokens=self.facts.name_tokens,
            head_tokens=self.facts.head_tokens,
            context_tokens=self.facts.context_tokens,
            popularity=self.facts.popularity,
        )


def day_number(day: date) -> int:
    """Number the days, so that a column can hold them."""
    return day.toordinal()


def pack(document: SearchDocument, weighted: Iterable[tuple[str, int]]) -> bytes:
    """Pack a document's facts; `weighted` are its weighted tokens, which are dear to make twice."""
    tokens = list(weighted)
    parts = [
        part
        for chosen in (
            [token for token, weight in tokens if weight == NAME_WEIGHT],
            document.head_tokens(),
            [token for token, weight in tokens if weight == CONTEXT_WEIGHT],
        )
        for part in _parts(chosen)
    ]
    first, last = star_days(document)
    head = _HEAD.pack(
        document.stars if last else 0,
        max(0, min(document.popularity, MOST_POPULAR)),
        first,
        last,
        *(len(part) for part in parts),
    )
    return head + b"".join(parts)


def star_days(document: SearchDocument) -> tuple[int, int]:
    """Give the days on which stars are valid, the first and the last, or zeros for never."""
    first, last = document.stars_from, document.stars_until
    if not document.stars or first is None or last is None or first > last:
        return 0, 0
    return day_number(first), day_number(last)


def unpack(data: bytes) -> Packed:
    """Give back what was packed."""
    stars, popularity, first, last, *lengths = _HEAD.unpack_from(data)
    parts, at = [], _HEAD.size
    for length in lengths:
        parts.append(data[at : at + length])
        at += length
    facts = Facts(
        name_tokens=_tokens(parts[0], parts[1]),
        head_tokens=_tokens(parts[2], parts[3]),
        context_tokens=_tokens(parts[4], parts[5]),
        stars=stars,
        popularity=popularity,
    )
    return Packed(facts, first, last)


def _parts(tokens: list[str]) -> tuple[bytes, bytes]:
    """Split tokens into runs of words, whose neighbours are pairs, and hashes of marked words."""
    marked = [token for token in tokens if "_" in token]
    hashes = dict.fromkeys(token for token in marked if _is_hash(token))
    pairs = set(marked).difference(hashes)
    plain = [token for token in tokens if "_" not in token]
    runs, implied = plain[:1], set[str]()
    for left, right in pairwise(plain):
        pair = f"{left}_{right}"
        runs.append(f" {right}" if pair in pairs else f"\n{right}")
        implied.add(pair)
    text = "".join(runs + [f"\n{pair}" for pair in sorted(pairs - implied)]).removeprefix("\n")
    return text.encode(), bytes.fromhex("".join(token[len(EXACT) :] for token in hashes))


def _tokens(text: bytes, hashes: bytes) -> frozenset[str]:
    found: list[str] = []
    for run in text.decode().split("\n"):
        words = run.split(" ")
        found += words
        if len(words) > 1:
            found += map("_".join, pairwise(words))
    digits = hashes.hex()
    found += [
        EXACT + digits[at : at + HASH_BYTES * 2] for at in range(0, len(digits), HASH_BYTES * 2)
    ]
    return frozenset(found if text else found[1:])


def _is_hash(token: str) -> bool:
    return token.startswith(EXACT) and len(token) == len(EXACT) + HASH_BYTES * 2
