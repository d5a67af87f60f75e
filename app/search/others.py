"""Find what is no product: producers, villages, showrooms, stories, pages of help. In memory, all of it.

Words, marks and synonyms mean the same as for products, since each different word is read by the same
analysis. It is read once however many have it, so that 20,000 producers are ready within a second.
Each word must be met; those who are called so come before those who have it in their text or place.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.search.language.tokens import index_tokens, is_pair
from app.search.language.vocabulary import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.search.language.analysis import Slot

LONGEST_TEXT: Final = 2_000
MOST_RANKED: Final = 1_000
_APART: Final = re.compile(r"[^\w\n]+|_")
_TIE: Final = "\u00b7"  # holds the words of a proper name together


class Kind(StrEnum):
    """What is found beside products, as the addresses of its pages of results say it."""

    PRODUCERS = "producers"
    VILLAGES = "villages"
    SHOWROOMS = "showrooms"
    STORIES = "stories"
    HELP = "help"


Key = int | str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found: its key among its kind, and its words in all languages.

    `place` are names of where it is, `codes` tokens of the place as queries are read.
    """

    kind: Kind
    key: Key
    title: tuple[str, ...]
    text: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Words:
    """Which words who has; and each one's words without marks, to see which stand side by side."""

    holders: dict[str, array[int]] = field(default_factory=dict)
    plain: list[str] = field(default_factory=list)
    by_token: dict[str, list[str]] = field(default_factory=dict)

    def read(self, texts: list[str]) -> None:
        """Read one text of each."""
        known: dict[str, str] = {}
        for number, line in enumerate(_lines(texts)):
            found = line.split()
            for word in set(found):
                held = self.holders.get(word)
                if held is None:
                    self.holders[word] = held = array("I")
                    known[word] = self._learn(word)
                held.append(number)
            self.plain.append(f" {' '.join(map(known.__getitem__, found))} ")

    def with_token(self, token: str) -> set[int]:
        """Tell who has a token that is no pair."""
        return set().union(*(self.holders[word] for word in self.by_token.get(token, ())))

    def _learn(self, word: str) -> str:
        tokens = [one for one in index_tokens(word.replace(_TIE, " ")) if not is_pair(one)]
        for token in tokens:
            self.by_token.setdefault(token, []).append(word)
        return " ".join(one for one in tokens if "_" not in one)


@dataclass(slots=True)
class _Shelf:
    """All of one kind, in the order in which equal ones are shown."""

    keys: list[Key] = field(default_factory=list)
    codes: dict[str, array[int]] = field(default_factory=dict)
    titles: _Words = field(default_factory=_Words)
    rest: _Words = field(default_factory=_Words)

    def meeting_most(self, slots: tuple[Slot, ...]) -> tuple[set[int], list[Slot]]:
        """Find who meets every slot with the marks as typed, else with any; and say which slots those were."""
        required: list[Slot] = []
        for wanted in dict.fromkeys((tuple(slot.strict() for slot in slots), slots)):
            required = [slot for slot in wanted if slot.required]
            found = self.meeting(required, (self.titles, self.rest))
            if found:
                return found, required
        return set(), required

    def ranked(self, found: set[int], slots: list[Slot], pairs: tuple[str, ...]) -> list[int]:
        """Order what was found."""
        score: Counter[int] = Counter()
        for slot in slots:
            score.update(found & self.meeting([slot], (self.titles,)))
        wanted = [f" {pair.replace('_', ' ')} " for pair in pairs]
        side_by_side = {
            one: sum(
                2 * (two in self.titles.plain[one]) + (two in self.rest.plain[one])
                for two in wanted
            )
            for one in found
        }
        return sorted(found, key=lambda one: (-score[one], -side_by_side[one], one))

    def meeting(self, slots: list[Slot], parts: tuple[_Words, ...]) -> set[int]:
        """Find who meets every slot within some of the words."""
        found: set[int] | None = None
        for slot in slots:
            met: set[int] = set()
            for way in slot.alternatives:
                met |= self._having(way.tokens, parts, found)
            found = met
            if not found:
                break
        return found or set()

    def _having(
        self, tokens: tuple[str, ...], parts: tuple[_Words, ...], among: set[int] | None
    ) -> set[int]:
        """Find who has all tokens of one way to meet a slot."""
        pairs = [one for one in tokens if is_pair(one)]
        singles = [one for one in tokens if one not in pairs]
        singles += [one for pair in pairs for one in pair.split("_")]
        found = among
        for single in dict.fromkeys(singles):
            held = set(self.codes.get(single, ())).union(*(one.with_token(single) for one in parts))
            found = held if found is None else found & held
            if not found:
                break
        for pair in pairs:
            wanted = f" {pair.replace('_', ' ')} "
            found = {one for one in found or () if any(wanted in part.plain[one] for part in parts)}
        return found or set()


class Others:
    """An index of everything but products; built once, asked by many threads."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Read every entry; equal ones will be shown in this order."""
        self._shelves = {kind: _Shelf() for kind in Kind}
        sorted_in: dict[Kind, list[Entry]] = {kind: [] for kind in Kind}
        for entry in entries:
            shelf = self._shelves[entry.kind]
            for code in entry.codes:
                shelf.codes.setdefault(code, array("I")).append(len(shelf.keys))
            shelf.keys.append(entry.key)
            sorted_in[entry.kind].append(entry)
        for kind, shelf in self._shelves.items():
            shelf.titles.read([_joined(one.title) for one in sorted_in[kind]])
            shelf.rest.read([_joined((*one.place, *one.text)) for one in sorted_in[kind]])

    def __len__(self) -> int:
        """Count the entries."""
        return sum(len(shelf.keys) for shelf in self._shelves.values())

    def find(self, kind: Kind, slots: tuple[Slot, ...], pairs: tuple[str, ...] = ()) -> list[Key]:
        """List the keys of those that meet every slot, marks as typed or, failing that, any marks.

        Those whose titles meet most slots come first, of them those who have the pairs of words.
        """
        shelf = self._shelves[kind]
        found, required = shelf.meeting_most(slots)
        if len(found) > MOST_RANKED:
            titled = shelf.meeting(required, (shelf.titles,))
            order = [*sorted(titled), *sorted(found - titled)]
        else:
            order = shelf.ranked(found, required, pairs)
        return [shelf.keys[number] for number in order]

    def counts(self, slots: tuple[Slot, ...]) -> dict[Kind, int]:
        """Count what is found of each kind."""
        return {kind: len(shelf.meeting_most(slots)[0]) for kind, shelf in self._shelves.items()}


def _joined(texts: tuple[str, ...]) -> str:
    return " / ".join(dict.fromkeys(texts))[:LONGEST_TEXT].replace("\n", " ")


def _lines(texts: list[str]) -> list[str]:
    """Cut texts into words between single spaces, all at once; proper names stay in one piece."""
    whole = unicodedata.normalize("NFC", " \n ".join(texts)).lower()
    whole = f" {_APART.sub(' ', whole)} "
    for name in NAMES:
        whole = whole.replace(f" {name} ", f" {name.replace(' ', _TIE)} ")
    return whole.split("\n") if texts else []
