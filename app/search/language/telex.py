"""Read what is left when a Vietnamese keyboard was off: caf phee, nuoocs mawms, ca2 phe6.

Telex writes marks as letters (s f r x j, aa, dd, w), VNI as digits. Both may stand anywhere after
the vowel that they belong to.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from app.search.language.tokens import fold, normalise

LONGEST: Final = 12

_TONES: Final = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES: Final = dict(zip("12345", "sfrxj", strict=True))
_INITIALS: Final = "ngh|ng|nh|gh|gi|kh|ph|th|ch|tr|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"  # and none
_SYLLABLE: Final = re.compile(
    f"(?P<first>{_INITIALS})(?P<vowels>[aăâeêioôơuưy]{{1,3}})(?P<last>ch|ng|nh|c|m|n|p|t|)"
)
_NUCLEI: Final = (
    "a ă â e ê i o ô ơ u ư y ai ao au âu ay ây eo êu ia iê iu oa oă oe oi ôi ơi oo ua uâ uê ui ưi uo"
    " uô uơ uy ưa ươ ưu yê iêu yêu oai oay oeo uây uôi ươi ươu uya uyê uyu oao"
)
_VOWELS: Final = frozenset(_NUCLEI.split())
_FOLDED_VOWELS: Final = frozenset(map(fold, _VOWELS)) - {"oo"}
_ALWAYS_CLOSED: Final = frozenset({"ă", "â", "iê", "oă", "uâ", "yê", "uyê", "oo", "uô", "ươ"})
_TELEX: Final = re.compile("[a-z]+", re.ASCII)
_VNI: Final = re.compile("[a-z]+[1-9][a-z1-9]*", re.ASCII)
_FIRST_LETTERS: Final = re.compile(r"(?:qu|gi(?=[aeiouy])|[^aeiouyw])*")


def is_syllable(plain: str) -> bool:
    """Tell letters that may be a Vietnamese syllable without its marks from English ones."""
    found = _SYLLABLE.fullmatch(plain)
    return found is not None and found["vowels"] in _FOLDED_VOWELS


@lru_cache(maxsize=4_000)
def decode(word: str) -> str:
    """Give the syllable with its marks that these keys would have made, or nothing."""
    word = unicodedata.normalize("NFC", word)
    if not 1 < len(word) <= LONGEST:
        return ""
    if _VNI.fullmatch(word):
        word = _as_telex(word)
    if not word or not _TELEX.fullmatch(word):
        return ""
    start, rest = _divided(word)
    tones = [char for char in rest if char in _TONES]
    if len(tones) > 1:  # a doubled key undoes itself
        return ""
    rest = "".join(char for char in rest if char not in _TONES and char != "z")
    if rest.endswith("d") and start.startswith("d"):
        start, rest = "đ" + start[1:], rest[:-1]
    start = start.replace("dd", "đ", 1)
    made = _place(start + _vowels_of(rest), _TONES[tones[0]] if tones else "")
    return "" if made == word else made


def _divided(word: str) -> tuple[str, str]:
    found = _FIRST_LETTERS.match(word)
    end = found.end() if found else 0
    return word[:end], word[end:]


def _as_telex(word: str) -> str:
    """Write digits as the keys of telex: marks behind their vowel, the tone at the end."""
    tone = ""
    letters: list[str] = []
    for char in word:
        if not char.isdigit():
            letters.append(char)
        elif char in _VNI_TONES:
            if tone:
                return ""
            tone = _VNI_TONES[char]
        elif not _mark(letters, char):
            return ""
    return "".join(letters) + tone


def _mark(letters: list[str], digit: str) -> bool:
    """Put the mark of a digit on the last letter that can have it."""
    wanted, key = {"6": ("aeo", ""), "7": ("ou", "w"), "8": ("a", "w"), "9": ("d", "d")}[digit]
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in wanted:
            letters.insert(at + 1, key or letters[at])
            return True
    return False


def _vowels_of(rest: str) -> str:
    found = re.match("[aeiouyw]*", rest)
    end = found.end() if found else 0
    vowels, last = rest[:end], rest[end:]
    if "w" in last:  # typed after the last consonant: nuocw
        vowels, last = f"{vowels}w", last.replace("w", "", 1)
    elif last[-1:] in tuple("aeo") and last[-1] in vowels:  # vietej was viete: the e counts double
        vowels, last = vowels.replace(last[-1], last[-1] * 2, 1), last[:-1]
    for keys, letter in (("aa", "â"), ("ee", "ê"), ("oo", "ô")):
        vowels = vowels.replace(keys, letter, 1)
    if "w" in vowels:
        plain = vowels.replace("w", "")
        if "uo" in plain:
            vowels = plain.replace("uo", "ươ", 1)
        else:
            vowels = re.sub("ua(?=w)", "ưa", vowels, count=1) if "uaw" in vowels else vowels
            for keys, letter in (("aw", "ă"), ("ow", "ơ"), ("uw", "ư")):
                vowels = vowels.replace(keys, letter, 1)
            if vowels.startswith("w"):
                vowels = f"ư{vowels[1:]}"
            elif "w" in vowels:
                vowels = vowels.replace("w", "").replace("u", "ư", 1)
    return vowels + last


def _place(syllable: str, tone: str) -> str:
    """Check that this is a Vietnamese syllable and put the tone on its vowel."""
    found = _SYLLABLE.fullmatch(syllable)
    if not found:
        return ""
    first, vowels, last = found["first"], found["vowels"], found["last"]
    if vowels not in _VOWELS or (not last and vowels in _ALWAYS_CLOSED):
        return ""
    at = _toned(vowels, last)
    toned = unicodedata.normalize("NFC", vowels[at] + tone)
    return normalise(first + vowels[:at] + toned + vowels[at + 1 :] + last)


def _toned(vowels: str, last: str) -> int:
    if "ươ" in vowels:
        return vowels.index("ơ")
    for at, char in enumerate(vowels):
        if char in "ăâêôơư":
            return at
    if len(vowels) == 1:
        return 0
    return 1 if last or len(vowels) > len("oa") else 0
