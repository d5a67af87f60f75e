"""Questions: heard from a proven address, answered by the producer, then read by everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.foundation.actors import SYSTEM, Role, Scope
from app.foundation.database import db
from app.foundation.errors import IllegalMoveError, InvalidInputError, NotPermittedError
from app.foundation.outbox import OutboxMessage
from app.foundation.work import unit_of_work
from app.shop.reviews.models import Question
from app.shop.reviews.queries import public as queries
from app.shop.reviews.services.marks import report_question
from app.shop.reviews.services.questions import (
    LinkExpiredError,
    answer_question,
    confirm_question,
    publish_question,
    refuse_question,
)
from app.shop.reviews.states import QuestionState
from tests.shop.reviews.making import asked, person
from tests.support.make import NOW

pytestmark = pytest.mark.usefixtures("app")


def topics() -> list[str]:
    """The letters about questions that are on their way."""
    db.session.rollback()
    wanted = OutboxMessage.topic.like("reviews.%")
    return [one.topic for one in db.session.query(OutboxMessage).filter(wanted).order_by("id")]


def again(question: Question) -> Question:
    """A question as it stands in the database now."""
    return db.session.get_one(Question, question.id)


def answered(question: Question, text: str = "Khoảng 85 độ.") -> None:
    """Answer for the producer."""
    with unit_of_work():
        answer_question(again(question), text, language="vi", actor=SYSTEM, now=NOW)


def test_nobody_hears_a_guest_before_the_link_was_followed() -> None:
    question = asked(is_confirmed=False)

    assert question.state is QuestionState.UNCONFIRMED
    assert topics() == ["reviews.confirm_letter"]

    with unit_of_work():
        confirm_question(again(question), now=NOW)

    assert again(question).state is QuestionState.OPEN
    assert topics() == ["reviews.confirm_letter", "reviews.question_letter"]


def test_a_link_works_once_and_for_a_week() -> None:
    used, old = asked(), asked(is_confirmed=False)

    with pytest.raises(LinkExpiredError), unit_of_work():
        confirm_question(again(used), now=NOW)
    with pytest.raises(LinkExpiredError), unit_of_work():
        confirm_question(again(old), now=NOW + timedelta(days=7, seconds=1))


def test_what_nobody_confirmed_is_forgotten() -> None:
    asked(is_confirmed=False)
    kept = asked(now=NOW + timedelta(days=8))

    assert [one.id for one in db.session.query(Question)] == [kept.id]


def test_somebody_signed_in_is_heard_at_once() -> None:
    actor = person()

    question = asked(actor=actor)

    assert question.state is QuestionState.OPEN
    assert question.email == actor.email
    assert topics() == ["reviews.question_letter"]


def test_a_phone_number_waits_for_a_person() -> None:
    question = asked("Nhắn giúp tôi số 0912 345 678 nhé?")
    before = question.state, topics()

    with unit_of_work():
        publish_question(again(question), actor=SYSTEM, now=NOW)

    assert before == (QuestionState.PENDING, ["reviews.confirm_letter"])
    assert again(question).state is QuestionState.OPEN
    assert topics()[-1] == "reviews.question_letter"


def test_an_answer_makes_a_question_public_and_is_sent_once() -> None:
    question = asked()
    hidden = queries.shown_questions(question.product_id)

    answered(question)
    answered(question, "Khoảng 80 đến 85 độ.")

    assert hidden == ([], 0)
    rows, count = queries.shown_questions(question.product_id)
    assert [one.answer for one in rows] == ["Khoảng 80 đến 85 độ."]
    assert count == 1
    assert topics().count("reviews.answer_letter") == 1


def test_another_producer_does_not_answer() -> None:
    question = asked()
    other = person(Role.PRODUCER_OWNER, Scope.producer(question.producer_id + 1))
    own = person(Role.PRODUCER_STAFF, Scope.producer(question.producer_id))

    with pytest.raises(NotPermittedError), unit_of_work():
        answer_question(again(question), "Không", language="vi", actor=other, now=NOW)
    with unit_of_work():
        answer_question(again(question), "Có chứ.", language="vi", actor=own, now=NOW)

    assert again(question).answer == "Có chứ."


def test_three_reports_hide_an_answered_question_until_a_person_looked() -> None:
    question = asked()
    answered(question)

    for visitor in ("net:1", "net:2", "net:2", "net:3"):
        with unit_of_work():
            report_question(again(question), visitor=visitor, now=NOW)
    hidden = queries.shown_questions(question.product_id)[1]
    with unit_of_work():
        publish_question(again(question), actor=SYSTEM, now=NOW)

    assert hidden == 0
    assert queries.shown_questions(question.product_id)[1] == 1


def test_a_refused_question_is_over_and_its_asker_is_told() -> None:
    question = asked()

    with unit_of_work():
        refuse_question(again(question), reason="Không về hàng", actor=SYSTEM, now=NOW)

    assert topics()[-1] == "reviews.question_refused_letter"
    with pytest.raises(IllegalMoveError), unit_of_work():
        answer_question(again(question), "Có.", language="vi", actor=SYSTEM, now=NOW)


@pytest.mark.parametrize("text", ["ngắn", "x" * 1_001, " " * 40])
def test_what_is_no_question_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        asked(text)
