"""Grades by construction: which product answers a query how well follows from rules over its fields.

A rule is `part:words`, parts joined by `&`, ways parted by `|`, `!` for not:
`head:mật ong & price:<=200000 | en:honey & !vi:ngâm`. It compares whole words with their marks, with
a normalisation of its own: nothing of the search that is judged takes part in judging it.

* `head`: the Vietnamese name begins so; `vi`, `en`: a name has it; `name`: either;
* `producer`, `place`, `category`, `text` (description): it is said there, in either language;
* `province`, `set`: a code; `stars`, `price`: a comparison (`>=4`, `<=200000`, `5`).
"""

from __future__ import annotations

import operator
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.search.documents import SearchDocument

    Test = Callable[["Judged", date], bool]

BEST: Final = 3
TEXTS: Final = ("head", "vi", "en", "name", "producer", "place", "category", "text")
_WORD: Final = re.compile(r"\w+")
_COMPARISON: Final = re.compile(r"(<=|>=)?(\d+)$")
_COMPARE: Final[dict[str, Callable[[int, int], bool]]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One product, its texts cut into words once."""

    document: SearchDocument
    texts: dict[str, str]

    @classmethod
    def of(cls, document: SearchDocument) -> Judged:
        """Cut the texts of a product into words."""
        vi, en = (document.name_vi, document.also_vi), (document.name_en, document.also_en)
        return cls(
            document,
            {
                "head": _said(document.name_vi),
                "vi": _said(*vi),
                "en": _said(*en),
                "name": _said(*vi, *en),
                "producer": _said(document.producer),
                "place": _said(*document.place),
                "category": _said(*document.category),
                "text": _said(document.description_vi, document.description_en),
            },
        )


def grade(rules: Sequence[str], product: Judged, *, on: date) -> int:
    """Give the grade of a product: the rules are those for 3, 2 and 1; none fits means 0."""
    for value, rule in zip(range(BEST, 0, -1), rules, strict=False):
        if any(all(fits(product, on) for fits in way) for way in _ways(rule)):
            return value
    return 0


@lru_cache(maxsize=4_000)
def _ways(rule: str) -> tuple[tuple[Test, ...], ...]:
    return tuple(
        tuple(_test(part.strip()) for part in way.split("&"))
        for way in rule.split("|")
        if way.strip()
    )


def _test(part: str) -> Test:
    """Make the test that a part of a rule stands for. Raises `ValueError` for none."""
    if part.startswith("!"):
        other = _test(part[1:].strip())
        return lambda product, on: not other(product, on)
    name, _sign, wanted = part.partition(":")
    if name == "province":
        return lambda product, _on: product.document.province_code == wanted
    if name == "set":
        return lambda product, _on: wanted in product.document.category_codes
    if name in ("price", "stars"):
        return _comparison(name, wanted)
    if name not in TEXTS:
        raise ValueError(part)
    phrase = _said(wanted)
    if name == "head":
        return lambda product, _on: product.texts["head"].startswith(phrase)
    return lambda product, _on: phrase in product.texts[name]


def _comparison(name: str, wanted: str) -> Test:
    found = _COMPARISON.match(wanted)
    if found is None:
        raise ValueError(wanted)
    compare, limit = _COMPARE[found[1] or ""], int(found[2])
    if name == "price":
        return lambda product, _on: (
            product.document.price is not None and compare(product.document.price, limit)
        )
    return lambda product, on: compare(_stars(product.document, on), limit)


def _stars(said: SearchDocument, on: date) -> int:
    is_valid = said.stars_from and said.stars_until and said.stars_from <= on <= said.stars_until
    return said.stars if is_valid else 0


def _said(*texts: str) -> str:
    """Put words between single spaces, texts apart by a bar, so that whole words can be sought."""
    return " | ".join(f" {' '.join(_words(text))} " for text in texts if text)


@lru_cache(maxsize=100_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(
        _singular(word) for word in _WORD.findall(unicodedata.normalize("NFC", text).lower())
    )


def _singular(word: str) -> str:
    """Make an English plural without marks singular; both sides are treated alike."""
    if not word.isascii() or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("shes", "ches", "oes", "xes")) else word[:-1]
