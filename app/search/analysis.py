"""Turn Vietnamese and English text into plain ASCII tokens that any engine can keep.

Every engine gets the same tokens, so what finds what is decided and tested here and nowhere else.
Three kinds, which cannot be mistaken for one another:

* ``che``: the folded syllable, lower case without marks;
* ``e__…``: the same word with its marks, as a hash (for words that have marks);
* ``che_shan``: two folded syllables next to each other.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from app.search.synonyms import AMBIGUOUS, GROUPS, NAMES, OPTIONAL_WORDS

MAX_QUERY_CHARS: Final = 200
MAX_QUERY_WORDS: Final = 16
MAX_TEXT_CHARS: Final = 20_000
MAX_WORD_CHARS: Final = 40
LONGEST_PHRASE: Final = 4
SHORTEST_PLURAL: Final = 4

EXACT_BOOST: Final = 1.0
BARE_BOOST: Final = 0.5
FOLDED_BOOST: Final = 0.4
SYNONYM_BOOST: Final = 0.6

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_POSSESSIVE = re.compile(
    "(?<=\\w)['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}](?=s\\b)"
)
_MARK_PILE = re.compile("([\u0300-\u036f]{4})[\u0300-\u036f]+")
_LETTERS = str.maketrans(
    {
        "đ": "d",
        "ø": "o",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)
_TONE_MARKS: Final = "\u0300\u0301\u0303\u0309\u0323"
# hoà → hòa, khoẻ → khỏe, thuý → thúy: the tone moves to the first vowel of an open oa, oe, uy.
_NEW_STYLE = re.compile(f"(o)([ae])([{_TONE_MARKS}])$|(?<!q)(u)(y)([{_TONE_MARKS}])$")
# After q, u belongs to the consonant: qúy → quý.
_Q_STYLE = re.compile(f"(?<=q)u([{_TONE_MARKS}])y$")


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


def fold(text: str) -> str:
    """Give the lower-case ASCII form used to compare and sort; what has none is left out."""
    plain = unicodedata.normalize("NFKD", _tame(text)).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(_LETTERS)
    return "".join(
        char if char.isprintable() else " " if char.isspace() else ""
        for char in plain
        if char.isascii()
    )


def normalise(text: str) -> str:
    """Give the one spelling of text that keeps its marks: NFC, lower case, tone on òa, òe, úy."""
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFC", _tame(text)).lower())
    return _WORD.sub(lambda found: _place_tone(found.group()), lowered)


def words(text: str) -> list[str]:
    """Split text into normalised words with their marks."""
    return _WORD.findall(_POSSESSIVE.sub("", normalise(text)))


def exact_token(word: str, *, in_name: bool = False) -> str:
    """Name a normalised word with its marks in ASCII; trà in Trà Vinh is another word than tea."""
    salt = b"name" if in_name else b""
    digest = blake2b(word.encode("utf-8", "replace"), digest_size=5, salt=salt).hexdigest()
    return f"e__{digest}"


def is_pair(token: str) -> bool:
    """Tell a pair of syllables from the other tokens."""
    return "_" in token and not token.startswith("e__")


def index_tokens(text: str, *, is_vietnamese: bool = False) -> list[str]:
    """List the tokens under which a text is found: syllables, exact words, pairs.

    Among marks a bare word is exact already: "chế biến" is no tea. A Vietnamese text without any
    mark was typed by somebody who left them out, and its words stand for all their marked forms.
    """
    found = words(text)
    plain = [_folded_word(word) for word in found]
    tokens = [token for token in plain if token]
    is_bare = is_vietnamese and all(word.isascii() for word in found)
    tokens += [
        exact_token(word, in_name=_is_in_name(found, at))
        for at, word in enumerate(found)
        if is_bare or not word.isascii()
    ]
    tokens += _pairs(plain)
    return tokens


def query_slots(text: str) -> tuple[Slot, ...]:
    """Read what a shopper typed as things to find, each with its alternatives.

    Takes anything: control characters, lone surrogates, brackets, a megabyte without a space.
    """
    return tuple(_slots(query_words(text)))


def query_words(text: str) -> list[str]:
    """Split what a shopper typed into words, within the limits of a query."""
    short = unicodedata.normalize("NFC", text[: MAX_QUERY_CHARS * 4])[:MAX_QUERY_CHARS]
    return words(short)[:MAX_QUERY_WORDS]


def query_pairs(text: str) -> tuple[str, ...]:
    """List the pairs of neighbouring words in a query; a product that has them ranks higher."""
    return tuple(dict.fromkeys(_pairs([_folded_word(word) for word in query_words(text)])))


def _tame(text: str) -> str:
    """Bound the work that a hostile text can cause: length, and piles of marks on one letter."""
    text = text[:MAX_TEXT_CHARS]
    return text if text.isascii() else _MARK_PILE.sub(r"\1", unicodedata.normalize("NFC", text))


@lru_cache(maxsize=20_000)
def _place_tone(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    moved = _NEW_STYLE.sub(
        lambda m: f"{m[1]}{m[3]}{m[2]}" if m[1] else f"{m[4]}{m[6]}{m[5]}", apart
    )
    return unicodedata.normalize("NFC", _Q_STYLE.sub(r"uy\1", moved))


@lru_cache(maxsize=20_000)
def _folded_word(word: str) -> str:
    """Fold one word; an English plural without marks becomes the singular."""
    plain = "".join(char for char in fold(word) if char.isalnum())[:MAX_WORD_CHARS]
    if not word.isascii() or len(plain) < SHORTEST_PLURAL or not plain.endswith("s"):
        return plain
    if plain.endswith(("ss", "us", "is")):
        return plain
    if plain.endswith("ies") and len(plain) > SHORTEST_PLURAL:
        return f"{plain[:-3]}y"
    if plain.endswith(("shes", "ches", "xes", "sses", "oes")):
        return plain[:-2]
    return plain[:-1]


def _pairs(plain: list[str]) -> list[str]:
    return [f"{left}_{right}" for left, right in pairwise(plain) if left and right]


def _slots(typed: list[str]) -> Iterator[Slot]:
    position = 0
    while position < len(typed):
        length, slot = _phrase_slot(typed, position) or (1, _word_slot(typed, position))
        if slot.alternatives:
            yield slot
        position += length


def _phrase_slot(typed: list[str], start: int) -> tuple[int, Slot] | None:
    """Find the longest known phrase that begins here, with its other names."""
    for length in range(min(LONGEST_PHRASE, len(typed) - start), 0, -1):
        span = tuple(typed[start : start + length])
        members = _members(span)
        if not members or (length == 1 and _is_in_name(typed, start)):
            continue
        others = dict.fromkeys(name for group in members for name in group if not _same(span, name))
        alternatives = (
            *_literal(span),
            *(Alternative(_phrase_tokens(name), SYNONYM_BOOST) for name in others),
        )
        return length, Slot(" ".join(span), alternatives, _exact(span))
    return None


def _word_slot(typed: list[str], at: int) -> Slot:
    word = typed[at]
    ways, exact = _literal((word,)), _exact((word,))
    if exact and _is_in_name(typed, at):
        exact = (exact_token(word, in_name=True),)
        ways = (Alternative(exact, EXACT_BOOST), *ways)
    return Slot(word, ways, exact, required=word not in OPTIONAL_WORDS)


def _literal(span: tuple[str, ...]) -> tuple[Alternative, ...]:
    plain = [_folded_word(word) for word in span]
    loose = tuple(_pairs(plain)) if len(span) > 1 else tuple(token for token in plain if token)
    marked = _exact(span)
    if not marked:
        return (Alternative(loose, EXACT_BOOST),) if loose else ()
    pairs = loose if len(span) > 1 else ()
    strict = Alternative((*marked, *pairs), EXACT_BOOST)
    if not loose:
        return (strict,)
    bare = tuple(exact_token(fold(word)) for word in span if not word.isascii())
    return (
        strict,
        Alternative((*bare, *pairs), BARE_BOOST),
        Alternative(loose, FOLDED_BOOST, is_loose=True),
    )


def _exact(span: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(exact_token(word) for word in span if not word.isascii())


def _phrase_tokens(name: tuple[str, ...]) -> tuple[str, ...]:
    plain = [_folded_word(word) for word in name]
    unmarked = tuple(_pairs(plain)) if len(name) > 1 else tuple(plain if name[0].isascii() else ())
    return (*_exact(name), *unmarked)


def _same(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Tell whether typed words mean a name: marks that were typed must agree."""
    return len(typed) == len(name) and all(
        word == part if not word.isascii() else _folded_word(word) == _folded_word(part)
        for word, part in zip(typed, name, strict=True)
    )


def _members(span: tuple[str, ...]) -> list[tuple[tuple[str, ...], ...]]:
    key = " ".join(_folded_word(word) for word in span)
    if key in AMBIGUOUS and all(word.isascii() for word in span):
        return [group for group in _by_fold().get(key, ()) if span in group]
    return [group for group in _by_fold().get(key, ()) if any(_same(span, name) for name in group)]


def _is_in_name(typed: list[str], start: int) -> bool:
    if _folded_word(typed[start]) not in _words_of_names():
        return False
    around = (tuple(typed[start : start + 2]), tuple(typed[max(start - 1, 0) : start + 1]))
    return any(_same(pair, name) for pair in around for name in _names())


@cache
def _by_fold() -> dict[str, list[tuple[tuple[str, ...], ...]]]:
    table: dict[str, list[tuple[tuple[str, ...], ...]]] = {}
    for group in GROUPS:
        names = tuple(tuple(words(name)) for name in group)
        for key in dict.fromkeys(" ".join(_folded_word(word) for word in name) for name in names):
            table.setdefault(key, []).append(names)
    return table


@cache
def _names() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words(name)) for name in NAMES)


@cache
def _words_of_names() -> frozenset[str]:
    return frozenset(_folded_word(word) for name in _names() for word in name)
