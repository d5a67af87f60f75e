"""What visitors say of what others wrote: that it helped, or that a person should look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import update

from app.foundation.database import db, insert_into
from app.foundation.states import move
from app.shop.reviews.models import Question, Review, VoiceMark
from app.shop.reviews.screening import Fault
from app.shop.reviews.services.reviews import rate_product
from app.shop.reviews.states import (
    QUESTION_MOVES,
    REVIEW_MOVES,
    MarkKind,
    QuestionState,
    ReviewState,
)

if TYPE_CHECKING:
    from datetime import datetime

ENOUGH_REPORTS: Final = 3  # visitors who together bring a text back to the operator's desk


def mark_helpful(review: Review, *, visitor: str, now: datetime) -> None:
    """Count a reader whom a review helped, once."""
    if not _is_new(f"review:{review.id}", MarkKind.HELPFUL, visitor, now):
        return
    db.session.execute(
        update(Review)
        .where(Review.id == review.id)
        .values(helpful=Review.helpful + 1)
        .execution_options(synchronize_session=False)
    )


def report_review(review: Review, *, visitor: str, now: datetime) -> None:
    """Count a visitor who finds a review out of place; enough of them bring it back to the desk (S44)."""
    if not _is_new(f"review:{review.id}", MarkKind.REPORT, visitor, now):
        return
    _count_report(review)
    if review.reports >= ENOUGH_REPORTS and review.state is ReviewState.PUBLISHED:
        review.state = move(REVIEW_MOVES, review.state, ReviewState.PENDING)
        review.faults = [*review.faults, Fault.REPORTED.value]
        review.changed_at = now
        rate_product(review)


def report_question(question: Question, *, visitor: str, now: datetime) -> None:
    """Count a visitor who finds a question or its answer out of place, likewise."""
    if not _is_new(f"question:{question.id}", MarkKind.REPORT, visitor, now):
        return
    _count_report(question)
    if question.reports >= ENOUGH_REPORTS and question.state is QuestionState.ANSWERED:
        question.state = move(QUESTION_MOVES, question.state, QuestionState.PENDING)
        question.faults = [*question.faults, Fault.REPORTED.value]
        db.session.flush()


def _is_new(subject: str, kind: MarkKind, visitor: str, now: datetime) -> bool:
    made = db.session.execute(
        insert_into(VoiceMark)
        .values(subject=subject, kind=kind, visitor=visitor, at=now)
        .on_conflict_do_nothing()
        .returning(VoiceMark.id)
    ).scalar()
    return made is not None


def _count_report(row: Review | Question) -> None:
    """Count up in the database and read what it says now, so that two who report at once are two."""
    table = type(row)
    db.session.execute(
        update(table)
        .where(table.id == row.id)
        .values(reports=table.reports + 1)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(row)
