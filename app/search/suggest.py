"""Finish what a shopper began to type, from a list in memory; neither index nor database is asked.

Every word typed must begin a word of the name, in any order and not side by side: `che tuyet` finds
"Chè Shan tuyết". Marks are not needed; those that were typed are preferred.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from app.search.analysis import MAX_QUERY_CHARS, fold, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SUGGESTIONS: Final = 8
MOST_OF_A_KIND: Final = 3
MOST_PRODUCTS: Final = 4
MOST_ENTRIES: Final = 60_000
MAX_CANDIDATES: Final = 400
WORDS_INDEXED: Final = 12
WORDS_TYPED: Final = 8
PRODUCT: Final = "product"
_WORD: Final = re.compile(r"[^\W_]+")

Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that may be suggested; a heavier one comes first.

    `target` is what its page is found by, `note` what is said beside its kind, and entries with one
    `group` (a product's names) are offered once.
    """

    text: str
    kind: str
    lang: str = ""
    weight: int = 0
    target: str = ""
    note: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box; `pieces` tell which parts of the text were typed."""

    text: str
    kind: str
    lang: str
    target: str = ""
    note: str = ""
    pieces: tuple[Piece, ...] = ()


class SuggestionList:
    """The words of all entries in order, each with the entries that hold it, the heaviest first."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Sort once."""
        self._entries: list[Entry] = []
        holders: dict[str, array[int]] = {}
        beginners: dict[str, array[int]] = {}
        seen: set[tuple[str, str]] = set()
        heaviest = sorted(entries, key=lambda entry: (-entry.weight, len(entry.text), entry.text))
        for entry in islice(heaviest, MOST_ENTRIES):
            parts = _parts(entry.text)
            mark = (normalise(entry.text), entry.kind)
            if not parts or mark in seen:
                continue
            seen.add(mark)
            number = len(self._entries)
            self._entries.append(entry)
            beginners.setdefault(parts[0], array("I")).append(number)
            for part in dict.fromkeys(parts[:WORDS_INDEXED]):
                holders.setdefault(part, array("I")).append(number)
        self._holders = _Words(holders)
        self._beginners = _Words(beginners)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)

    def suggest(self, typed: str, *, lang: str = "", limit: int = SUGGESTIONS) -> list[Suggestion]:
        """Return what the typed words begin, best first.

        Names in the reader's language come first, then those that begin with it, those with the
        marks as typed, the heavier, the shorter. At most four are products, so that others have room.
        """
        wanted = _parts(typed[:MAX_QUERY_CHARS])[:WORDS_TYPED]
        if not wanted:
            return []
        found = self._holders.starting(wanted[0])
        for word in wanted[1:]:
            found = found & self._holders.starting(word)
        if not found:
            return []
        first = found & self._beginners.starting(wanted[0])
        chosen = [*sorted(first)[:MAX_CANDIDATES], *sorted(found - first)[:MAX_CANDIDATES]]
        marked = [word for word in _WORD.findall(normalise(typed[:MAX_QUERY_CHARS]))]
        marked = [word for word in marked if not word.isascii()]
        order = sorted(
            chosen, key=lambda number: self._rank(number, number not in first, marked, lang)
        )
        kept = _varied([self._entries[number] for number in order], limit)
        return [_line(entry, wanted) for entry in kept]

    def _rank(
        self, number: int, is_inside: bool, marked: list[str], lang: str  # noqa: FBT001
    ) -> tuple[bool, bool, bool, int]:
        entry = self._entries[number]
        other_marks = bool(marked) and not all(word in normalise(entry.text) for word in marked)
        other_lang = bool(lang and entry.lang) and entry.lang != lang
        return (other_lang, is_inside, other_marks, number)


class _Words:
    """Words in order, so that those with one beginning stand together."""

    def __init__(self, holders: Mapping[str, array[int]]) -> None:
        self._keys = sorted(holders)
        self._lists = [holders[key] for key in self._keys]

    def starting(self, start: str) -> set[int]:
        """Give all that holds a word with this beginning."""
        low = bisect_left(self._keys, start)
        high = bisect_left(self._keys, f"{start}\x7f", lo=low)
        return set().union(*self._lists[low:high])


def _varied(entries: list[Entry], limit: int) -> list[Entry]:
    """Take the best of each kind, in their order, each thing once."""
    counts: dict[str, int] = {}
    groups: set[str] = set()
    kept: list[Entry] = []
    spare: list[Entry] = []
    for entry in entries:
        name = entry.group or f"{entry.kind}:{entry.target or normalise(entry.text)}"
        if name in groups:
            continue
        groups.add(name)
        most = MOST_PRODUCTS if entry.kind == PRODUCT else MOST_OF_A_KIND
        counts[entry.kind] = counts.get(entry.kind, 0) + 1
        if counts[entry.kind] <= most:
            kept.append(entry)
        elif entry.kind != PRODUCT and len(spare) < limit:
            spare.append(entry)
        if len(kept) == limit:
            return kept
    return [*kept, *spare][:limit]


def _line(entry: Entry, wanted: list[str]) -> Suggestion:
    return Suggestion(
        entry.text, entry.kind, entry.lang, entry.target, entry.note, _pieces(entry.text, wanted)
    )


def _pieces(text: str, wanted: list[str]) -> tuple[Piece, ...]:
    """Cut a text where the beginnings of its words were typed."""
    text = unicodedata.normalize("NFC", text)
    cuts: list[Piece] = []
    at = 0
    for word in _WORD.finditer(text):
        plain = _folded(word.group())
        length = max((len(one) for one in wanted if plain.startswith(one)), default=0)
        if not length:
            continue
        end = word.start() + length if len(plain) == len(word.group()) else word.end()
        cuts += [(text[at : word.start()], False), (text[word.start() : end], True)]
        at = end
    return tuple(piece for piece in (*cuts, (text[at:], False)) if piece[0])


def _parts(text: str) -> list[str]:
    """List the folded words of a text."""
    whole = unicodedata.normalize("NFC", text)
    return [part for word in _WORD.findall(whole) if (part := _folded(word))]


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return "".join(letter for letter in fold(word) if letter.isalnum())
