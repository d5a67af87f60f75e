"""What buyers and readers may see: purchases, published reviews, answered questions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, case, false, func, literal, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Membership, User
from app.foundation.actors import ScopeKind
from app.foundation.database import db
from app.shop.catalogue.models import Listing, Variant
from app.shop.orders.models import Order, OrderGroup, OrderLine
from app.shop.orders.states import DeliveryState
from app.shop.reviews.models import Question, Review
from app.shop.reviews.states import QuestionState, ReviewState
from app.vendors.models import Producer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement


RECEIVED: Final = frozenset({DeliveryState.DELIVERED, DeliveryState.COLLECTED})
STARS: Final = (5, 4, 3, 2, 1)
PAGE: Final = 10
OWN: Final = 50


class Sort(StrEnum):
    """The orders in which reviews are read."""

    NEWEST = "newest"
    USEFUL = "useful"


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a buyer received, by which a review is verified."""

    group: OrderGroup
    order: Order
    line: OrderLine
    product_id: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Some of a product's published reviews, and how many of all of them gave each rating."""

    reviews: Sequence[Review]
    counts: dict[int, int]

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def total(self) -> int:
        """What they add up to."""
        return sum(rating * count for rating, count in self.counts.items())


def purchase(number: str, public_id: str, *, token: str, user_id: int | None) -> Purchase | None:
    """Find a received product of an order, for its link's holder or for the buyer who signed in."""
    owners: list[ColumnElement[bool]] = [false()]
    if token:
        owners.append(OrderGroup.access_token == token)
    if user_id is not None:
        owners.append(OrderGroup.user_id == user_id)
    row = db.session.execute(
        _purchases()
        .where(
            OrderGroup.number == number,
            OrderLine.product_public_id == public_id,
            or_(*owners),
        )
        .order_by(OrderLine.id)
        .limit(1)
    ).first()
    return Purchase(*row) if row else None


def waiting_purchases(user_id: int) -> list[Purchase]:
    """List what a signed-in buyer received and has not reviewed, the newest first."""
    key = literal("user:").concat(literal(str(user_id)))
    said = select(Review.product_id).where(Review.buyer_key == key)
    rows = db.session.execute(
        _purchases()
        .where(OrderGroup.user_id == user_id, Listing.product_id.not_in(said))
        .order_by(OrderGroup.placed_at.desc(), OrderLine.id)
        .limit(OWN)
    )
    found: dict[int, Purchase] = {}
    for row in rows:
        found.setdefault(row[3], Purchase(*row))
    return list(found.values())


def _purchases() -> Select[OrderGroup, Order, OrderLine, int]:
    return (
        select(OrderGroup, Order, OrderLine, Listing.product_id)
        .join(Order, Order.group_id == OrderGroup.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Variant, Variant.id == OrderLine.variant_id)
        .join(Listing, Listing.id == Variant.listing_id)
        .where(Order.delivery_state.in_(RECEIVED))
    )


def sells(producer_id: int, user_ids: Sequence[int], email: str) -> bool:
    """Whether one of these people has a role at a producer, or reads its letters (S44)."""
    key = str(producer_id)
    belongs = (
        select(Membership.id)
        .join(Membership.user)
        .where(
            Membership.scope_kind == ScopeKind.PRODUCER,
            Membership.scope_key == key,
            or_(Membership.user_id.in_(user_ids), func.lower(User.email) == email.lower()),
        )
    )
    reads = select(Producer.id).where(
        Producer.id == producer_id, func.lower(Producer.email) == email.lower()
    )
    return bool(db.session.scalar(select(or_(belongs.exists(), reads.exists()))))


def review_of_buyer(product_id: int, buyer_key: str) -> Review | None:
    """Find what a buyer said of a product."""
    return db.session.scalars(
        select(Review)
        .where(Review.product_id == product_id, Review.buyer_key == buyer_key)
        .execution_options(populate_existing=True)
    ).one_or_none()


def reviews_since(buyer_key: str, since: datetime) -> int:
    """Count what a buyer has written since an instant."""
    return (
        db.session.scalar(
            select(func.count()).where(Review.buyer_key == buyer_key, Review.created_at >= since)
        )
        or 0
    )


def reviews_of_user(user_id: int) -> list[tuple[Review, str]]:
    """List what somebody wrote while signed in, the newest first, with the number of its order."""
    rows = db.session.execute(
        select(Review, OrderGroup.number)
        .join(OrderLine, OrderLine.id == Review.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .where(Review.user_id == user_id)
        .options(joinedload(Review.product))
        .order_by(Review.created_at.desc(), Review.id.desc())
        .limit(OWN)
    )
    return [(row[0], row[1]) for row in rows]


def shown_reviews(
    product_id: int, *, sort: Sort = Sort.NEWEST, offset: int = 0, limit: int = PAGE
) -> Shown:
    """Read published reviews and the counts of all of them, in one statement."""
    counts = [func.sum(case((Review.rating == star, 1), else_=0)).over() for star in STARS]
    newest: list[Any] = [Review.created_at.desc(), Review.id.desc()]
    first = [Review.helpful.desc()] if sort is Sort.USEFUL else []
    rows = db.session.execute(
        select(Review, *counts)
        .where(Review.product_id == product_id, Review.state == ReviewState.PUBLISHED)
        .order_by(*first, *newest)
        .offset(offset)
        .limit(limit)
    ).all()
    numbers = [int(one) for one in rows[0][1:]] if rows else [0] * len(STARS)
    return Shown([row[0] for row in rows], dict(zip(STARS, numbers, strict=True)))


def rated(product_id: int) -> int:
    """Count the published reviews of a product."""
    return (
        db.session.scalar(
            select(func.count()).where(
                Review.product_id == product_id, Review.state == ReviewState.PUBLISHED
            )
        )
        or 0
    )


def shown_questions(
    product_id: int, *, offset: int = 0, limit: int = PAGE
) -> tuple[Sequence[Question], int]:
    """Read answered questions, the newest answer first, and how many there are in all."""
    rows = db.session.execute(
        select(Question, func.count().over())
        .where(Question.product_id == product_id, Question.state == QuestionState.ANSWERED)
        .order_by(Question.answered_at.desc(), Question.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    return [row[0] for row in rows], int(rows[0][1]) if rows else 0


def answered(product_id: int) -> int:
    """Count the answered questions about a product."""
    return (
        db.session.scalar(
            select(func.count()).where(
                Question.product_id == product_id, Question.state == QuestionState.ANSWERED
            )
        )
        or 0
    )


def public_review(public_id: str) -> Review | None:
    """Find a review that everybody may read."""
    return db.session.scalars(
        select(Review)
        .where(Review.public_id == public_id, Review.state == ReviewState.PUBLISHED)
        .options(joinedload(Review.product))
    ).one_or_none()


def public_question(public_id: str) -> Question | None:
    """Find a question that everybody may read."""
    return db.session.scalars(
        select(Question)
        .where(Question.public_id == public_id, Question.state == QuestionState.ANSWERED)
        .options(joinedload(Question.product))
    ).one_or_none()


def question_by_token(token: str) -> Question | None:
    """Find a question by the link in the letter to whoever asked it."""
    if not token:
        return None
    return db.session.scalars(
        select(Question).where(Question.token == token).options(joinedload(Question.product))
    ).one_or_none()
