"""Which words to give up when nothing has them all: first what says least, then what nobody knows.

A name of two syllables is given up as one. Never are more words given up than kept, and never the one
that says what the thing is: "kem đánh răng" is no ice cream, "xi măng" no bamboo shoot. Nothing is left
that says nothing by itself: a number, or words of which the catalogue knows none. When two things are
unknown, none of this is sold here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

from app.search.language.analysis import Alternative, Slot, is_place
from app.search.language.synonyms import Thesaurus
from app.search.language.telex import is_syllable
from app.search.language.tokens import folded_word, words
from app.search.language.vocabulary import AMBIGUOUS
from app.search.mending.lexicon import Lexicon
from app.search.seeking.fit import folded, is_known_thing
from app.search.seeking.understanding import Understood

MOST_UNITS: Final = 8
SHORTEST: Final = 3
ENGLISH: Final = 2  # one word of it says what two syllables do
# Said of anything: what kind of firm somebody is, that it is a speciality, that one wants to buy.
PADDING: Final = frozenset(
    tuple(words.split())
    for words in (
        "hop tac xa", "htx", "cong ty", "cty", "cty tnhh", "cong ty tnhh", "cong ty co phan", "cong ty cp", "ctcp",
        "tnhh", "ho kinh doanh", "co so", "co so san xuat", "to hop tac", "cooperative", "company",
        "dac san", "san pham", "ocop", "san pham ocop", "mua", "muon mua", "can mua", "tim", "ban",
        "gia re", "chinh hang", "specialty", "speciality", "product", "buy", "best", "vietnamese",
    )
)  # fmt: skip
_LONGEST_PADDING: Final = 4
# How a thing is, not what it is: any of these can go.
_PRAISE: Final = (
    "ngon nhất sạch thật chuẩn xịn giòn dẻo khô tươi sống rang xay sấy mộc rừng tự nhiên thiên"
    " nguyên chất cao cấp siêu thượng hạng hảo đặc biệt truyền thống hữu cơ rẻ online"
    " handmade homemade premium fresh freshly roasted dried pure natural raw organic authentic quality"
    " cheap delicious traditional local sliced slice stick bean piece pack small big"
)
_OTHERS_WHEN_BARE: Final = "rang that moc rung song say xin thien dac tu chuan cap hang"

_Unit = tuple[Slot, ...]


def lightened(understood: Understood) -> Understood:
    """Require nothing of words that are said of anything, unless there are no others."""
    required = [slot for slot in understood.slots if slot.required]
    padding: set[int] = set()
    at = 0
    while at < len(required):
        length = _padding_at(required, at)
        padding |= {id(slot) for slot in required[at : at + length]}
        at += length or 1
    if not padding or len(padding) == len(required):
        return understood
    slots = tuple(
        replace(slot, required=False) if id(slot) in padding else slot for slot in understood.slots
    )
    return replace(understood, slots=slots)


def pairs_slot(slots: Iterable[Slot]) -> Slot | None:
    """Ask that two neighbours among the words stand together somewhere; none when there are no two."""
    pairs = [
        f"{folded(left)[-1]}_{folded(right)[0]}"
        for left, right in pairwise(slot for slot in slots if slot.required)
        if folded(left) and folded(right) and not (is_place(left) or is_place(right))
    ]
    ways = tuple(Alternative((pair,), 1.0) for pair in dict.fromkeys(pairs))
    return Slot("", ways) if ways else None


def knows_all(understood: Understood, lexicon: Lexicon) -> bool:
    """Tell whether the catalogue, or search itself, knows every word."""
    return all(_is_known((slot,), lexicon) for slot in understood.slots if slot.required)


def without_some(understood: Understood, lexicon: Lexicon) -> Iterator[tuple[str, Understood]]:
    """Give what was given up with what is left, the best guess first; never more than is kept."""
    units = _units(understood, lexicon)
    if not 1 < len(units) <= MOST_UNITS:
        return
    strange = [unit for unit in units if not _is_known(unit, lexicon)]
    if len(strange) > 1:
        return
    for gone in _guesses(units, strange):
        left = [unit for unit in units if unit not in gone]
        if _weight(gone) > _weight(left) or not _may_stand(left, gone, units):
            continue
        lost = [slot for unit in gone for slot in unit]
        slots = tuple(slot for slot in understood.slots if slot not in lost)
        yield " ".join(slot.text for slot in lost), replace(understood, slots=slots)


def _guesses(units: list[_Unit], strange: list[_Unit]) -> Iterator[list[_Unit]]:
    """Say what to try without: what only praises, what nobody knows, the last, all but the known."""
    qualities = [unit for unit in units if all(map(_is_quality, unit))]
    tried: list[list[_Unit]] = [[]]
    unknown = [unit for unit in units if not is_known_thing(unit[0])]
    usual = (units[-1:], units[1:], unknown, units[:1])
    every = (strange, [*qualities, *strange]) if strange else (qualities, *usual)
    for gone in every:
        ordered = [unit for unit in units if unit in gone]
        if ordered not in tried and len(ordered) < len(units):
            tried.append(ordered)
            yield ordered


def _may_stand(left: list[_Unit], gone: list[_Unit], units: list[_Unit]) -> bool:
    """Tell whether what is left is still the thing: said first in Vietnamese, last in English."""
    if not any(_says_something(unit) for unit in left):
        return False
    first = next((unit for unit in units if not all(map(_is_quality, unit))), units[0])
    if first not in gone or _is_place_unit(first):
        return _weight(gone) < _weight(left) or any(is_known_thing(unit[0]) for unit in left)
    return all(map(_is_english, units[-1])) and units[-1] not in gone


def _is_english(slot: Slot) -> bool:
    """Tell an English name of something that search knows."""
    said = folded(slot)
    return slot.text.isascii() and said in _english() and not all(map(is_syllable, said))


@cache
def _english() -> frozenset[tuple[str, ...]]:
    names = (name for name in Thesaurus().names() if all(word.isascii() for word in name))
    return frozenset(
        folded_name
        for name in names
        if (folded_name := tuple(map(folded_word, name))) and " ".join(folded_name) not in AMBIGUOUS
    )


def _is_quality(slot: Slot) -> bool:
    return all(
        word in _qualities() if not word.isascii() else folded_word(word) in _bare_qualities()
        for word in words(slot.text)
    )


@cache
def _qualities() -> frozenset[str]:
    return frozenset(_PRAISE.split())


@cache
def _bare_qualities() -> frozenset[str]:
    return frozenset(map(folded_word, _PRAISE.split())) - frozenset(_OTHERS_WHEN_BARE.split())


def _is_place_unit(unit: _Unit) -> bool:
    return all(is_place(slot) for slot in unit)


def _units(understood: Understood, lexicon: Lexicon) -> list[_Unit]:
    """Put words together that the catalogue has side by side."""
    units: list[_Unit] = []
    for slot in understood.slots:
        if not slot.required:
            continue
        if units and _belong(units[-1], (slot,), lexicon):
            units[-1] = (*units[-1], slot)
        else:
            units.append((slot,))
    return units


def _padding_at(slots: list[Slot], at: int) -> int:
    """Count the slots that say nothing, from here on."""
    return next(
        (
            length
            for length in range(min(_LONGEST_PADDING, len(slots) - at), 0, -1)
            if _words(tuple(slots[at : at + length])) in PADDING
        ),
        0,
    )


def _belong(before: _Unit, unit: _Unit, lexicon: Lexicon) -> bool:
    """Tell whether two words are one name: neighbours in the catalogue, and no synonyms or places."""
    last, first = before[-1], unit[0]
    if any(is_place(slot) or len(folded(slot)) != 1 for slot in (last, first)):
        return False
    return f"{folded(last)[0]}_{folded(first)[0]}" in lexicon.pairs


def _words(unit: _Unit) -> tuple[str, ...]:
    return tuple(word for slot in unit for word in folded(slot))


def _weight(units: Iterable[_Unit]) -> int:
    """Count words as they were typed; places and praise weigh nothing."""
    return sum(_worth(slot) for unit in units for slot in unit)


def _worth(slot: Slot) -> int:
    if is_place(slot) or _is_quality(slot):
        return 0
    return len(folded(slot)) * (ENGLISH if _is_english(slot) else 1)


def _is_known(unit: _Unit, lexicon: Lexicon) -> bool:
    return (
        not lexicon.words
        or any(is_place(slot) or len(folded(slot)) > 1 for slot in unit)
        or all(word in lexicon.words for word in _words(unit))
    )


def _says_something(unit: _Unit) -> bool:
    """Tell whether a unit can stand alone: "da" without marks is half of all things."""
    said = _words(unit)
    is_enough = len(unit) > 1 or is_known_thing(unit[0]) or len("".join(said)) >= SHORTEST
    return is_enough and any(word.isalpha() for word in said)
