"""Finish what a shopper began to type, from a list in memory; the index is never asked."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.search.analysis import MAX_QUERY_CHARS, fold, normalise

SUGGESTIONS: Final = 8
MAX_CANDIDATES: Final = 4_000
WORDS_INDEXED: Final = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that may be suggested; a heavier one comes first."""

    text: str
    kind: str
    lang: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box."""

    text: str
    kind: str
    lang: str


class SuggestionList:
    """Sorted word starts of all entries, searched by bisection."""

    def __init__(self, entries: Iterable[Entry] = (), *, generation: str = "") -> None:
        """Sort once; build a new list when the index moved on to another generation."""
        self.generation = generation
        self._entries: list[Entry] = []
        starts: list[tuple[str, int, int]] = []
        seen: set[tuple[str, str]] = set()
        for entry in entries:
            parts = _key(entry.text).split()
            mark = (normalise(entry.text), entry.kind)
            if not parts or mark in seen:
                continue
            seen.add(mark)
            number = len(self._entries)
            self._entries.append(entry)
            starts += [
                (" ".join(parts[word:]), word, number)
                for word in range(min(len(parts), WORDS_INDEXED))
            ]
        starts.sort()
        self._keys = [key for key, _word, _number in starts]
        self._places = [(word, number) for _key_, word, number in starts]

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)

    def suggest(self, typed: str, *, lang: str = "", limit: int = SUGGESTIONS) -> list[Suggestion]:
        """Return what continues the typed text at the start of any word, best first.

        Names in the reader's language come first, then those that begin with it, those with the
        marks as typed, the heavier, the shorter.
        """
        prefix = _key(typed[:MAX_QUERY_CHARS])
        if not prefix:
            return []
        first = bisect_left(self._keys, prefix)
        last = bisect_left(self._keys, f"{prefix}\x7f", lo=first)
        best: dict[int, int] = {}
        for word, number in self._places[first : min(last, first + MAX_CANDIDATES)]:
            best[number] = min(word, best.get(number, word))
        marked = normalise(typed[:MAX_QUERY_CHARS]).strip()
        order = sorted(best, key=lambda number: self._rank(number, best[number], marked, lang))
        chosen = [self._entries[number] for number in order[:limit]]
        return [Suggestion(entry.text, entry.kind, entry.lang) for entry in chosen]

    def _rank(
        self, number: int, word: int, marked: str, lang: str
    ) -> tuple[int, int, int, int, int, str]:
        entry = self._entries[number]
        other_marks = int(not marked.isascii() and marked not in normalise(entry.text))
        other_lang = int(bool(lang and entry.lang) and entry.lang != lang)
        return (other_lang, min(word, 1), other_marks, -entry.weight, len(entry.text), entry.text)


def _key(text: str) -> str:
    kept = (char if char.isalnum() else " " for char in fold(text))
    return " ".join("".join(kept).split())
