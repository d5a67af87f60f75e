"""What one unknown word may have been meant to be, each guess with its price.

In this order: keys of a keyboard that was off, a word not finished, words written as one, slips.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import log10
from typing import Final

from app.search.language.phonetics import sound
from app.search.language.telex import decode, is_syllable
from app.search.language.tokens import folded_word
from app.search.mending.known import Known

MOST_GUESSES: Final = 6
SHORTEST: Final = 3
LONG_ENOUGH_ALONE: Final = 4
LONG_ENOUGH_FAR: Final = 5
LONG_ENOUGH_FAR_ALONE: Final = 7
LONGEST_PIECE: Final = 12
MOST_PIECES: Final = 8
MOST_SAME: Final = 60

TELEX: Final = 0.1
OTHER_MARKS: Final = 0.7
RARELY_BEHIND: Final = 0.3
UNFINISHED_PAIR: Final = 0.3
UNFINISHED: Final = 0.6
WRITTEN_AS_ONE: Final = 0.4
SAME_SOUND: Final = 0.5
SLIP: Final = 0.8
OTHER_FIRST_LETTER: Final = 0.3
OTHER_LAST_LETTER: Final = 0.15
STRANGERS: Final = 0.7  # two words that no product has side by side
BEHIND: Final = 0.05


@dataclass(frozen=True, slots=True)
class Guess:
    """Words to put in place of one; those with `marked` set are written as given."""

    price: float
    plain: tuple[str, ...]
    marked: str = ""


def guesses(
    known: Known, word: str, *, before: str = "", after: str = "", is_last: bool = False
) -> list[Guess]:
    """Guess what an unknown word was meant to be; its neighbours are folded words or nothing."""
    plain = folded_word(word)
    found = [*_typed_off(known, word), *_unfinished(known, plain, before, is_last=is_last)]
    if plain.startswith("f") and len(plain) < SHORTEST:
        found += slips(known, plain, is_alone=True)
    if len(plain) >= SHORTEST and not plain.isdigit():
        found += _apart(known, plain)
        found += slips(known, plain, is_alone=not (before or after))
    best: dict[tuple[str, ...], tuple[float, Guess]] = {}
    for guess in found:
        if not is_likely(word, guess):
            continue
        total = guess.price + _strange(known, before, guess.plain[0])
        total += _strange(known, guess.plain[-1], after) - popular(known, guess.plain[0])
        if guess.plain not in best or total < best[guess.plain][0]:
            best[guess.plain] = (total, guess)
    order = sorted(best.values(), key=lambda one: (one[0], one[1].plain))
    return [guess for _total, guess in order[:MOST_GUESSES]]


def slips(known: Known, plain: str, *, is_alone: bool = False) -> list[Guess]:
    """Give known words that look or sound like this one; short words alone must sound alike."""
    key = sound(plain)
    found = [
        Guess(SAME_SOUND, (other,)) for other in known.alike(plain)[:MOST_SAME] if other != plain
    ]
    if is_alone and len(plain) < LONG_ENOUGH_ALONE:
        return found
    least_far = LONG_ENOUGH_FAR_ALONE if is_alone else LONG_ENOUGH_FAR
    for other, distance in known.near(plain).items():
        is_far = distance > 1 and (other[0] != plain[0] or min(len(other), len(plain)) < least_far)
        is_shorter = is_alone and len(other) < LONG_ENOUGH_ALONE  # four letters are seldom three
        if other == plain or is_far or is_shorter:
            continue
        price = SLIP * distance - (SLIP - SAME_SOUND) * (sound(other) == key)
        price += OTHER_FIRST_LETTER * (other[0] != plain[0])
        price += OTHER_LAST_LETTER * (other[-1] != plain[-1])
        found.append(Guess(price, (other,)))
    return found


def popular(known: Known, plain: str) -> float:
    """Give a small discount for a common word."""
    return BEHIND * log10(1 + known.count(plain))


def unfinished_pair(known: Known, before: str, word: str) -> Guess:
    """Finish a word behind another one; what mostly stands there comes before what stands anywhere."""
    share = min(known.pair(before, word) / max(known.count(word), 1), 1.0)
    return Guess(UNFINISHED_PAIR + RARELY_BEHIND * (1 - share), (word,))


def is_likely(word: str, guess: Guess) -> bool:
    """Tell whether a guess may be meant: marks are typed on Vietnamese syllables, not on English."""
    return word.isascii() or len(guess.plain) > 1 or is_syllable(guess.plain[0])


def _typed_off(known: Known, word: str) -> list[Guess]:
    """Read the keys of telex and VNI; a syllable that nobody writes counts without its marks."""
    made = decode(word)
    plain = folded_word(made) if made else ""
    if not plain or not known.count(plain):
        return []
    if made in known.forms(plain):
        return [Guess(TELEX, (plain,), made)]
    return [Guess(OTHER_MARKS, (plain,))]


def _unfinished(known: Known, plain: str, before: str, *, is_last: bool) -> list[Guess]:
    if not plain or not plain.isalnum():
        return []
    found = [
        unfinished_pair(known, before, other)
        for other in (known.seconds(before, plain) if before and is_last else ())
        if other != plain
    ]
    if len(plain) >= (SHORTEST if is_last else LONG_ENOUGH_ALONE):
        others = sorted(known.completions(plain), key=lambda other: -known.count(other))
        late = 0.0 if is_last else 0.3
        found += [Guess(UNFINISHED + late, (other,)) for other in others[:MOST_GUESSES]]
    return found


def _apart(known: Known, plain: str) -> list[Guess]:
    """Cut words that were written as one, so that neighbours are known side by side."""
    for spelt in dict.fromkeys((plain, _without_keys(plain))):
        best: list[tuple[float, tuple[str, ...]] | None] = [None] * (len(spelt) + 1)
        best[0] = (0.0, ())
        for end in range(2, len(spelt) + 1):
            for start in range(max(0, end - LONGEST_PIECE), end - 1):
                piece, told = spelt[start:end], best[start]
                if told is None or len(told[1]) >= MOST_PIECES or not known.count(piece):
                    continue
                price = told[0] + WRITTEN_AS_ONE / 4 - popular(known, piece)
                price += _strange(known, told[1][-1] if told[1] else "", piece)
                held = best[end]
                if held is None or price < held[0]:
                    best[end] = (price, (*told[1], piece))
        whole = best[-1]
        if whole and len(whole[1]) > 1 and _is_one_thing(known, whole[1]):
            return [Guess(max(whole[0], 0.0) + WRITTEN_AS_ONE, whole[1])]
    return []


def _is_one_thing(known: Known, pieces: tuple[str, ...]) -> bool:
    """Tell whether most neighbours are known side by side; chance cuts anything into syllables."""
    side_by_side = sum(known.pair(*two) > 0 for two in pairwise(pieces))
    return side_by_side * 2 >= len(pieces) - 1 and side_by_side > 0


def _without_keys(plain: str) -> str:
    """Leave out what telex adds to letters, for words written as one: caphee."""
    for keys in ("aa", "ee", "oo", "dd"):
        plain = plain.replace(keys, keys[0])
    return plain.replace("w", "")


def _strange(known: Known, left: str, right: str) -> float:
    if not left or not right:
        return 0.0
    count = known.pair(left, right)
    return -BEHIND * log10(1 + count) if count else STRANGERS
