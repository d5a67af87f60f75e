"""Read what a shopper typed as things to find, each with the ways to find it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from app.search.language.provinces import Place, place_at
from app.search.language.synonyms import LONGEST_PHRASE, Thesaurus
from app.search.language.tokens import (
    GIFT_TOKEN,
    exact_token,
    fold,
    folded_word,
    former_token,
    is_code,
    is_in_name,
    near_token,
    pair_tokens,
    province_token,
    query_words,
    same,
    words,
)
from app.search.language.vocabulary import GENERIC, OPTIONAL_WORDS

EXACT_BOOST: Final = 1.0
BARE_BOOST: Final = 0.5
FOLDED_BOOST: Final = 0.4
SYNONYM_BOOST: Final = 0.6
NEARBY_BOOST: Final = 0.3
APART_BOOST: Final = 0.2
PLAIN: Final = Thesaurus()
_SAME_I: Final = re.compile("(h|k|l|m|t|s|v|qu)([iy])([\u0300-\u036f]?)")
_NO_OTHER_I: Final = frozenset({"mi", "my"})
_OF_FRUIT: Final = frozenset({"quả", "trái", "trai"})
_GIFT_NAMES: Final = (("quà",), ("gift",))


@dataclass(frozen=True, slots=True)
class Alternative:
    """Tokens that must all be present to satisfy a slot this way, and how much it counts.

    A loose one forgives wrong marks; it is tried when nothing has the marks that were typed.
    """

    tokens: tuple[str, ...]
    boost: float
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing the shopper asked for: as typed, the ways to satisfy it, the tokens with marks."""

    text: str
    alternatives: tuple[Alternative, ...]
    exact: tuple[str, ...] = ()
    required: bool = True

    def strict(self) -> "Slot":
        """Give the slot without its loose alternatives."""
        return replace(
            self, alternatives=tuple(way for way in self.alternatives if not way.is_loose)
        )

    def forgiving(self, *, is_anywhere: bool) -> "Slot":
        """Give the slot so that other marks are forgiven near, and not in a description."""
        strict = tuple(way for way in self.alternatives if not way.is_loose)
        loose = tuple(way for way in self.alternatives if way.is_loose)
        near = replace(self, alternatives=loose).near(is_anywhere=is_anywhere)
        return replace(self, alternatives=(*strict, *near.alternatives))

    def near(self, *, is_anywhere: bool) -> "Slot":
        """Give the slot as it is met by names, makers and kinds; anywhere, by addresses as well."""
        ways = [
            replace(way, tokens=tuple(near_token(token, is_place=is_place) for token in way.tokens))
            for way in self.alternatives
            for is_place in ((False, True) if is_anywhere else (False,))
        ]
        return replace(self, alternatives=tuple(ways))


def query_slots(text: str, thesaurus: Thesaurus = PLAIN) -> tuple[Slot, ...]:
    """Read what a shopper typed as things to find, each with its alternatives.

    Takes anything: control characters, lone surrogates, brackets, a megabyte without a space.
    """
    return word_slots(query_words(text), thesaurus)


def word_slots(typed: list[str], thesaurus: Thesaurus = PLAIN) -> tuple[Slot, ...]:
    """Read normalised words as things to find."""
    return tuple(slot for _start, _end, slot in spans(typed, thesaurus))


def spans(typed: list[str], thesaurus: Thesaurus = PLAIN) -> Iterator[tuple[int, int, Slot]]:
    """Give each thing to find with the stretch of words that it was read from."""
    position = 0
    while position < len(typed):
        end, slot = (
            _place_slot(typed, position)
            or _classifier_slot(typed, position, thesaurus)
            or _phrase_slot(typed, position, thesaurus)
            or (position + 1, _word_slot(typed, position))
        )
        if slot.alternatives:
            yield position, end, slot
        position = end


def gift_slot(text: str, *, required: bool = True) -> Slot:
    """Ask for something to give: what the shop keeps as a gift, or what calls itself one."""
    ways = (
        Alternative((GIFT_TOKEN,), EXACT_BOOST),
        *(Alternative(_phrase_tokens(name), EXACT_BOOST) for name in _GIFT_NAMES),
    )
    return Slot(text, ways, required=required)


def is_generic(span: tuple[str, ...]) -> bool:
    """Tell words that all goods of this shop answer to: sản phẩm, đặc sản, OCOP."""
    return any(same(span, name) for name in _generic())


def is_place(slot: Slot) -> bool:
    """Tell a province or a gift from a word."""
    return any(is_code(way.tokens[0]) for way in slot.alternatives)


@cache
def _generic() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words(name)) for name in GENERIC)


def _place_slot(typed: list[str], start: int) -> tuple[int, Slot] | None:
    found = place_at(typed, start)
    if found is None:
        return None
    first, last, end, place = found
    span = tuple(typed[first:last])
    literal = _literal(span, typed, first)
    if (
        len(span) == 1 and span[0] == fold(place.name) and not place.is_town
    ):  # hue: most of the words so spelt are others
        literal = tuple(replace(way, is_loose=True) for way in literal)
    if place.is_town:  # Hạ Long is not Long Hà, and has its land to fall back on
        literal = tuple(way for way in literal if not way.is_loose)
    name = tuple(words(place.name))
    named = () if span == name else _literal(name, list(name), 0)
    ways = (*_codes(place), *literal, *named)
    strict = [replace(way, boost=EXACT_BOOST) for way in ways if not way.is_loose]
    loose = [way for way in ways if way.is_loose]
    return end, Slot(" ".join(typed[start:end]), tuple(dict.fromkeys([*strict, *loose])))


