"""Text as people type it, made safe and comparable (P10, P11, R40)."""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Final

_KEPT_CONTROLS: Final = "\n\t"
# Public ids and codes leave out letters that are misread on paper: i, l, o, u.
ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_SEPARATORS: Final = re.compile(r"[^a-z0-9]+")
SLUG_LENGTH: Final = 80
MOST_MARKS: Final = 8  # no writing puts more on one letter


def clean(text: str) -> str:
    """Bring text to NFC, drop controls, line-end variants and piles of marks, trim the ends.

    Raises `ValueError` for what no database stores: NUL and lone surrogates.
    """
    if not is_storable(text):
        msg = "text with characters that cannot be stored"
        raise ValueError(msg)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        letter
        for letter in lines
        if letter in _KEPT_CONTROLS or unicodedata.category(letter) not in {"Cc", "Cf"}
    )
    return unicodedata.normalize("NFC", without_piles(kept)).strip()


def without_piles(text: str) -> str:
    """Leave no letter more marks than writing has: bringing n of them in order takes n² steps."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def is_storable(text: str) -> bool:
    """Whether a database and a page can hold a text: neither holds NUL or half a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def fold(text: str) -> str:
    """Strip case and marks, đ included: "Đắk Lắk" and "dak lak" fold alike."""
    if text.isascii():
        return text.casefold()
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return unicodedata.normalize(
        "NFC", "".join(letter for letter in bare if not unicodedata.combining(letter))
    )


def slugify(text: str) -> str:
    """Make the readable part of a link: ASCII words with hyphens."""
    return _SEPARATORS.sub("-", fold(text)).strip("-")[:SLUG_LENGTH].strip("-") or "x"


def random_id(length: int) -> str:
    """Draw an id that tells nothing and cannot be guessed: five bits a letter."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


_VIETNAMESE: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES: Final = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def sort_key(text: str) -> str:
    """Make a key that sorts as a Vietnamese dictionary does: letters first, tones after."""
    letters: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFC", text.casefold()):
        bare = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in bare if mark in _TONES), "")
        base = unicodedata.normalize("NFC", bare.replace(tone, "") if tone else bare)
        at = _VIETNAMESE.find(base)
        letters.append(chr(ord("A") + at) if at >= 0 else ("0" + base if base.isalnum() else " "))
        tones.append(str(_TONES.index(tone) + 1) if tone else "0")
    return ("".join(letters) + " " + "".join(tones))[:255]
