"""The rules by which a text is published at once; what breaks one waits for a person (S44)."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.foundation.text import fold

WORDS: Final = Path(__file__).resolve().parents[3] / "data" / "moderation" / "words.txt"
EXACT: Final = "="
LINK: Final = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|net|org|vn|info|shop|xyz|top|io|me|ly)\b", re.IGNORECASE
)
EMAIL: Final = re.compile(r"\S@\S+\.\S")
# Nine digits and more with nothing but spaces, dots and dashes between them: nobody writes weights so.
PHONE: Final = re.compile(r"(?:\+|\b)\d(?:[ .\-()]?\d){8,}")
_WORD: Final = re.compile(r"\w+")


class Fault(StrEnum):
    """Why a text waits for a person."""

    LINK = "link"
    PHONE = "phone"
    WORD = "word"
    FAST = "fast"
    REPORTED = "reported"
    REFUSED_BEFORE = "refused_before"


def faults_of(*texts: str) -> list[Fault]:
    """Find what in a text wants a look: a link or an address, a phone number, a banned word."""
    whole = unicodedata.normalize("NFKC", "\n".join(texts))
    found = []
    if LINK.search(whole) or EMAIL.search(whole):
        found.append(Fault.LINK)
    if PHONE.search(whole):
        found.append(Fault.PHONE)
    folded, exact = banned()
    plain = f" {' '.join(_WORD.findall(fold(whole)))} "
    accented = f" {' '.join(_WORD.findall(unicodedata.normalize('NFC', whole).casefold()))} "
    if any(f" {one} " in plain for one in folded) or any(f" {one} " in accented for one in exact):
        found.append(Fault.WORD)
    return found


@lru_cache(maxsize=1)
def banned() -> tuple[frozenset[str], frozenset[str]]:
    """Read the list of words once: those compared without accents, and those compared with them."""
    lines = [line.strip() for line in WORDS.read_text(encoding="utf-8").splitlines()]
    said = [line for line in lines if line and not line.startswith("#")]
    folded = frozenset(fold(one) for one in said if not one.startswith(EXACT))
    exact = frozenset(one.removeprefix(EXACT).casefold() for one in said if one.startswith(EXACT))
    return folded, exact
