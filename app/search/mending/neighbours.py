"""Words by what they look like and sound like, so that nobody compares with all of them.

For each word the table keeps what is left of it without one letter (or two, in longer words); two
words at a distance of one then meet in such a remainder. A long word counts by its beginning.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from heapq import nlargest
from typing import Final

from app.search.language.phonetics import sound

MOST_WORDS: Final = 20_000
LONG_WORD: Final = 6
SHORTEST: Final = 3
BEGINNING: Final = 7
MOST_CANDIDATES: Final = 200
MOST_COMPLETIONS: Final = 400


class Neighbours:
    """Finds known words near a word that is not known."""

    def __init__(self, words: Mapping[str, int], pairs: Mapping[str, int]) -> None:
        """Sort and cut all words once."""
        self._words = sorted(words)
        self._pairs = sorted(pairs)
        self._cut: dict[str, list[str]] = {}
        self._sounds: dict[str, list[str]] = {}
        for word in nlargest(MOST_WORDS, words, key=lambda one: words[one]):
            if len(word) < SHORTEST - 1 or not word.isalpha():
                continue
            self._sounds.setdefault(sound(word), []).append(word)
            for part in cuts(word):
                self._cut.setdefault(part, []).append(word)

    def near(self, word: str) -> dict[str, int]:
        """Give words with their distance: one for short words, up to two for longer ones."""
        most = 2 if len(word) >= LONG_WORD else 1
        found: dict[str, int] = {}
        for part in cuts(word):
            for other in self._cut.get(part, ()):
                if other in found or abs(len(other) - len(word)) > most:
                    continue
                distance = edits(word, other, most)
                if distance <= most:
                    found[other] = distance
            if len(found) >= MOST_CANDIDATES:
                break
        return found

    def alike(self, word: str) -> list[str]:
        """Give words that sound the same."""
        return self._sounds.get(sound(word), [])

    def completions(self, beginning: str) -> list[str]:
        """Give words that begin like this."""
        return list(_from(self._words, beginning))

    def pair_completions(self, beginning: str) -> list[str]:
        """Give pairs that begin like this."""
        return list(_from(self._pairs, beginning))


def cuts(word: str) -> set[str]:
    """Give a word's beginning, and what is left of it without one or two letters."""
    start = word[:BEGINNING]
    one = {start[:at] + start[at + 1 :] for at in range(len(start))}
    found = {start, *one}
    if len(word) >= LONG_WORD:
        found |= {part[:at] + part[at + 1 :] for part in one for at in range(len(part))}
    found.discard("")
    return found


def edits(one: str, other: str, most: int) -> int:
    """Count the letters to change, two neighbours that changed places as one; stop above `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    one, other = _without_ends(one, other)
    if not one or not other:
        return len(one) + len(other)
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, 1):
        now = [row]
        for column, letter in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (char != letter))
            if (
                row > 1
                and column > 1
                and char == other[column - 2]
                and letter == one[row - 2]
                and char != letter
            ):
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most and min(last) >= most:
            return most + 1
        before, last = last, now
    return last[-1]


def _without_ends(one: str, other: str) -> tuple[str, str]:
    """Leave out the letters that two words begin and end with alike."""
    shorter = min(len(one), len(other))
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    one, other, shorter = one[start:], other[start:], shorter - start
    end = 0
    while end < shorter and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[: len(one) - end], other[: len(other) - end]


def _from(ordered: list[str], beginning: str) -> Iterator[str]:
    at = bisect_left(ordered, beginning)
    end = min(at + MOST_COMPLETIONS, len(ordered))
    while at < end and ordered[at].startswith(beginning):
        yield ordered[at]
        at += 1
