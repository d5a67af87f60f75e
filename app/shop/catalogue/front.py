"""What the home page, the map and the pages of provinces show of the catalogue, counted and kept.

One statement reads all of it, once for an edition and a day; the pages only choose from it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row, and_, cast, false, func, literal, null, or_, select, union_all

from app.foundation import edition
from app.foundation.database import db
from app.foundation.kept import Kept
from app.shop.catalogue.facets import as_dong, star_is_valid
from app.shop.catalogue.models import ProductCard
from app.shop.catalogue.narrowing import GIFT_SETS
from app.shop.catalogue.queries import CARD
from app.shop.catalogue.seasons import in_season

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import ColumnElement

SHELF: Final = 8
# A shelf reads more than it shows, so that what stands on one need not stand on the next.
READ: Final = 3 * SHELF
FRIENDLY_PRICE: Final = 150_000
GIFT_PRICES: Final = (100_000, 600_000)
GIFTS_OF_A_SET: Final = 3
SEASON_OF_A_SET: Final = 4
SHELVES: Final = ("season", "gifts", "newly", "friendly")


@dataclass(frozen=True, slots=True)
class HomeParts:
    """The shelves of the home page, and how many products there are by province and group."""

    season: list[Row[Any]] = field(default_factory=list)
    gifts: list[Row[Any]] = field(default_factory=list)
    newly: list[Row[Any]] = field(default_factory=list)
    friendly: list[Row[Any]] = field(default_factory=list)
    provinces: Counter[str] = field(default_factory=Counter)
    industries: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    # (province, industry) and (province, group) together.
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def by_province(self, category_code: str | None) -> dict[str, int]:
        """Count each province's products, all or those of an industry or a group."""
        if category_code is None:
            return dict(self.provinces)
        return {
            place: number for (place, code), number in self.kinds.items() if code == category_code
        }

    def of_province(self, province_code: str) -> dict[str, int]:
        """Count a province's products by industry and by group."""
        return {
            code: number for (place, code), number in self.kinds.items() if place == province_code
        }


_homes: Final[Kept[HomeParts]] = Kept(most=2, seconds=30)


def home_parts(today: date) -> HomeParts:
    """Read the parts of the home page, once for an edition and a day."""
    stamp = edition.current()
    if stamp is None:
        return _home_parts(today)
    return _homes.get((stamp, today), lambda: _home_parts(today))


def _home_parts(today: date) -> HomeParts:
    """Read the shelves and the counts, in one statement."""
    parts = HomeParts()
    shelves: dict[str, list[Row[Any]]] = {name: [] for name in SHELVES}
    selects = [*_shelves(today), _counted()]
    for row in db.session.execute(union_all(*(select(one.subquery()) for one in selects))):
        if row.part == "counted":
            _count(parts, row)
        else:
            shelves[row.part].append(row)
    shown: set[int] = set()
    for name in SHELVES:
        getattr(parts, name).extend(_chosen(shelves[name], shown))
    return parts


def _count(parts: HomeParts, row: Row[Any]) -> None:
    number = row.rank
    parts.provinces[row.province_code] += number
    parts.industries[row.industry_code] += number
    parts.groups[row.group_code] += number
    for code in {row.industry_code, row.group_code}:
        parts.kinds[row.province_code, code] += number


def _chosen(rows: Iterable[Row[Any]], shown: set[int]) -> list[Row[Any]]:
    """Fill a shelf with what no shelf above it shows, then with what others show too."""
    ordered = sorted(enumerate(rows), key=lambda pair: (pair[1].product_id in shown, pair[0]))
    chosen = [row for _at, row in ordered[:SHELF]]
    shown.update(row.product_id for row in chosen)
    return chosen


def _shelves(today: date) -> list[Any]:
    """Select what each shelf chooses from: only what is certified today and can be bought."""
    card = ProductCard
    price = as_dong(card.__table__.c.price)
    listed = (card.is_listed, star_is_valid(today))
    in_stock = (*listed, card.is_in_stock)
    least, most = GIFT_PRICES
    gifts = (*in_stock, card.set_code.in_(GIFT_SETS), price.between(least, most))
    return [
        _mixed("season", SEASON_OF_A_SET, *in_stock, _is_in_season(today.month)),
        _mixed("gifts", GIFTS_OF_A_SET, *gifts),
        _shelf("newly", *listed).order_by(
            card.certified_from.desc(), card.rank.desc(), card.product_id
        ),
        _shelf("friendly", *in_stock, price <= FRIENDLY_PRICE).order_by(
            card.rank.desc(), price, card.product_id
        ),
    ]


def _shelf(name: str, *wanted: ColumnElement[bool] | Any) -> Any:  # noqa: ANN401 - a select
    return select(literal(name).label("part"), *CARD).where(*wanted).limit(READ)


def _mixed(name: str, of_a_set: int, *wanted: ColumnElement[bool] | Any) -> Any:  # noqa: ANN401
    """Select the best of each criteria set, so that one kind does not fill the shelf."""
    card = ProductCard
    place = (
        func.row_number()
        .over(partition_by=card.set_code, order_by=(card.rank.desc(), card.product_id))
        .label("place")
    )
    ranked = select(*CARD, place).where(*wanted).subquery()
    columns = [ranked.c[column.key] for column in CARD]
    return (
        select(literal(name).label("part"), *columns)
        .where(ranked.c.place <= of_a_set)
        .order_by(ranked.c.place, ranked.c.rank.desc(), ranked.c.product_id)
        .limit(READ)
    )


def _is_in_season(month: int) -> ColumnElement[bool]:
    """Whether a card's slug has a word of a kind that is in season."""
    card = ProductCard
    padded = literal("-").concat(card.slug).concat("-")
    kinds = [
        and_(
            card.set_code.in_(one.sets),
            or_(*(padded.like(f"%-{word}-%") for word in one.words))
            if one.words
            else literal(1) == 1,
        )
        for one in in_season(month)
    ]
    return or_(false(), *kinds)


def _counted() -> Any:  # noqa: ANN401 - a select
    card = ProductCard
    counts: dict[str, Any] = {
        "province_code": card.province_code,
        "industry_code": card.industry_code,
        "group_code": card.group_code,
        "rank": func.count(),  # the column that takes the number
    }
    return select(
        literal("counted").label("part"),
        *(
            counts.get(column.key, cast(null(), column.type)).label(column.key) for column in CARD
        ),  # in a subquery PostgreSQL takes a bare NULL for text, which no other part of a union is
    ).group_by(card.province_code, card.industry_code, card.group_code)
