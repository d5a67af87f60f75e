"""How people write places: spellings, words for units, and what stands around a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.foundation.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 200
MOST_PARTS: Final = 6
_APOSTROPHES: Final = re.compile(r"['’ʼ`´]")
_OTHERS: Final = re.compile(r"[^a-z0-9]+")
_ZEROS: Final = re.compile(r"\b0+(?=\d)")
_FORMERLY: Final = re.compile(r"\((?:cũ|cu|old|former)\)", re.IGNORECASE)
BETWEEN: Final = re.compile(r"[,;\n]")
_COMMUNE_WORDS: Final = re.compile(
    r"^(?:(?P<commune>xa|x)|(?P<ward>phuong|p|f)|(?P<town>thi tran|tt)|(?P<zone>dac khu|dk)"
    r"|commune|ward|town(?:ship)?) (?=.)|^(?P<short>[pf])(?=\d+$)"
)
_COMMUNE_ENDINGS: Final = re.compile(
    r"(?<=.) (?:(?P<commune>commune)|(?P<ward>ward)|(?P<town>town(?:ship)?)|(?P<zone>special zone))$"
)
DISTRICT_WORDS: Final = re.compile(
    r"^(?:quan|q|huyen|h|thi xa|tx|thanh pho|tp|tinh|t|district|city|province) (?=.)|^[q](?=\d+$)"
    r"|(?<=.) (?:district|city|province|town)$"
)
# What people call a province besides its name; the name is what the table knows.
NICKNAMES: Final = {
    "hcm": "ho chi minh",
    "tphcm": "ho chi minh",
    "tp hcm": "ho chi minh",
    "sai gon": "ho chi minh",
    "saigon": "ho chi minh",
    "hanoi": "ha noi",
    "danang": "da nang",
    "thua thien hue": "hue",
    "vung tau": "ba ria vung tau",
    "dac lac": "dak lak",
    "dac nong": "dak nong",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: a name, what stands around it, and the kind that it claims."""

    name: str
    around: tuple[str, ...]
    kind: str | None = None


def plain(text: str) -> str:
    """Bring a name to the letters and digits that all its spellings share: "Cư M’gar" → "cu mgar"."""
    letters = _OTHERS.sub(" ", _APOSTROPHES.sub("", fold(text[:LONGEST]))).strip()
    return _ZEROS.sub("", letters)  # "Phường 01" is "Phường 1"


def without_kind(name: str) -> tuple[str, str | None]:
    """Take the word for the unit off a name, and tell which it was."""
    for pattern in (_COMMUNE_WORDS, _COMMUNE_ENDINGS):
        found = pattern.search(name)
        if found:
            return pattern.sub("", name).strip(), found.lastgroup
    return name, None


def readings(text: str) -> list[Reading]:
    """List the ways to read a text: each part between commas as the name, then each beginning."""
    kept = BETWEEN.split(_FORMERLY.sub("", text[:LONGEST]))
    parts = [name for part in kept if (name := plain(part))][-MOST_PARTS:]
    found: list[Reading] = []
    for at, part in enumerate(parts):
        bare, kind = without_kind(part)
        if kind:  # "Xa Dung" is a name, and no xã called Dung
            found.append(Reading(part, tuple(parts[at + 1 :]), kind))
        found.append(Reading(bare, tuple(parts[at + 1 :]), kind))
    found.sort(key=lambda one: one.kind is None)
    if len(parts) == 1:
        bare, kind = without_kind(parts[0])
        letters = bare.split()
        found += [
            Reading(" ".join(letters[:cut]), (" ".join(letters[cut:]),), kind)
            for cut in range(min(len(letters), 8) - 1, 0, -1)
        ]
    return found


def explained(around: Iterable[str], known: set[str]) -> bool:
    """Whether everything around a name is a known name of its surroundings, one or two in a row."""
    return all(_is_known(words, known) for words in around)


def _is_known(words: str, known: set[str]) -> bool:
    for name in (words, DISTRICT_WORDS.sub("", words)):
        if name in known or NICKNAMES.get(name, name) in known or name in {"viet nam", "vietnam"}:
            return True
    letters = words.split()
    return any(
        _is_known(" ".join(letters[:cut]), known) and _is_known(" ".join(letters[cut:]), known)
        for cut in range(1, min(len(letters), 6))
        if " ".join(letters[:cut]) in known
    )
