"""Asking about a product, proving one's address, answering, judging."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete

from app.foundation import audit
from app.foundation.actors import Permission, Scope
from app.foundation.database import db
from app.foundation.errors import DomainError
from app.foundation.outbox import enqueue
from app.foundation.states import move
from app.foundation.text import random_id
from app.shop.reviews.models import Question
from app.shop.reviews.screening import faults_of
from app.shop.reviews.services.reviews import LONGEST_REASON, checked_language, checked_text
from app.shop.reviews.states import QUESTION_MOVES, QuestionState

if TYPE_CHECKING:
    from datetime import datetime

    from app.foundation.actors import Actor

LONGEST_QUESTION: Final = 1_000
LINK_LIVES: Final = timedelta(days=7)
TOKEN: Final = 32


class LinkExpiredError(DomainError):
    """The link in the letter has been followed, or is older than a week."""

    code = "question_link_expired"
    status = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCommand:
    """What somebody asks; `email` is where the answer goes."""

    product_id: int
    producer_id: int
    text: str
    language: str
    email: str
    letter_language: str


def ask_question(command: QuestionCommand, *, actor: Actor, now: datetime) -> Question:
    """Ask a producer about a product.

    Somebody signed in is heard at once, or after a person looked; a guest first follows the link in a
    letter, before anybody sees the question (S44). Raises `InvalidInputError` with the field at fault.
    """
    text = checked_text(command.text, field="text", longest=LONGEST_QUESTION)
    checked_language(command.language)
    db.session.execute(
        delete(Question)
        .where(Question.state == QuestionState.UNCONFIRMED, Question.asked_at < now - LINK_LIVES)
        .execution_options(synchronize_session=False)
    )
    question = Question(
        public_id=random_id(10),
        product_id=command.product_id,
        producer_id=command.producer_id,
        user_id=actor.user_id,
        email=actor.email if actor.is_signed_in else command.email,
        state=QuestionState.UNCONFIRMED,
        text=text,
        language=command.language,
        letter_language=command.letter_language,
        faults=[one.value for one in faults_of(text)],
        asked_at=now,
    )
    db.session.add(question)
    if actor.is_signed_in:
        _heard(question, now=now)
    else:
        question.token = random_id(TOKEN)
        db.session.flush()
        enqueue("reviews.confirm_letter", {"question_id": question.id}, now=now)
    return question


def confirm_question(question: Question, *, now: datetime) -> None:
    """Take a guest's word that the address is theirs. Raises `LinkExpiredError`."""
    must_be_unconfirmed(question, now=now)
    _heard(question, now=now)


def must_be_unconfirmed(question: Question, *, now: datetime) -> None:
    """Raise `LinkExpiredError` when the link was followed before, or is too old."""
    is_old = question.asked_at < now - LINK_LIVES
    if question.state is not QuestionState.UNCONFIRMED or is_old:
        raise LinkExpiredError


def answer_question(
    question: Question, text: str, *, language: str, actor: Actor, now: datetime
) -> None:
    """Answer for the producer; everybody reads both. Answering again changes the answer.

    Raises `NotPermittedError`, `IllegalMoveError` and `InvalidInputError`.
    """
    actor.must(Permission.DESK_PRODUCER, Scope.producer(question.producer_id))
    question.answer = checked_text(text, field="text", shortest=1)
    question.answer_language = checked_language(language)
    is_first = question.answered_at is None
    if question.state is not QuestionState.ANSWERED:
        question.state = move(QUESTION_MOVES, question.state, QuestionState.ANSWERED)
    question.answered_at = question.answered_at or now
    db.session.flush()
    audit.record("question.answered", f"question:{question.public_id}", actor=actor, now=now)
    if is_first:
        enqueue("reviews.answer_letter", {"question_id": question.id}, now=now)


def publish_question(question: Question, *, actor: Actor, now: datetime) -> None:
    """Let a question go on that waited for a person. Raises `NotPermittedError`, `IllegalMoveError`."""
    actor.must(Permission.REVIEW_MODERATE)
    wanted = QuestionState.ANSWERED if question.answer else QuestionState.OPEN
    question.state = move(QUESTION_MOVES, question.state, wanted)
    question.faults, question.reports = [], 0
    db.session.flush()
    audit.record("question.published", f"question:{question.public_id}", actor=actor, now=now)
    if wanted is QuestionState.OPEN:
        enqueue("reviews.question_letter", {"question_id": question.id}, now=now)


def refuse_question(question: Question, *, reason: str, actor: Actor, now: datetime) -> None:
    """Keep a question from being read, and tell whoever asked it why.

    Raises `NotPermittedError`, `IllegalMoveError`, and `InvalidInputError` without a reason.
    """
    actor.must(Permission.REVIEW_MODERATE)
    question.reason = checked_text(reason, field="reason", shortest=3, longest=LONGEST_REASON)
    question.state = move(QUESTION_MOVES, question.state, QuestionState.REFUSED)
    db.session.flush()
    audit.record(
        "question.refused",
        f"question:{question.public_id}",
        actor=actor,
        now=now,
        details={"reason": question.reason},
    )
    enqueue("reviews.question_refused_letter", {"question_id": question.id}, now=now)


def _heard(question: Question, *, now: datetime) -> None:
    wanted = QuestionState.PENDING if question.faults else QuestionState.OPEN
    question.state = move(QUESTION_MOVES, question.state, wanted)
    db.session.flush()
    if wanted is QuestionState.OPEN:
        enqueue("reviews.question_letter", {"question_id": question.id}, now=now)
