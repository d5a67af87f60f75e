"""Mend what was mistyped, by the words that the catalogue uses and which of them stand together.

A word that is known is left alone, as are synonyms, provinces, numbers and the shortest words. When
all are known but two of them never stand together, one of them is tried as another word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from app.search.language.phonetics import sound
from app.search.language.tokens import folded_word
from app.search.mending.guesses import (
    SAME_SOUND,
    STRANGERS,
    TELEX,
    Guess,
    guesses,
    is_likely,
    popular,
    slips,
    unfinished_pair,
)
from app.search.mending.known import Known
from app.search.mending.respelling import respelt

MOST_MENDED: Final = 4
MOST_UNKNOWN: Final = 6
BEAM: Final = 8
SHORTEST: Final = 3
SHORT: Final = 4
LEFT: Final = 1.6  # an unknown word stays
WRITTEN_APART: Final = 0.5
WORTH: Final = 2.0  # mending a second word too comes before leaving it a stranger
REPLACED: Final = 0.4  # a known word is given up less easily than an unknown one


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a mended text: folded, as it is written, and whether it was put there."""

    plain: str
    written: str
    is_new: bool = False
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Mended:
    """Words in place of `start` to `end` of what was typed."""

    price: float
    words: tuple[_Word, ...]


def mend(known: Known, typed: Sequence[str], fixed: frozenset[int]) -> list[list[str]]:
    """Give other ways to write these words, the likeliest first; `fixed` ones stay as they are."""
    unknown = [at for at in range(len(typed)) if at not in fixed and _is_unknown(known, typed[at])]
    ways = _read_anew(known, typed, frozenset(unknown[:MOST_UNKNOWN])) if unknown else []
    if not ways:
        ways = _replaced(known, _as_typed(typed), fixed)
    elif len(ways[0].words) == len(typed):
        ways += _replaced(known, ways[0].words, fixed | frozenset(unknown), ways[0].price - WORTH)
    found: dict[tuple[str, ...], None] = {}
    own = list(typed)
    if not unknown:
        found.update(dict.fromkeys(map(tuple, respelt(known, typed, fixed))))
    for way in sorted(ways, key=lambda one: one.price):
        written = _with_marks(known, way.words)
        if written != own and not _is_all_new(own, written):
            found.setdefault(tuple(written), None)
    return [list(written) for written in list(found)[:MOST_MENDED]]


def _is_all_new(typed: Sequence[str], written: Sequence[str]) -> bool:
    """Tell whether words typed with marks all became others: "khách sạn" is no mistyped "khánh sơn"."""
    if not 1 < len(typed) == len(written) or any(word.isascii() for word in typed):
        return False
    return not any(
        sound(folded_word(one)) == sound(folded_word(other))
        for one, other in zip(typed, written, strict=True)
    )


def is_untouchable(word: str) -> bool:
    """Tell numbers, which nobody corrects."""
    return word.isdigit()


def _is_unknown(known: Known, word: str) -> bool:
    plain = folded_word(word)
    return bool(plain) and not plain.isdigit() and not known.count(plain)


def _read_anew(known: Known, typed: Sequence[str], unknown: frozenset[int]) -> list[Mended]:
    """Put guesses in place of unknown words, so that neighbours fit one another."""
    beams: list[list[Mended]] = [[] for _at in range(len(typed) + 1)]
    beams[0] = [Mended(0.0, ())]
    for at, word in enumerate(typed):
        beam = sorted(beams[at], key=lambda one: one.price)[:BEAM]
        own: tuple[_Word, ...] = (_Word(folded_word(word), word),)
        steps = [(at + 1, 0.0, own, False)]
        if at in unknown:
            steps = [
                (at + 1, guess.price - popular(known, guess.plain[0]), _words(guess), True)
                for guess in _guesses(known, typed, at)
            ]
            steps.append((at + 1, LEFT, own, False))
        if (joined := _joined(known, typed, at, unknown)) is not None:
            steps.append((at + 2, WRITTEN_APART, (joined,), True))
        for way in beam:
            for end, price, put, is_new in steps:
                strange = _strange(known, way.words, put) if is_new or _ends_new(way) else 0.0
                beams[end].append(Mended(way.price + price + strange, (*way.words, *put)))
    told = [one for one in beams[-1] if _is_worth_it(known, one.words)]
    fewest = min((_left(known, one) for one in told), default=0)
    told = [one for one in told if _left(known, one) == fewest]
    return sorted(told, key=lambda one: one.price)


def _left(known: Known, way: Mended) -> int:
    return sum(not known.count(word.plain) for word in way.words)


def _guesses(known: Known, typed: Sequence[str], at: int) -> list[Guess]:
    before = folded_word(typed[at - 1]) if at else ""
    after = folded_word(typed[at + 1]) if at + 1 < len(typed) else ""
    return guesses(
        known,
        typed[at],
        before=before if known.count(before) else "",
        after=after if known.count(after) else "",
        is_last=at == len(typed) - 1,
    )


def _joined(known: Known, typed: Sequence[str], at: int, unknown: frozenset[int]) -> _Word | None:
    """Join a word with the next when that is one known word: maca damia."""
    if at + 1 >= len(typed) or not {at, at + 1} & unknown:
        return None
    plain = folded_word(typed[at] + typed[at + 1])
    return _Word(plain, "", is_new=True) if known.count(plain) else None


