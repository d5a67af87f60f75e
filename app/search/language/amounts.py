"""Sums of money as people write them: 500k, 1,5 triệu, 1tr2, 200.000đ, 300,000 VND."""

import re
from typing import Final

LEAST: Final = 1_000
MOST: Final = 1_000_000_000
THOUSAND: Final = 1_000
MILLION: Final = 1_000_000

# For text without marks. A count in words needs a unit behind it.
_COUNTS: Final = {
    "nua": 0.5, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "mot tram": 100, "hai tram": 200, "ba tram": 300, "bon tram": 400,
    "nam tram": 500, "one": 1, "two": 2, "half a": 0.5,
}  # fmt: skip
_UNITS: Final = {
    "k": THOUSAND, "nghin": THOUSAND, "ngan": THOUSAND, "thousand": THOUSAND,
    "tram nghin": 100_000, "tram ngan": 100_000, "tram": 100_000,
    "tr": MILLION, "trieu": MILLION, "cu": MILLION, "million": MILLION, "mil": MILLION,
    "d": 1, "dong": 1, "vnd": 1,
}  # fmt: skip
_COUNT_WORDS: Final = "|".join(sorted(_COUNTS, key=len, reverse=True))
_UNIT_WORDS: Final = "|".join(
    unit.replace(" ", r"\s+") for unit in sorted(_UNITS, key=len, reverse=True)
)
# The parts of an amount: number, unit, what follows the million (1tr5), a half more, the currency.
AMOUNT: Final = (
    rf"(?:\d{{1,3}}(?:[.,]\d{{3}}){{1,3}}|\d{{1,10}}(?:[.,]\d{{1,2}})?|(?:{_COUNT_WORDS})(?=\s))"
    rf"(?:\s{{0,3}}(?:{_UNIT_WORDS})(?:(?<=tr)\d|(?<=trieu)\s?\d)?(?![^\W\d_])"
    r"(?:\s{0,3}(?:ruoi|dong|vnd|d)(?!\w)){0,2})?(?!\w)"
)
_PARTS: Final = re.compile(
    rf"(?P<number>[\d.,]+|{_COUNT_WORDS})\s*(?P<unit>{_UNIT_WORDS})?(?P<tenth>\s?\d)?(?P<more>.*)"
)


def read_amount(said: str, *, unit: str = "") -> tuple[int, str] | None:
    """Give the đồng of an amount without marks and its unit; `unit` is used when it names none.

    None when it is no sum that anybody pays.
    """
    found = _PARTS.fullmatch(said.strip())
    if found is None:
        return None
    named = " ".join((found["unit"] or "").split()) or unit
    number = _number(found["number"])
    dong = number * _UNITS.get(named, 1)
    if found["tenth"]:
        dong += int(found["tenth"]) * _UNITS.get(named, 1) / 10
    if "ruoi" in found["more"]:
        dong += _UNITS.get(named, 1) / 2
    whole = round(dong)
    return (whole, named) if LEAST <= whole <= MOST else None


def read_thousands(said: str) -> int | None:
    """Give the đồng of a bare number of two to four digits: "100" among prices is 100,000."""
    return int(said) * THOUSAND if re.fullmatch(r"[1-9]\d{1,3}", said.strip()) else None


def _number(said: str) -> float:
    if said in _COUNTS:
        return _COUNTS[said]
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", said):
        return int(re.sub("[.,]", "", said))
    return float(said.replace(",", ".").rstrip("."))
