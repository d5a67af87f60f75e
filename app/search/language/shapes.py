"""How a product's name is built: which word stands where, and which of them says what the thing is.

Engines keep sets of tokens, so a word's place is written into a token of its own: `v2__ong` is the
third word of the Vietnamese name, `x2__…` the same with its marks, `n0__honey` what the English name
calls the thing, `n1__forest` the word before it, `m1__ginger` a word after it ("with ginger").
A Vietnamese name says first what the thing is, an English one last: "black garlic" is a garlic.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from app.search.language.tokens import index_tokens, is_pair, words

LONGEST_NAME: Final = 20
LONGEST_WORD: Final = 40
_AFTER: Final = frozenset({"with", "in", "from", "of", "for", "at", "to", "on"})
_ASIDE: Final = re.compile(r"[(,]")
_TOKEN: Final = re.compile(r"([vxnm])(\d+)__(.+)")
# What stands before the word that counts: a grain of, a fruit, a tuber, a tree.
CLASSIFIERS: Final = frozenset({"hat", "qua", "trai", "cu", "cay", "to", "thit"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where words stand: in which name, from which place, how many, how far from the thing itself."""

    name: str
    start: int
    length: int
    nearness: int

    def touches(self, other: "Spot") -> bool:
        """Tell whether these words stand right before or behind others."""
        return self.name == other.name and (
            self.start + self.length == other.start or other.start + other.length == self.start
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """The words of the names in order: `vi` from its beginning, `en` from its thing backwards."""

    vi: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    marks: Mapping[str, int] = field(default_factory=dict)

    def spots(self, tokens: tuple[str, ...]) -> tuple["Spot", ...]:
        """Tell where tokens stand in the two names, if they do."""
        length = sum(map(is_pair, tokens)) + 1
        found = []
        at = self._starts(tokens)
        if at is not None:
            near = 0 if at == 1 and self.vi and self.vi[0] in CLASSIFIERS else at
            found.append(Spot("vi", at, length, near))
        at = _in_english(self.en, tokens)
        if at is not None:
            found.append(Spot("en", at, length, at))
        return tuple(found)

    def is_whole(self, typed: tuple[str, ...]) -> bool:
        """Tell whether folded words are a whole name, in either language."""
        return typed in (self.vi, self.english)

    def begins(self, typed: tuple[str, ...]) -> bool:
        """Tell whether a name begins with folded words."""
        return any(name[: len(typed)] == typed for name in (self.vi, self.english))

    @property
    def english(self) -> tuple[str, ...]:
        """The English name as it is written."""
        return (*reversed(self.en), *self.after)

    def _starts(self, tokens: tuple[str, ...]) -> int | None:
        starts = []
        for token in tokens:
            if token in self.marks:
                starts.append(self.marks[token])
            elif is_pair(token):
                found = _pair_at(self.vi, token)
                if found is None:
                    return None
                starts.append(found)
            elif token in self.vi:
                starts.append(self.vi.index(token))
            else:
                return None
        return min(starts, default=None)


def shape_tokens(name_vi: str, name_en: str) -> Iterator[str]:
    """Write where the words of the names stand as tokens that any engine can keep."""
    for at, word in enumerate(words(name_vi)[:LONGEST_NAME]):
        for token in _of_word(word):
            yield f"{'x' if token.startswith('e__') else 'v'}{at}__{token}"
    thing, after = _english_parts(name_en)
    for at, word in enumerate(reversed(thing)):
        yield f"n{at}__{word}"
    for at, word in enumerate(after):
        yield f"m{at}__{word}"


@lru_cache(maxsize=4_096)
def shape_of(tokens: frozenset[str]) -> Shape:
    """Read the shape of a name from its tokens again; foreign tokens are no part of it."""
    parts: dict[str, dict[int, str]] = {"v": {}, "n": {}, "m": {}}
    marks: dict[str, int] = {}
    for token in tokens:
        found = _TOKEN.fullmatch(token)
        if found is None:
            continue
        part, at, said = found[1], int(found[2]), found[3]
        if part == "x":
            marks[said] = min(at, marks.get(said, at))
        else:
            parts[part][at] = said
    vi, en, after = (tuple(parts[part][at] for at in sorted(parts[part])) for part in "vnm")
    return Shape(vi, en, after, marks)


def _english_parts(name: str) -> tuple[list[str], list[str]]:
    """Cut an English name into what names the thing and what is said of it afterwards."""
    before = [_plain(word) for word in words(_ASIDE.split(name, maxsplit=1)[0])]
    every = [_plain(word) for word in words(name)][:LONGEST_NAME]
    cut = next((at for at, word in enumerate(before) if at and word in _AFTER), len(before))
    cut = min(cut, LONGEST_NAME)
    return [word for word in every[:cut] if word], [word for word in every[cut:] if word]


def _plain(word: str) -> str:
    return next(iter(_of_word(word)), "")


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[str, ...]:
    return tuple(index_tokens(word))


def _in_english(name: tuple[str, ...], tokens: tuple[str, ...]) -> int | None:
    places = []
    for token in tokens:
        if is_pair(token):
            left, _sign, right = token.partition("_")
            found = _pair_at(name, f"{right}_{left}")
            if found is None:
                return None
            places.append(found)
        elif token in name:
            places.append(name.index(token))
        else:
            return None
    return min(places, default=None)


def _pair_at(name: tuple[str, ...], pair: str) -> int | None:
    left, _sign, right = pair.partition("_")
    return next(
        (at for at in range(len(name) - 1) if name[at] == left and name[at + 1] == right), None
    )
