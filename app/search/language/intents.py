"""What a shopper says about price, stars and gifts, cut out of the words that name goods.

The patterns read a copy of the text without marks; where marks were typed, they must be the right
ones: "dưới 500k" and "duoi 500k" are prices, "đuôi 500k" is not.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.search.language.amounts import AMOUNT, read_amount
from app.search.language.tokens import fold, normalise, short_query
from app.shop.catalogue.asking import Reading

ABOUT: Final = 0.2
LEAST_BARE_SUM: Final = 10_000
STARS: Final = (3, 4, 5)

_GAP: Final = r"\s{0,3}"
_PRICE_WORD: Final = rf"(?:(?:co{_GAP})?(?:muc{_GAP})?gia(?:{_GAP}ca)?{_GAP}|price[ds]?{_GAP})?"
_BELOW: Final = (
    "duoi|khong qua|toi da|nho hon|re hon|it hon|thap hon|chua den|"
    "under|below|less than|up to|at most|max|cheaper than|within|<=|<|≤"
)
_ABOVE: Final = (
    "tren|hon|toi thieu|it nhat|cao hon|lon hon|over|above|more than|at least|min|>=|>|≥"
)
_NEAR: Final = "tam khoang|tam|khoang|co|about|around|approx|~"
_OR_LESS: Final = "tro xuong|do lai|tro lai|or less|or under|or below"
_OR_MORE: Final = r"tro len|or more|or above|or over|and up|and above|up|\+"
_RANGE: Final = rf"(?:{_GAP}[-–—~]{_GAP}|{_GAP}(?:den|toi|to|and|va){_GAP})"
_BOUND: Final = r"(?<![\w.,])"

_BETWEEN: Final = re.compile(
    rf"{_BOUND}{_PRICE_WORD}(?:(?:tu|from|between|giua|trong khoang|khoang|tam){_GAP})?"
    rf"(?P<least>{AMOUNT}){_RANGE}(?P<most>{AMOUNT})"
)
_ONE_SUM: Final = re.compile(
    rf"{_BOUND}{_PRICE_WORD}(?:(?P<below>{_BELOW}|den|toi){_GAP}|(?P<above>{_ABOVE}|tu|from){_GAP}"
    rf"|(?P<near>{_NEAR}|gia){_GAP})?(?P<sum>{AMOUNT})"
    rf"(?:{_GAP}(?:(?P<less>{_OR_LESS})|(?P<more>{_OR_MORE}))(?!\w))?"
)
_COUNT: Final = {
    "ba": 3, "bon": 4, "nam": 5, "three": 3, "four": 4, "five": 5,
    "1": 1, "2": 2, "3": 3, "4": 4, "5": 5,
}  # fmt: skip
_STARS: Final = re.compile(
    rf"{_BOUND}(?:(?P<least>tu|toi thieu|it nhat|at least|from|min|tren|over|above|>=){_GAP})?"
    rf"(?:(?P<low>[1-5]){_GAP}(?:[-–—]|den|toi|to){_GAP})?"
    rf"(?P<count>{'|'.join(_COUNT)})(?:{_GAP}(?P<plus>\+))?[\s-]{{0,3}}"
    rf"(?:(?:sao|stars?|rated)(?!\w)(?!\s+(?:anise|apple|fruit|gooseberry))|[*★⭐]{{1,5}})"
    rf"(?:{_GAP}(?P<more>{_OR_MORE})(?!\w))?"
)
_GIFT: Final = re.compile(
    r"(?<!\w)(?:(?:set|bo|hop|gio|lam|mon|do|goi)\s+qua(?:\s+(?:tang|bieu|tet)){0,2}"
    r"|qua(?:\s+(?:tang|bieu|tet)){1,2}"
    r"|qua(?!\s+vat)|bieu\s+tang|(?:gift|present)s?(?:\s+(?:sets?|box(?:es)?|hampers?|baskets?|ideas?))?)(?!\w)"
)
# Bare, "qua" stands for quả as well; alone it says nothing.
_BARE_GIFT: Final = "qua"
_SAID: Final = (
    "dưới trên từ đến tới tầm khoảng cỡ giá cả mức có trở xuống lên lại hơn tối đa thiểu không quá"
    " nhỏ rẻ ít thấp cao lớn nhất chưa đổ giữa trong và triệu nghìn ngàn trăm đồng đ củ rưỡi nửa"
    " một hai ba bốn năm sáu bảy tám chín mười sao quà tặng biếu tết bộ hộp giỏ làm món đồ gói"
    " vnđ trđ"
)
_MARKED: Final = frozenset(_SAID.split())
_WORDS: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Cut:
    """A text and what was read out of it: the words left, and the stretches that were taken."""

    text: str
    readings: tuple[Reading, ...] = ()
    taken: tuple[tuple[int, int], ...] = ()
    gift: str = ""

    @property
    def rest(self) -> str:
        """The text without what was read out of it."""
        left = list(self.text)
        for start, end in self.taken:
            left[start:end] = " " * (end - start)
        return "".join(left)


def cut(text: str) -> Cut:
    """Read prices, stars and gifts out of a text. The result's `text` is normalised."""
    text = normalise(short_query(text))
    plain = "".join(_plain(char) for char in text)
    left = list(plain)
    readings: list[Reading] = []
    taken: list[tuple[int, int]] = []

    def take(found: re.Match[str], *told: tuple[str, int]) -> None:
        start, end = found.span()
        said = " ".join(text[start:end].split())
        readings.extend(Reading(words=said, kind=kind, value=value) for kind, value in told)
        taken.append((start, end))
        left[start:end] = "\x00" * (end - start)

    for pattern, read in ((_STARS, _stars), (_BETWEEN, _between), (_ONE_SUM, _one_sum)):
        for found in pattern.finditer("".join(left)):
            known = {reading.kind for reading in readings}
            told = read(found) if _is_meant(text, found) else ()
            if told and known.isdisjoint(kind for kind, _value in told):
                take(found, *told)
    gift = ""
    present = _GIFT.search("".join(left))
    if present and _is_meant(text, present) and _says_gift(text, present, left):
        gift = text[slice(*present.span())]
        take(present, ("gift", 0))
    return Cut(text, tuple(readings), tuple(sorted(taken)), gift)


