"""Made-up products that differ in all that an engine narrows, counts and orders by."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from app.search.documents import SearchDocument
from app.search.engine import Query
from app.search.language.analysis import Alternative, Slot
from app.shop.catalogue.narrowing import Filters, Sort

DAY: Final = date(2026, 6, 15)
SOON: Final = timedelta(days=1)
WORDS: Final = [
    "tra",
    "che",
    "mat",
    "ong",
    "gao",
    "nep",
    "tieu",
    "dieu",
    "phe",
    "muoi",
    "tom",
    "sen",
    "lua",
    "gom",
    "may",
    "tre",
    "nam",
    "cao",
    "toi",
]
SETS: Final = ("TEA", "HONEY", "RICE", "")
PROVINCES: Final = ("01", "15", "48", "92", "")
# The edges of the price ranges, and what lies right beside them.
PRICES: Final = (
    None,
    0,
    99_999,
    100_000,
    100_001,
    200_000,
    350_000,
    500_000,
    500_001,
    2_000_000,
)
# The first and the last day count; yesterday and tomorrow do not.
TERMS: Final = (
    (None, None),
    (DAY, DAY),
    (DAY - SOON, DAY + SOON),
    (DAY - 2 * SOON, DAY - SOON),
    (DAY + SOON, DAY + 2 * SOON),
    (date(2020, 1, 1), date(2030, 1, 1)),
)


def _documents(count: int) -> tuple[SearchDocument, ...]:
    chance = Random(11)  # noqa: S311 - nothing secret
    found = []
    for number in range(1, count + 1):
        valid_from, until = chance.choice(TERMS)
        found.append(
            SearchDocument(
                product_id=number * 7 % 1009,
                version=chance.randrange(1, 9),
                name_vi=" ".join(chance.choices(WORDS, k=chance.randrange(1, 5))),
                name_en=" ".join(chance.choices(WORDS, k=2)),
                producer=" ".join(chance.choices(WORDS, k=2)),
                place=(chance.choice(WORDS),),
                category=(chance.choice(WORDS),),
                description_vi=" ".join(chance.choices(WORDS, k=6)),
                province_code=chance.choice(PROVINCES),
                category_codes=(chance.choice(SETS), "GROUP", "INDUSTRY"),
                producer_id=chance.randrange(5),
                stars=chance.choice((0, 3, 4, 5)) if valid_from else 0,
                stars_from=valid_from,
                stars_until=until,
                price=chance.choice(PRICES),
                listed_at=chance.choice((0, 1_700_000_000, 1_710_000_000, 1_720_000_000)),
                popularity=chance.choice((0, 10, 500, 1_000)),
            )
        )
    return tuple(found)


GOODS: Final = _documents(260)


def slot(*ways: str, boosts: Sequence[float] = (), required: bool = True) -> Slot:
    """Make a slot of ways to meet it, each some tokens parted by spaces."""
    weights = [*boosts, *[1.0] * len(ways)]
    alternatives = tuple(
        Alternative(tuple(way.split(" ")), weight)
        for way, weight in zip(ways, weights, strict=False)
    )
    return Slot(" / ".join(ways), alternatives, required=required)


def ask(*slots: Slot | str, **wanted: Any) -> Query:
    """Make a query of slots; a string is a slot with one way to meet it."""
    asked = tuple(slot(one) if isinstance(one, str) else one for one in slots)
    values: dict[str, Any] = {"on": DAY, "limit": 1_000} | wanted
    return Query(slots=asked, **values)


def any_query(seed: int) -> Query:
    """Make one of many queries: words and filters in changing company."""
    chance = Random(seed)  # noqa: S311 - nothing secret
    slots = [slot(*chance.sample(WORDS, k=2)) for _ in range(chance.choice((0, 0, 1, 1, 2)))]
    if chance.random() < 0.3:
        slots.append(slot(" ".join(chance.sample(WORDS, k=2)), chance.choice(WORDS)))

    def now_and_then(values: Sequence[Any]) -> Any:
        return chance.choice(values) if chance.random() < 0.4 else None

    filters = Filters(
        sets=tuple(chance.sample(("TEA", "HONEY", "RICE"), k=chance.choice((0, 0, 1, 2)))),
        province=now_and_then(PROVINCES[:4]),
        star=now_and_then((3, 4, 5)),
        star_min=now_and_then((3, 4)),
        producer_id=now_and_then((1, 2, 3)),
        price_min=now_and_then((0, 100_000, 200_000)),
        price_max=now_and_then((100_000, 500_000)),
        only=now_and_then([tuple(one.product_id for one in GOODS if one.product_id % 3)]),
    )
    on = chance.choice((DAY, DAY, DAY - SOON, DAY + SOON))
    return ask(*slots, filters=filters, on=on, sort=chance.choice(list(Sort)[:4]))