def _codes(place: Place) -> tuple[Alternative, ...]:
    today = province_token(place.code)
    if place.is_town:  # what stands in its name or address first, the land around it last
        return (Alternative((today,), NEARBY_BOOST, is_loose=True),)
    if not place.former:
        return (Alternative((today,), EXACT_BOOST),)
    return (
        Alternative((former_token(place.former),), EXACT_BOOST),
        Alternative((today,), NEARBY_BOOST, is_loose=True),
    )


def _phrase_slot(typed: list[str], start: int, thesaurus: Thesaurus) -> tuple[int, Slot] | None:
    """Find the longest known phrase that begins here, with its other names."""
    for length in range(min(LONGEST_PHRASE, len(typed) - start), 0, -1):
        span = tuple(typed[start : start + length])
        groups = thesaurus.members(span) or thesaurus.mixed(span)
        if not groups or (length == 1 and is_in_name(typed, start)):
            continue
        others = dict.fromkeys(name for group in groups for name in group if not same(span, name))
        bare = {tuple(map(fold, name)) for name in (span, *others) if _exact(name)}
        alternatives = (
            *_literal(span),
            *_apart(span),
            *(
                # "pho" is also what phở looks like to whoever forgives marks.
                Alternative(tokens, SYNONYM_BOOST, is_loose=name in bare and len(name) == 1)
                for name in others
                if (tokens := _phrase_tokens(name))
            ),
        )
        slot = Slot(" ".join(span), alternatives, _exact(span), required=not is_generic(span))
        return start + length, slot
    return None


def _classifier_slot(typed: list[str], start: int, thesaurus: Thesaurus) -> tuple[int, Slot] | None:
    """Require nothing of "fruit" before the name of a fruit: quả mận is mận."""
    if typed[start] not in _OF_FRUIT or thesaurus.members(tuple(typed[start : start + 2])):
        return None
    if start + 1 >= len(typed) or not thesaurus.members((typed[start + 1],)):
        return None
    return start + 1, replace(_word_slot(typed, start), required=False)


def _word_slot(typed: list[str], at: int) -> Slot:
    word = typed[at]
    ways, exact = _literal((word,)), _exact((word,))
    if exact and is_in_name(typed, at):
        exact = (exact_token(word, in_name=True),)
        ways = (Alternative(exact, EXACT_BOOST), *ways)
    required = word not in OPTIONAL_WORDS and not is_generic((word,))
    return Slot(word, (*ways, *_with_other_i(word)), exact, required=required)


def _with_other_i(word: str) -> tuple[Alternative, ...]:
    """Read lí as lý and mỹ as mĩ, which are the same; bare, mi is rather noodles than America."""
    found = _SAME_I.fullmatch(unicodedata.normalize("NFD", word))
    if not found or word in _NO_OTHER_I:
        return ()
    other = unicodedata.normalize("NFC", f"{found[1]}{'i' if found[2] == 'y' else 'y'}{found[3]}")
    token = folded_word(other) if other.isascii() else exact_token(other)
    return (Alternative((token,), BARE_BOOST),)


def _literal(
    span: tuple[str, ...], typed: list[str] | None = None, start: int = 0
) -> tuple[Alternative, ...]:
    plain = [folded_word(word) for word in span]
    pairs = tuple(pair_tokens(plain))
    loose = pairs or tuple(token for token in plain if token)
    marked = _exact(span, typed, start)
    if not marked:
        return (Alternative(loose, EXACT_BOOST),) if loose else ()
    strict = Alternative((*marked, *pairs), EXACT_BOOST)
    if not loose:
        return (strict,)
    bare = tuple(exact_token(fold(word)) for word in span if not word.isascii())
    return (
        strict,
        Alternative((*bare, *pairs), BARE_BOOST),
        Alternative(loose, FOLDED_BOOST, is_loose=True),
    )


def _apart(span: tuple[str, ...]) -> tuple[Alternative, ...]:
    """Find the words of a phrase one by one, when nothing has them side by side."""
    if len(span) == 1:
        return ()
    tokens = tuple(
        token
        for word in span
        if (token := folded_word(word) if word.isascii() else exact_token(word))
    )
    return (Alternative(tokens, APART_BOOST, is_loose=True),) if tokens else ()


def _exact(
    span: tuple[str, ...], typed: list[str] | None = None, start: int = 0
) -> tuple[str, ...]:
    return tuple(
        exact_token(word, in_name=typed is not None and is_in_name(typed, start + at))
        for at, word in enumerate(span)
        if not word.isascii()
    )


def _phrase_tokens(name: tuple[str, ...]) -> tuple[str, ...]:
    plain = [folded_word(word) for word in name]
    pairs = tuple(pair_tokens(plain))
    unmarked = pairs or tuple(plain if name[0].isascii() else ())
    return (*_exact(name), *unmarked)
