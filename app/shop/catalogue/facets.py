"""What a reader may narrow the list by, and how many products each choice would leave.

Every count is exact: the choice is counted with all other filters on and its own facet's filter off.
They are kept as long as nothing in the catalogue changes, so they stay exact.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    text,
    type_coerce,
    union_all,
)
from sqlalchemy import String as SqlString
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.foundation import edition
from app.foundation.database import BIG, db
from app.foundation.kept import Kept
from app.shop.catalogue.models import ProductCard
from app.shop.catalogue.narrowing import PRICE_EDGES, Counts, Filters, add_step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement

TOTAL: Final = "total"
# What counting looks at.
_COUNTED: Final = tuple(
    ProductCard.__table__.c[name]
    for name in (
        "product_id",
        "set_code",
        "province_code",
        "producer_id",
        "certified_stars",
        "certified_from",
        "certified_until",
        "price",
    )
)


_counts: Final[Kept[Counts]] = Kept(most=500, seconds=30)


def star_is_valid(today: date, card: type[ProductCard] = ProductCard) -> ColumnElement[bool]:
    """Whether a card shows stars on a day."""
    return and_(card.certified_from <= today, card.certified_until >= today)


def conditions(
    filters: Filters, *, today: date, card: type[ProductCard] = ProductCard
) -> list[ColumnElement[bool]]:
    """Turn filters into conditions on the cards."""
    price = card.price
    wanted: list[ColumnElement[bool]] = []
    if filters.sets:
        wanted.append(card.set_code.in_(filters.sets))
    if filters.province is not None:
        wanted.append(card.province_code == filters.province)
    if filters.star is not None:
        wanted += [card.certified_stars == filters.star, star_is_valid(today, card)]
    if filters.producer_id is not None:
        wanted.append(card.producer_id == filters.producer_id)
    if filters.price_min is not None:
        wanted.append(as_dong(price) >= filters.price_min)
    if filters.price_max is not None:
        wanted.append(as_dong(price) <= filters.price_max)
    if filters.star_min is not None:
        wanted += [card.certified_stars >= filters.star_min, star_is_valid(today, card)]
    if filters.only is not None:
        wanted.append(among(card.product_id, filters.only))
    if filters.matched is not None:
        wanted.append(among(card.product_id, filters.matched))
    return wanted


def as_dong(column: Any) -> ColumnElement[int]:  # noqa: ANN401 - a column of any table
    """Compare a price with a plain number of đồng."""
    return type_coerce(column, BIG)


def among(column: Any, ids: Sequence[int]) -> ColumnElement[bool]:  # noqa: ANN401
    """Whether a number is in a long list, sent as one value."""
    if db.session.get_bind().dialect.name == "postgresql":
        return column == func.any(bindparam(None, list(ids), type_=ARRAY(BIG)))  # type: ignore[no-any-return]
    listed = "[" + ",".join(map(str, ids)) + "]"
    values = func.json_each(listed).table_valued("value")
    return column.in_(select(values.c.value))  # type: ignore[no-any-return]


def count(filters: Filters, *, today: date) -> Counts:
    """Count what each choice would leave, and the whole, once for an edition and a day."""
    stamp = edition.current()
    if stamp is None:
        return _count(filters, today=today)
    matched = filters.matched and digest_of(filters.matched)
    only = filters.only and digest_of(filters.only)
    key = (stamp, today, replace(filters, matched=None, only=None), matched, only)
    return _counts.get(key, lambda: _count(filters, today=today))


def totals(choices: Sequence[Filters], *, today: date) -> list[int]:
    """Count what each of several choices of filters leaves, in one statement."""
    if not choices:
        return []
    each = [
        select(literal(at).label("at"), func.count().label("number"))
        .select_from(ProductCard)
        .where(*conditions(filters, today=today))
        for at, filters in enumerate(choices)
    ]
    found: dict[int, int] = {one.at: one.number for one in db.session.execute(union_all(*each))}
    return [found[at] for at in range(len(choices))]


def digest_of(ids: Sequence[int]) -> bytes:
    """Give a long list of numbers a short name."""
    return blake2b(array("q", ids).tobytes(), digest_size=16).digest()


def _count(filters: Filters, *, today: date) -> Counts:
    """Count in one statement, the only part of the list that grows with the catalogue."""
    counts = Counts()
    total = 0
    for name, key, number in db.session.execute(union_all(*_selects(filters, today))):
        if name == TOTAL:
            total = number
        elif name == "category":
            counts.sets[key] = number
        elif name == "province":
            counts.provinces[key] = number
        elif name == "star":
            counts.stars[int(key)] = number
        else:
            add_step(counts.prices, int(key), number)
    return replace(counts, total=total)


def _selects(filters: Filters, today: date) -> list[Select[Any]]:
    card: type[ProductCard] = ProductCard
    if (
        filters.matched is not None
    ):  # the long list is looked up once, and the parts count what is left
        hits = select(*_COUNTED).where(among(ProductCard.product_id, filters.matched)).cte("hits")
        card = aliased(ProductCard, hits)
        filters = replace(filters, matched=None)

    def grouped(
        name: str,
        key: Any,  # noqa: ANN401 - a column or an expression
        *more: ColumnElement[bool],
        **without: Any,  # noqa: ANN401 - the facet's own filter, off
    ) -> Any:  # noqa: ANN401 - a part of a union
        wanted = conditions(replace(filters, **without), today=today, card=card)
        return _grouped(name, key, card, *wanted, *more)

    price = as_dong(card.price)
    valid = star_is_valid(today, card)
    return [
        grouped(TOTAL, None),
        grouped("category", card.set_code, sets=()),
        grouped("province", card.province_code, province=None),
        grouped("star", card.certified_stars, valid, star=None, star_min=None),
        grouped("price", _price_step(price), price.is_not(None), price_min=None, price_max=None),
    ]


def _grouped(
    name: str,
    key: Any,  # noqa: ANN401 - a column or an expression
    card: type[ProductCard],
    *wanted: ColumnElement[bool],
) -> Any:  # noqa: ANN401 - a part of a union
    shown = literal("") if key is None else cast(key, SqlString)
    statement = select(
        literal(name).label("facet"), shown.label("value"), func.count().label("number")
    ).select_from(card)
    statement = statement.where(*wanted)
    return statement if key is None else statement.group_by(text("2"))


def _price_step(price: ColumnElement[int]) -> ColumnElement[int]:
    """Number the stretches between the edges and the edges themselves: 0 below the first, 1 at it."""
    steps: list[tuple[ColumnElement[bool], int]] = []
    for at, edge in enumerate(PRICE_EDGES):
        steps += [(price < edge, 2 * at), (price == edge, 2 * at + 1)]
    return case(*steps, else_=2 * len(PRICE_EDGES))
