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
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, Final

import numpy as np

from app.search.language.tokens import MAX_QUERY_CHARS, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from app.foundation.localized import LocalizedText

SUGGESTIONS: Final = 8
MOST_OF_A_KIND: Final = 3
MOST_PRODUCTS: Final = 4
MOST_ENTRIES: Final = 60_000
MAX_CANDIDATES: Final = 40  # of each kind, at the beginning and inside
WORDS_INDEXED: Final = 12
WORDS_TYPED: Final = 8
SHORT: Final = 3  # letters that many type and that begin many names: answered once, then kept
MOST_KEPT: Final = 2_000
PRODUCT: Final = "product"
_WORD: Final = re.compile(r"[^\W_]+")

Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that may be suggested; a heavier one comes first.

    `target` is what its page is found by, `note` what is said beside its kind to readers of each language,
    and entries with one `group` (a product's names) are offered once.
    """

    text: str
    kind: str
    lang: str = ""
    weight: int = 0
    target: str = ""
    note: LocalizedText | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box; `pieces` tell which parts of the text were typed."""

    text: str
    kind: str
    lang: str
    target: str = ""
    note: LocalizedText | None = None
    pieces: tuple[Piece, ...] = ()


class SuggestionList:
    """All entries, the heaviest first, with the words that they hold and those that they begin with."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Sort once."""
        self._entries: list[Entry] = []
        self._keys: list[str] = []
        self._marked: list[str] = []
        holders: dict[str, array[int]] = {}
        beginners: dict[str, array[int]] = {}
        seen: set[tuple[str, str]] = set()
        heaviest = sorted(entries, key=lambda entry: (-entry.weight, len(entry.text), entry.text))
        for entry in islice(heaviest, MOST_ENTRIES):
            marked = _marked(entry.text)
            parts = _parts(marked)
            if not parts or (marked, entry.kind) in seen:
                continue
            seen.add((marked, entry.kind))
            number = len(self._entries)
            self._entries.append(entry)
            self._keys.append(f" {' '.join(parts)}")
            self._marked.append(marked)
            beginners.setdefault(parts[0], array("I")).append(number)
            for part in dict.fromkeys(parts[:WORDS_INDEXED]):
                holders.setdefault(part, array("I")).append(number)
        size = len(self._entries)
        self._holders, self._beginners = _Words(holders, size), _Words(beginners, size)
        kinds = np.array([entry.kind for entry in self._entries], dtype=np.str_)
        self._kinds = [kinds == kind for kind in dict.fromkeys(kinds.tolist())]
        self._kept: dict[tuple[str, ...], list[Suggestion]] = {}

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)

    def suggest(self, typed: str, *, lang: str = "", limit: int = SUGGESTIONS) -> list[Suggestion]:
        """Return what the typed words begin, best first.

        Names in the reader's language come first, then those that begin with it, those that have it in
        one piece, those with the marks as typed, the heavier, the shorter. At most four are products,
        so that others have room.
        """
        typed = _marked(typed[:MAX_QUERY_CHARS])
        wanted = _parts(typed)[:WORDS_TYPED]
        if not wanted:
            return []
        marks = [word for word in _WORD.findall(typed) if not word.isascii()]
        key = (lang, str(limit), *wanted, "", *marks)
        found = self._kept.get(key)
        if found is None:
            found = [_line(entry, wanted) for entry in self._best(wanted, marks, lang, limit)]
            if found and sum(map(len, wanted)) <= SHORT and len(self._kept) < MOST_KEPT:
                self._kept[key] = found
        return list(found)

    def suggest_any(
        self, names: Iterable[str], *, lang: str = "", limit: int = SUGGESTIONS
    ) -> list[Suggestion]:
        """Return what other names of one thing begin, each line once."""
        found = (line for name in names for line in self.suggest(name, lang=lang, limit=limit))
        lines = {(line.text, line.kind): line for line in found}
        return list(lines.values())[:limit]

    def _best(self, wanted: list[str], marks: list[str], lang: str, limit: int) -> list[Entry]:
        """Choose the entries in which every word begins one."""
        found = self._holders.starting(wanted[0])
        for word in wanted[1:]:
            found &= self._holders.starting(word)
        first = found & self._beginners.starting(wanted[0])
        inside = found & ~first
        order: list[tuple[bool, bool, bool, bool, int]] = []
        text = f" {' '.join(wanted)}"
        for kind in self._kinds:
            for some, is_inside in ((first & kind, False), (inside & kind, True)):
                for number in some.nonzero()[0][:MAX_CANDIDATES].tolist():
                    entry = self._entries[number]
                    other_lang = bool(lang and entry.lang) and entry.lang != lang
                    is_apart = text not in self._keys[number]
                    other_marks = any(word not in self._marked[number] for word in marks)
                    order.append((other_lang, is_inside, is_apart, other_marks, number))
        return _varied([self._entries[rank[-1]] for rank in sorted(order)], limit)


class _Words:
    """Words in order, so that those with one beginning stand together, and so do their entries."""

    def __init__(self, holders: Mapping[str, array[int]], size: int) -> None:
        self._size = size
        self._keys = sorted(holders)
        lists = [holders[key] for key in self._keys]
        self._ends = [0, *accumulate(map(len, lists))]
        self._flat = np.fromiter(chain.from_iterable(lists), np.uint32, self._ends[-1])

    def starting(self, start: str) -> NDArray[np.bool_]:
        """Mark all that holds a word with this beginning."""
        low = bisect_left(self._keys, start)
        high = bisect_left(self._keys, f"{start}\x7f", lo=low)
        marked = np.zeros(self._size, np.bool_)
        marked[self._flat[self._ends[low] : self._ends[high]]] = True
        return marked


def _varied(entries: list[Entry], limit: int) -> list[Entry]:
    """Take the best of each kind, in their order, each thing once."""
    counts: dict[str, int] = {}
    groups: set[str] = set()
    kept: list[Entry] = []
    spare: list[Entry] = []
    for entry in entries:
        name = entry.group or f"{entry.kind}:{entry.target or _marked(entry.text)}"
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
        plain = _folded(word.group().lower())
        length = max((len(one) for one in wanted if plain.startswith(one)), default=0)
        if not length:
            continue
        end = word.start() + length if len(plain) == len(word.group()) else word.end()
        cuts += [(text[at : word.start()], False), (text[word.start() : end], True)]
        at = end
    return tuple(piece for piece in (*cuts, (text[at:], False)) if piece[0])


def _marked(text: str) -> str:
    """Give the one spelling of a text that keeps its marks."""
    return unicodedata.normalize("NFC", text).lower()


def _parts(marked: str) -> list[str]:
    """List the folded words of a text."""
    return [part for word in _WORD.findall(marked) if (part := _folded(word))]


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return "".join(letter for letter in fold(word) if letter.isalnum())
