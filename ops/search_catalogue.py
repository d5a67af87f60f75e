"""A made-up catalogue of any size for the benches of search: the same number makes the same product.

Names are put together from the names of the data folder, so words are as common and as rare as in the
shop: a kind, a trade name, a commune. Nothing of it is ever shown to anybody.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from app.demonstration.files import FOLDER, Row, rows, words_for_names
from app.search.documents import CONTEXT_WEIGHT, NAME_WEIGHT, TEXT_WEIGHT, SearchDocument
from app.search.language.tokens import index_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY: Final = date(2026, 6, 1)
MAKERS_EACH: Final = 6
CERTIFIED_SHARE: Final = 0.7
PRICED_SHARE: Final = 0.9
STARS: Final = (3, 3, 3, 3, 3, 4, 4, 4, 5)
DAYS_VALID: Final = 3 * 365
KINDS: Final = (
    ("Hợp tác xã", "Cooperative"),
    ("Công ty TNHH", "Co., Ltd."),
    ("Hộ kinh doanh", "household business"),
    ("Tổ hợp tác", "cooperative group"),
)
FIRST_LISTED: Final = 1_600_000_000


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a product may be: its names, its set, what it costs, what is said of it."""

    vi: str
    en: str
    category: str
    prices: tuple[int, int]
    summary_vi: str
    summary_en: str


class MadeUp(SearchDocument):
    """A made-up product: what is said of many is analysed once, or a million would take hours."""

    def context_tokens(self) -> list[str]:
        """List the tokens of who makes it, where, and of which kind it is."""
        shared = ((text, True) for text in (self.producer, *self.place))
        labels = ((text, False) for text in self.category)
        tokens = [token for text, is_vi in (*shared, *labels) for token in _analysed(text, is_vi)]
        return [*tokens, *self.code_tokens()]

    def weighted_tokens(self) -> Iterator[tuple[str, int]]:
        """Give every token with the weight of the part that it stands in."""
        names = self.name_tokens()
        yield from ((token, NAME_WEIGHT) for token in names)
        yield from ((token, CONTEXT_WEIGHT) for token in self.context_tokens())
        yield from ((token, TEXT_WEIGHT) for token in self.near_tokens(names))
        for text, is_vi in ((self.description_vi, True), (self.description_en, False)):
            yield from ((token, TEXT_WEIGHT) for token in _analysed(text, is_vi))


def documents(count: int, *, first: int = 1) -> Iterator[SearchDocument]:
    """Make products `first` to `first + count - 1`, one after the other."""
    for number in range(first, first + count):
        yield document(number)


def document(number: int, *, version: int = 1) -> SearchDocument:
    """Make one product from its number alone."""
    chance = random.Random(number)  # noqa: S311 - no secret, and repeatable
    maker = number // MAKERS_EACH
    commune = random.Random(f"maker {maker}").choice(_communes())  # noqa: S311
    kind, qualifier = chance.choice(_kinds()), chance.choice(words_of_trade())
    legal_vi, legal_en = KINDS[maker % len(KINDS)]
    stars = chance.choice(STARS) if chance.random() < CERTIFIED_SHARE else 0
    issued = TODAY - timedelta(days=chance.randrange(1_300))
    return MadeUp(
        product_id=number,
        version=version,
        name_vi=f"{kind.vi} {qualifier[0]} {commune['name_vi']}",
        name_en=f"{commune['name_vi']} {qualifier[1]} {kind.en}",
        producer=f"{legal_vi} {qualifier[0]} {commune['name_vi']} {maker % 97} {legal_en}",
        place=(*_province(commune["province_code"]), commune["full_name_vi"]),
        category=_labels(kind.category),
        description_vi=kind.summary_vi,
        description_en=kind.summary_en,
        province_code=commune["province_code"],
        category_codes=(kind.category,),
        producer_id=maker + 1,
        stars=stars,
        stars_from=issued if stars else None,
        stars_until=issued + timedelta(days=DAYS_VALID) if stars else None,
        price=_price(chance, kind) if chance.random() < PRICED_SHARE else None,
        listed_at=FIRST_LISTED + chance.randrange(180_000_000),
        popularity=min(int(chance.paretovariate(1.2) * 10), 1_000),
    )


@lru_cache(maxsize=10_000)
def _analysed(text: str, is_vietnamese: bool) -> list[str]:  # noqa: FBT001 - a key of the cache
    return index_tokens(text, is_vietnamese=is_vietnamese)


def _price(chance: random.Random, kind: _Kind) -> int:
    low, high = kind.prices
    return chance.randrange(low, high + 1) // 1_000 * 1_000


@cache
def words_of_trade() -> list[tuple[str, str]]:
    """List the trade names that stand between a kind and a commune."""
    return [(one["vi"], one["en"]) for one in words_for_names()["qualifiers"]]


@cache
def _kinds() -> list[_Kind]:
    """List the kinds of the made-up catalogue and the real products, with what is said of those."""
    real = [
        _Kind(
            one["name"]["vi"],
            one["name"]["en"],
            one["category"],
            (20_000, 900_000),
            _said_of(one, "vi"),
            _said_of(one, "en"),
        )
        for one in rows("products")
        if one.get("listing")
    ]
    made = [
        _Kind(
            one["name"]["vi"],
            one["name"]["en"],
            one["category"],
            (one["price_min"], one["price_max"]),
            real[at % len(real)].summary_vi,
            real[at % len(real)].summary_en,
        )
        for at, one in enumerate(words_for_names()["stems"])
    ]
    return [*real, *made * 3]


def _said_of(product: Row, lang: str) -> str:
    texts = (product["listing"][part] for part in ("summary", "ingredients", "usage", "storage"))
    return " ".join(text[lang] for text in texts if text)


@cache
def _communes() -> list[dict[str, str]]:
    with (FOLDER / "places" / "communes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _province(code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((_provinces()[code]["name_vi"], _provinces()[code]["name_en"])))


@cache
def _provinces() -> dict[str, dict[str, Any]]:
    read = json.loads((FOLDER / "places" / "provinces.json").read_text(encoding="utf-8"))
    return {one["code"]: one for one in read["provinces"]}


@cache
def _labels(code: str) -> tuple[str, ...]:
    """Give the labels of a set and of what it belongs to, in both languages."""
    known = {one["code"]: one for one in rows("categories")}
    found: list[str] = []
    level = known.get(code)
    while level is not None:
        found += [*level["label"].values(), *level["name"].values()]
        level = known.get(level["parent"] or "")
    return tuple(dict.fromkeys(found))
