"""Turn Vietnamese and English text into plain ASCII tokens that any engine can keep.

Every engine gets the same tokens, so what finds what is decided and tested here and nowhere else.
Five kinds, which cannot be mistaken for one another:

* ``che``: the folded syllable, lower case without marks;
* ``e__…``: the same word with its marks, as a hash (for words that have marks);
* ``che_shan``: two folded syllables next to each other;
* ``~che``, ``@che``: these once more when they are no mention in passing (see `near_token`);
* ``p_68``, ``q_travinh``, ``g_gift``: codes for a province, one of before 2025, and gifts.
"""

import re
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from app.search.language.vocabulary import NAMES

MAX_QUERY_CHARS: Final = 200
MAX_QUERY_WORDS: Final = 16
MAX_TEXT_CHARS: Final = 20_000
MAX_WORD_CHARS: Final = 40
SHORTEST_PLURAL: Final = 4
GIFT_TOKEN: Final = "g_gift"  # noqa: S105 - a token of an index

# No pair begins with these letters alone, so that a pair never looks like a code.
_CODES: Final = frozenset({"p", "q", "g"})
WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
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
# After q, u belongs to the consonant, and so does i after g: qúy → quý, qùa → quà, gìa → già.
_Q_STYLE = re.compile(
    f"(?:(?<=^q)(u)|(?<=^g)(i))([{_TONE_MARKS}])(y(?=e))?([aeiouy][\u0302\u0306\u031b]?)"
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
    return WORD.sub(lambda found: _place_tone(found.group()), lowered)


def words(text: str) -> list[str]:
    """Split text into normalised words with their marks."""
    return WORD.findall(_POSSESSIVE.sub("", normalise(text)))


def exact_token(word: str, *, in_name: bool = False) -> str:
    """Name a normalised word with its marks in ASCII; trà in Trà Vinh is another word than tea."""
    salt = b"name" if in_name else b""
    digest = blake2b(word.encode("utf-8", "replace"), digest_size=5, salt=salt).hexdigest()
    return f"e__{digest}"


def province_token(code: str) -> str:
    """Name a province of today."""
    return f"p_{code}"


def former_token(name: str) -> str:
    """Name a province of before July 2025."""
    return f"q_{''.join(char for char in fold(name) if char.isalnum())}"


def near_token(token: str, *, is_place: bool = False) -> str:
    """Name a token of a name, a maker or a kind; in an address it is another one.

    Trà Tân is a commune of egg farmers, so whoever wants tea does not ask for tea in addresses.
    """
    return f"@{token}" if is_place else f"~{token}"


def is_code(token: str) -> bool:
    """Tell a code from the words of a text."""
    return token[1:2] == "_" and token[0] in _CODES


def is_pair(token: str) -> bool:
    """Tell a pair of syllables from the other tokens."""
    return "_" in token and not token.startswith("e__") and not is_code(token)


def index_tokens(text: str, *, is_vietnamese: bool = False) -> list[str]:
    """List the tokens under which a text is found: syllables, exact words, pairs.

    Among marks a bare word is exact already: "chế biến" is no tea. A Vietnamese text without any
    mark was typed by somebody who left them out, and its words stand for all their marked forms.
    """
    found = words(text)
    plain = [folded_word(word) for word in found]
    tokens = [token for token in plain if token]
    is_bare = is_vietnamese and all(word.isascii() for word in found)
    tokens += [
        exact_token(word, in_name=is_in_name(found, at))
        for at, word in enumerate(found)
        if is_bare or not word.isascii()
    ]
    tokens += pair_tokens(plain)
    return tokens


def short_query(text: str) -> str:
    """Cut what a shopper typed to the length of a query."""
    return unicodedata.normalize("NFC", text[: MAX_QUERY_CHARS * 4])[:MAX_QUERY_CHARS]


def query_words(text: str) -> list[str]:
    """Split what a shopper typed into words, within the limits of a query."""
    return words(short_query(text))[:MAX_QUERY_WORDS]


def query_pairs(text: str) -> tuple[str, ...]:
    """List the pairs of neighbouring words in a query; a product that has them ranks higher."""
    return tuple(dict.fromkeys(pair_tokens([folded_word(word) for word in query_words(text)])))


@lru_cache(maxsize=20_000)
def folded_word(word: str) -> str:
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


def pair_tokens(plain: list[str]) -> list[str]:
    """Join neighbouring folded words."""
    return [
        f"{left}_{right}"
        for left, right in pairwise(plain)
        if left and right and left not in _CODES
    ]


def same(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Tell whether typed words mean a name: marks that were typed must agree."""
    return len(typed) == len(name) and all(
        word == part if not word.isascii() else folded_word(word) == folded_word(part)
        for word, part in zip(typed, name, strict=True)
    )


def is_in_name(typed: list[str], at: int) -> bool:
    """Tell whether a word is part of a proper name in which it does not mean the thing."""
    if folded_word(typed[at]) not in _words_of_names():
        return False
    around = (tuple(typed[at : at + 2]), tuple(typed[max(at - 1, 0) : at + 1]))
    return any(same(pair, name) for pair in around for name in _names())


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
    return unicodedata.normalize("NFC", _Q_STYLE.sub(r"\1\2\4\5\3", moved))


@cache
def _names() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words(name)) for name in NAMES)


@cache
def _words_of_names() -> frozenset[str]:
    return frozenset(folded_word(word) for name in _names() for word in name)