@lru_cache(maxsize=4_096)
def _plain(char: str) -> str:
    """Give one plain character for one character, so that places in both texts are the same."""
    if char == "₫":
        return "d"
    if char.isspace():
        return " "
    folded = char if char.isascii() or not char.isalnum() else fold(char)
    return folded if len(folded) == 1 else unicodedata.normalize("NFC", char)[:1] or " "


def _is_meant(text: str, found: re.Match[str]) -> bool:
    said = text[slice(*found.span())].replace("₫", " ")
    return all(word.isascii() or word in _MARKED for word in _WORDS.findall(said))


def _stars(found: re.Match[str]) -> tuple[tuple[str, int], ...]:
    count = _COUNT[found["count"]]
    low = int(found["low"]) if found["low"] else count
    if low < count or found["least"] or found["plus"] or found["more"]:
        return (("star_min", max(min(low, count), min(STARS))),)
    return (("star", count),) if count in STARS else ()


def _between(found: re.Match[str]) -> tuple[tuple[str, int], ...]:
    most = read_amount(found["most"])
    if most is None:
        return ()
    least = read_amount(found["least"])
    if least is None or (not least[1] and most[1] not in {"", "d", "dong", "vnd"}):
        least = read_amount(found["least"], unit=most[1])
    if least is None or (not least[1] and not most[1] and least[0] < LEAST_BARE_SUM):
        return ()
    low, high = sorted((least[0], most[0]))
    return ("price_min", low), ("price_max", high)


def _one_sum(found: re.Match[str]) -> tuple[tuple[str, int], ...]:
    amount = read_amount(found["sum"])
    compared = found["below"] or found["above"] or found["near"] or found["less"] or found["more"]
    if amount is None or (not amount[1] and (not compared or amount[0] < LEAST_BARE_SUM)):
        return ()
    dong = amount[0]
    if found["below"] or found["less"]:
        return (("price_max", dong),)
    if found["above"] or found["more"]:
        return (("price_min", dong),)
    if not compared and dong < LEAST_BARE_SUM:
        return ()
    return ("price_min", round(dong * (1 - ABOUT))), ("price_max", round(dong * (1 + ABOUT)))


def _says_gift(text: str, found: re.Match[str], left: list[str]) -> bool:
    if text[slice(*found.span())] != _BARE_GIFT:
        return True
    start, end = found.span()
    others = "".join(left[:start] + left[end:]).replace("\x00", " ")
    return not others.strip() and "\x00" in left
