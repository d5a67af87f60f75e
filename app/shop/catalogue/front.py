"""What the home page shows of the catalogue, in one statement and kept while nothing changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row, func, literal, null, select, union_all

from app.foundation import edition
from app.foundation.database import db
from app.foundation.kept import Kept
from app.shop.catalogue.facets import as_dong, star_is_valid
from app.shop.catalogue.models import ProductCard
from app.shop.catalogue.queries import CARD

if TYPE_CHECKING:
    from datetime import date

FRIENDLY_PRICE: Final = 150_000


@dataclass(frozen=True, slots=True)
class HomeParts:
    """What the home page shows of the catalogue: two shelves and how many there are of what."""

    newly: list[Row[Any]] = field(default_factory=list)
    friendly: list[Row[Any]] = field(default_factory=list)
    provinces: dict[str, int] = field(default_factory=dict)
    industries: dict[str, int] = field(default_factory=dict)


_homes: Final[Kept[HomeParts]] = Kept(most=2, seconds=30)


def home_parts(today: date) -> HomeParts:
    """Read the parts of the home page, once for an edition and a day."""
    stamp = edition.current()
    if stamp is None:
        return _home_parts(today)
    return _homes.get((stamp, today), lambda: _home_parts(today))


def _home_parts(today: date, *, limit: int = 8) -> HomeParts:
    """Read the newly certified, the price-friendly and the counts, in one statement."""
    card = ProductCard
    price = as_dong(card.__table__.c.price)
    shown = (card.is_listed, star_is_valid(today))
    newly = (
        select(literal("newly").label("part"), *CARD)
        .where(*shown)
        .order_by(card.certified_from.desc(), card.rank.desc(), card.product_id)
        .limit(limit)
        .subquery()
    )
    friendly = (
        select(literal("friendly").label("part"), *CARD)
        .where(*shown, card.is_in_stock, price <= FRIENDLY_PRICE)
        .order_by(card.rank.desc(), price, card.product_id)
        .limit(limit)
        .subquery()
    )
    counts: dict[str, Any] = {
        "province_code": card.province_code,
        "industry_code": card.industry_code,
        "rank": func.count(),  # the column that takes the number
    }
    counted = select(
        literal("counted").label("part"),
        *(counts.get(column.key, null()).label(column.key) for column in CARD),
    ).group_by(card.province_code, card.industry_code)
    parts = HomeParts()
    for row in db.session.execute(union_all(select(newly), select(friendly), counted)):
        if row.part == "counted":
            _add(parts.provinces, row.province_code, row.rank)
            _add(parts.industries, row.industry_code, row.rank)
        else:
            (parts.newly if row.part == "newly" else parts.friendly).append(row)
    return parts


def _add(counts: dict[str, int], key: str, number: int) -> None:
    counts[key] = counts.get(key, 0) + number
