"""What desks and letters read: a producer's own, the operator's queue, and what contradicts itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import joinedload

from app.foundation.actors import Permission, ScopeKind
from app.foundation.database import db
from app.foundation.paging import Page, offset_of
from app.shop.catalogue.models import ProductCard
from app.shop.orders.models import Order, OrderGroup, OrderLine
from app.shop.reviews.models import Question, Review
from app.shop.reviews.queries.public import RECEIVED
from app.shop.reviews.states import QuestionState, ReviewState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

    from app.foundation.actors import Actor

QUEUE: Final = 20


def letter_review(review_id: int) -> tuple[Review, OrderGroup] | None:
    """Find a review for a letter about it, with the order that tells where the letter goes."""
    row = db.session.execute(
        select(Review, OrderGroup)
        .join(OrderLine, OrderLine.id == Review.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .where(Review.id == review_id)
        .options(joinedload(Review.product))
    ).first()
    return (row[0], row[1]) if row else None


def letter_question(question_id: int) -> Question | None:
    """Find a question for a letter about it."""
    return db.session.scalars(
        select(Question)
        .where(Question.id == question_id)
        .options(joinedload(Question.product), joinedload(Question.producer))
    ).one_or_none()


def reviews_for_producer(actor: Actor, *, number: int) -> Page[Review]:
    """List what is said of the goods of the actor's producers, unanswered first."""
    wanted = [Review.state == ReviewState.PUBLISHED, _of_producers(actor, Review.producer_id)]
    newest = [Review.reply.is_not(None), Review.created_at.desc(), Review.id.desc()]
    return _page(Review, wanted, newest, number=number)


def questions_for_producer(actor: Actor, *, number: int) -> Page[Question]:
    """List what the actor's producers are asked, unanswered first."""
    wanted = [
        Question.state.in_([QuestionState.OPEN, QuestionState.ANSWERED]),
        _of_producers(actor, Question.producer_id),
    ]
    newest = [Question.answer.is_not(None), Question.asked_at.desc(), Question.id.desc()]
    return _page(Question, wanted, newest, number=number)


def review_for_producer(actor: Actor, public_id: str) -> Review | None:
    """Find a published review of the goods of one of the actor's producers."""
    return db.session.scalars(
        select(Review).where(
            Review.public_id == public_id,
            Review.state == ReviewState.PUBLISHED,
            _of_producers(actor, Review.producer_id),
        )
    ).one_or_none()


def question_for_producer(actor: Actor, public_id: str) -> Question | None:
    """Find a question that one of the actor's producers may answer."""
    return db.session.scalars(
        select(Question).where(
            Question.public_id == public_id,
            Question.state.in_([QuestionState.OPEN, QuestionState.ANSWERED]),
            _of_producers(actor, Question.producer_id),
        )
    ).one_or_none()


def review_queue(*, number: int) -> Page[Review]:
    """List the reviews that wait for a person, the oldest first."""
    wanted = [Review.state == ReviewState.PENDING]
    return _page(Review, wanted, [Review.changed_at, Review.id], number=number)


def question_queue(*, number: int) -> Page[Question]:
    """List the questions that wait for a person, the oldest first."""
    wanted = [Question.state == QuestionState.PENDING]
    return _page(Question, wanted, [Question.asked_at, Question.id], number=number)


def queued() -> tuple[int, int]:
    """Count the reviews and the questions that wait for a person."""
    reviews = select(func.count()).where(Review.state == ReviewState.PENDING).scalar_subquery()
    questions = (
        select(func.count()).where(Question.state == QuestionState.PENDING).scalar_subquery()
    )
    row = db.session.execute(select(reviews, questions)).one()
    return int(row[0] or 0), int(row[1] or 0)


def unanswered(producer_id: int) -> tuple[int, int]:
    """Count the questions and the published reviews that wait for a producer's answer."""
    questions = (
        select(func.count())
        .where(Question.producer_id == producer_id, Question.state == QuestionState.OPEN)
        .scalar_subquery()
    )
    reviews = (
        select(func.count())
        .where(
            Review.producer_id == producer_id,
            Review.state == ReviewState.PUBLISHED,
            Review.reply.is_(None),
        )
        .scalar_subquery()
    )
    row = db.session.execute(select(questions, reviews)).one()
    return int(row[0] or 0), int(row[1] or 0)


def review_by_id(public_id: str) -> Review | None:
    """Find any review, for the operator."""
    return db.session.scalars(select(Review).where(Review.public_id == public_id)).one_or_none()


def question_by_id(public_id: str) -> Question | None:
    """Find any question, for the operator."""
    return db.session.scalars(select(Question).where(Question.public_id == public_id)).one_or_none()


def breaches() -> list[str]:
    """Name the cards whose rating is not that of the published reviews, and reviews of nothing bought."""
    count = func.count(Review.id)
    total = func.coalesce(func.sum(Review.rating), 0)
    published = Review.state == ReviewState.PUBLISHED
    rows = db.session.execute(
        select(ProductCard.product_id, ProductCard.rating_count, ProductCard.rating_total)
        .add_columns(count, total)
        .outerjoin(Review, (Review.product_id == ProductCard.product_id) & published)
        .group_by(ProductCard.product_id, ProductCard.rating_count, ProductCard.rating_total)
        .having(or_(ProductCard.rating_count != count, ProductCard.rating_total != total))
    )
    found = [
        f"S44 card of product {one} says {shown} reviews of {summed}, there are {is_count} of {is_sum}"
        for one, shown, summed, is_count, is_sum in rows
    ]
    unbought = db.session.scalars(
        select(Review.public_id)
        .join(OrderLine, OrderLine.id == Review.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.delivery_state.not_in(RECEIVED))
    )
    return found + [f"S44 review {one} is of goods that nobody received" for one in unbought]


def _of_producers(actor: Actor, column: Any) -> ColumnElement[bool]:  # noqa: ANN401
    if actor.is_operator:
        return true()
    found: ColumnElement[bool] = column.in_(actor.ids(Permission.DESK_PRODUCER, ScopeKind.PRODUCER))
    return found


def _page(table: Any, wanted: Sequence[Any], order: Sequence[Any], *, number: int) -> Page[Any]:  # noqa: ANN401
    total = db.session.scalar(select(func.count()).select_from(table).where(*wanted)) or 0
    offset = offset_of(number, size=QUEUE, total=total)
    rows = db.session.scalars(
        select(table)
        .where(*wanted)
        .options(joinedload(table.product), joinedload(table.producer))
        .order_by(*order)
        .offset(offset)
        .limit(QUEUE)
    ).all()
    return Page(items=rows, number=number, size=QUEUE, total=total)
