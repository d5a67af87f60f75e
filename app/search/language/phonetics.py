"""How Vietnamese sounds to those who spell by ear."""

import re
from functools import lru_cache
from typing import Final

# North and south say these alike; the longer spelling is tried first.
_FIRST: Final = (
    ("ngh", "G"),
    ("ng", "G"),
    ("nh", "N"),
    ("gh", "g"),
    ("gi", "z"),
    ("ch", "c"),
    ("tr", "c"),
    ("th", "T"),
    ("ph", "f"),
    ("kh", "K"),
    ("qu", "kw"),
    ("d", "z"),
    ("r", "z"),
    ("x", "s"),
    ("s", "s"),
    ("n", "l"),
    ("l", "l"),
    ("c", "k"),
    ("k", "k"),
    ("q", "k"),
    ("f", "f"),
)
_VOWEL: Final = re.compile("[aeiouy]")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Give the key that folded words share which sound alike: giong and dong, xa and sa."""
    for spelling, key in _FIRST:
        if not word.startswith(spelling):
            continue
        rest = word[len(spelling) :]
        if spelling == "gi" and not _VOWEL.match(rest):
            rest = f"i{rest}"  # gì, gìn: the i is the vowel too
        return key + rest.replace("y", "i")
    return word.replace("y", "i")
