"""What the catalogue knows of a producer: its products, how many they are and what buyers gave them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import case, func, select

from app.foundation.clock import today
from app.foundation.database import db
from app.foundation.paging import Page, offset_of
from app.shop.catalogue.models import ProductCard as Card
from app.shop.catalogue.queries import CARD
from app.shop.catalogue.views import card_views, rating_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.shop.catalogue.views import ProductCard

PAGE: Final = 24


class MakerCount(NamedTuple):
    """How many products a producer has, and the most stars that a certificate gives one today."""

    products: int
    stars: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakerShelf:
    """A page of a producer's products, and sums over all of them."""

    page: Page[ProductCard]
    certified: int
    listed: int
    stars: int | None
    rating: str
    rating_count: int


def maker_counts(producer_ids: Sequence[int]) -> dict[int, MakerCount]:
    """Count the products of some producers, in one statement (answers the slot `producer.counts`)."""
    if not producer_ids:
        return {}
    rows = db.session.execute(
        select(Card.producer_id, func.count(), func.max(_stars(today())))
        .where(Card.producer_id.in_(producer_ids))
        .group_by(Card.producer_id)
    )
    return {producer: MakerCount(count, stars) for producer, count, stars in rows}


def maker_shelf(producer_id: int, lang: str, number: int) -> MakerShelf:
    """List a page of a producer's products with sums over all, in one statement.

    Answers the slot `producer.products`. Raises `NoSuchPageError` outside the list.
    """
    stars = _stars(today())
    rows = db.session.execute(
        select(
            *CARD,
            func.count().over().label("all_count"),
            func.count(stars).over().label("all_certified"),
            func.max(stars).over().label("all_stars"),
            func.sum(case((Card.is_listed, 1), else_=0)).over().label("all_listed"),
            func.sum(Card.rating_count).over().label("all_ratings"),
            func.sum(Card.rating_total).over().label("all_rated"),
        )
        .where(Card.producer_id == producer_id)
        .order_by(Card.rank.desc(), Card.product_id)
        .offset((number - 1) * PAGE)
        .limit(PAGE)
    ).all()
    first: Any = rows[0] if rows else None
    total = first.all_count if first else 0
    offset_of(number, size=PAGE, total=total)
    ratings, rated = (int(first.all_ratings), int(first.all_rated)) if first else (0, 0)
    return MakerShelf(
        page=Page(
            items=card_views(rows, lang=lang, today=today()),
            number=number,
            size=PAGE,
            total=total,
        ),
        certified=first.all_certified if first else 0,
        listed=int(first.all_listed) if first else 0,
        stars=first.all_stars if first else None,
        rating=rating_words(rated, ratings),
        rating_count=ratings,
    )


def _stars(day: date) -> Any:  # noqa: ANN401 - an expression: the stars of a card that are valid today
    return case(
        ((Card.certified_from <= day) & (Card.certified_until >= day), Card.certified_stars)
    )
