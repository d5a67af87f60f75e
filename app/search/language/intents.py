"""What a shopper says about price, stars and gifts, cut out of the words that name goods.

The patterns read a copy of the text without marks; where marks were typed, they must be the right
ones: "dưới 500k" and "duoi 500k" are prices, "đuôi 500k" is not.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.search.language import gifts, questions
from app.search.language.amounts import AMOUNT, read_amount, read_thousands
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
_BELOW_IN_WORDS: Final = frozenset(
    ("duoi", "khong qua", "toi da", "re hon", "under", "below", "less than", "up to", "at most")
)
# What a number may count instead of money.
_MEASURE: Final = re.compile(
    r"\s{0,3}(?:[%°$€./-]|(?:g|gr|gram|gam|kg|mg|ml|l|lít|lit|cm|mm|m|mét|độ|tuổi|năm|tháng|ngày|calo|kcal"
    r"|usd|dollars?|đô|euros?|eur|bucks|years?|days?|degrees?|litres?|liters?|grams?)(?!\w))"
)
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
_MARKED_OF_GIFTS: Final = _MARKED | gifts.MARKED
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
            told = read(found) if _is_meant(text, found.span()) else ()
            told = told or _bare_most(text, found)
            if told and known.isdisjoint(kind for kind, _value in told):
                take(found, *told)
    gift = ""
    for span in _gift_spans(text, "".join(left)):
        gift = gift or " ".join(text[slice(*span)].split())
        taken.append(span)
    if gift:
        readings.append(Reading(words=gift, kind="gift"))
    taken += _question_spans(text, "".join(left), taken)
    return Cut(text, tuple(readings), tuple(sorted(taken)), gift)


def _gift_spans(text: str, plain: str) -> list[tuple[int, int]]:
    """Find where a gift is said, with for whom and when beside it, and where else for whom it is."""
    present = _GIFT.search(plain)
    if present is None or not _is_meant(text, present.span()):
        return []
    start, end = present.span()
    is_said = text[start:end] != _BARE_GIFT
    while (more := gifts.after(plain, end)) and _is_meant(text, more.span(), _MARKED_OF_GIFTS):
        is_said = is_said or gifts.is_plainly_said(more)
        end = more.end()
    occasion = gifts.before(plain, start)
    if occasion and _is_meant(text, occasion.span(), _MARKED_OF_GIFTS):
        start = occasion.start()
    others = plain[: present.start()] + plain[present.end() :]
    if not is_said and (others.replace("\x00", " ").strip() or "\x00" not in others):
        return []
    spans = [(start, end)]
    rest = plain[:start] + "\x00" * (end - start) + plain[end:]
    other = gifts.elsewhere(rest)
    if other and _is_meant(text, other.span(), _MARKED_OF_GIFTS):
        spans.append(other.span())
    return spans


def _question_spans(text: str, plain: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find what only asks, as long as something that is asked for stays."""
    left = list(plain)
    for start, end in taken:
        left[start:end] = "\x00" * (end - start)
    asked = "".join(left)
    spans = [
        found.span()
        for found in questions.frames(asked)
        if _is_meant(text, found.span(), questions.MARKED)
    ]
    for start, end in spans:
        left[start:end] = " " * (end - start)
    is_any_left = any(char.isalnum() for char in left) or (taken and "\x00" in left)
    return spans if is_any_left else []


@lru_cache(maxsize=4_096)
def _plain(char: str) -> str:
    """Give one plain character for one character, so that places in both texts are the same."""
    if char == "₫":
        return "d"
    if char.isspace():
        return " "
    folded = char if char.isascii() or not char.isalnum() else fold(char)
    return folded if len(folded) == 1 else unicodedata.normalize("NFC", char)[:1] or " "


def _is_meant(text: str, span: tuple[int, int], marked: frozenset[str] = _MARKED) -> bool:
    said = text[slice(*span)].replace("₫", " ")
    return all(word.isascii() or word in marked for word in _WORDS.findall(said))


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


def _bare_most(text: str, found: re.Match[str]) -> tuple[tuple[str, int], ...]:
    """Read a bare number after "under" beside other words as thousands: "trà dưới 100"."""
    said = found.groupdict()
    if said.get("below") not in _BELOW_IN_WORDS or not _is_meant(text, found.span()):
        return ()
    before, after = text[: found.start()], text[found.end() :]
    dong = read_thousands(said["sum"])
    if dong is None or _MEASURE.match(after) or not _WORDS.search(f"{before} {after}"):
        return ()
    return (("price_max", dong),)