def _words(guess: Guess) -> tuple[_Word, ...]:
    if guess.marked:
        return (_Word(guess.plain[0], guess.marked, is_new=True),)
    is_sure = guess.price <= TELEX or len(guess.plain) > 1
    return tuple(
        _Word(plain, "", is_new=True, is_sure=is_sure or len(plain) > SHORT)
        for plain in guess.plain
    )


def _is_worth_it(known: Known, words: tuple[_Word, ...]) -> bool:
    """Refuse guesses at short words which stand beside none of their neighbours."""
    for at, word in enumerate(words):
        beside = [
            known.pair(one.plain, other.plain) > 0
            for one, other in pairwise(words[max(at - 1, 0) : at + 2])
        ]
        if word.is_new and not word.is_sure and beside and not any(beside):
            return False
    return any(word.is_new for word in words)


def _ends_new(told: Mended) -> bool:
    return bool(told.words) and told.words[-1].is_new


def _strange(known: Known, before: tuple[_Word, ...], put: tuple[_Word, ...]) -> float:
    if not before:
        return 0.0
    return 0.0 if known.pair(before[-1].plain, put[0].plain) else STRANGERS


def _as_typed(typed: Sequence[str]) -> tuple[_Word, ...]:
    return tuple(_Word(folded_word(word), word) for word in typed)


def _replaced(
    known: Known, words: tuple[_Word, ...], fixed: frozenset[int], paid: float = 0.0
) -> list[Mended]:
    """Try another word for one of two that never stand together."""
    found: list[Mended] = []
    for at, word in enumerate(words):
        before = words[at - 1] if at else None
        after = words[at + 1] if at + 1 < len(words) else None
        fit = _Fit(known, before, after)
        if word.plain.isdigit() or fit.strangers(word.plain) == (False, False):
            continue
        for guess in _others(known, word, before, is_last=after is None, is_fixed=at in fixed):
            price = fit.price(word.plain, guess.plain[0])
            if price is not None:
                mended = (*words[:at], _Word(guess.plain[0], "", is_new=True), *words[at + 1 :])
                price += paid + REPLACED + guess.price - popular(known, guess.plain[0])
                found.append(Mended(price, mended))
    return found


def _others(
    known: Known, word: _Word, before: _Word | None, *, is_last: bool, is_fixed: bool
) -> list[Guess]:
    """Give other words for a known one; a bare last word may be unfinished, whatever it means."""
    others = slips(known, word.plain) if len(word.plain) >= SHORTEST and not is_fixed else []
    if not word.written.isascii() and word.written in known.forms(word.plain):
        others = [guess for guess in others if guess.price == SAME_SOUND]  # typed with care
    if before and is_last and (not is_fixed or word.written.isascii()):
        seconds = known.seconds(before.plain, word.plain)
        others += [unfinished_pair(known, before.plain, one) for one in seconds]
    return [guess for guess in others if is_likely(word.written, guess)]


@dataclass(frozen=True, slots=True)
class _Fit:
    """The two neighbours that a word has to stand beside; nothing at the ends."""

    known: Known
    before: _Word | None
    after: _Word | None

    def strangers(self, word: str) -> tuple[bool, bool]:
        """Tell whether the word never stands behind the first and before the second."""
        return (
            self.before is not None and not self._pair(self.before, self.before.plain, word, 0),
            self.after is not None and not self._pair(self.after, word, self.after.plain, 1),
        )

    def _pair(self, neighbour: _Word, left: str, right: str, half: int) -> bool:
        """Tell whether two words stand side by side; marks that were typed must agree."""
        if not self.known.pair(left, right):
            return False
        form = self.known.pair_form(left, right)
        return neighbour.written.isascii() or not form or form[half] == neighbour.written

    def price(self, own: str, other: str) -> float | None:
        """Price another word by the neighbours it does not know; none when it is no gain."""
        was, now = self.strangers(own), self.strangers(other)
        loses = any(not old and new for old, new in zip(was, now, strict=True))
        return None if other == own or loses or was == now else STRANGERS * sum(now)


def _with_marks(known: Known, words: tuple[_Word, ...]) -> list[str]:
    """Write words with their marks: as their neighbours have it, else the commonest way."""
    return [_written(known, words, at) for at in range(len(words))]


def _written(known: Known, words: tuple[_Word, ...], at: int) -> str:
    word = words[at]
    if word.written and (not word.written.isascii() or word.is_new):
        return word.written
    best, form = 0, ""
    for left, right, half in ((at - 1, at, 1), (at, at + 1, 0)):
        if left < 0 or right >= len(words):
            continue
        count = known.pair(words[left].plain, words[right].plain)
        said = known.pair_form(words[left].plain, words[right].plain)
        if len(said) != 2 or count <= best:  # noqa: PLR2004 - a pair
            continue
        other = words[left if half else right].written
        if other and not other.isascii() and other != said[1 - half]:
            continue
        best, form = count, said[half]
    if form:
        return form if word.is_new or not form.isascii() else word.written
    if word.written:
        return word.written
    return next(iter(known.forms(word.plain)), word.plain)
