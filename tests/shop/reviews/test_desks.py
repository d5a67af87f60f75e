"""The producer answers at its desk; the operator publishes and refuses at theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.foundation.actors import Role, Scope
from app.foundation.database import db
from app.shop.reviews.models import Question, Review
from app.shop.reviews.states import QuestionState, ReviewState
from tests.shop.reviews.making import asked, reviewed
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser

LINK = "Xem www.vi-du.example để biết thêm"


def sign_in(browser: Browser, role: Role, scope: Scope) -> None:
    """Sign somebody in who has a role."""
    user = make.user(role, scope)
    db.session.commit()
    browser.sign_in(user)


def review_now() -> Review:
    """The one review there is, as the database has it now."""
    db.session.rollback()
    return db.session.query(Review).one()


def question_now() -> Question:
    """The one question there is, as the database has it now."""
    db.session.rollback()
    return db.session.query(Question).one()


def test_a_producer_answers_a_review_at_the_desk(browser: Browser) -> None:
    review = reviewed()
    public_id = review.public_id
    sign_in(browser, Role.PRODUCER_STAFF, Scope.producer(review.producer_id))

    page = browser.get("review_desk.producer_reviews")
    wrong = browser.post("review_desk.reply", {"text": ""}, public_id=public_id, status=422)
    done = browser.follow(
        browser.post(
            "review_desk.reply", {"text": "Cảm ơn!", "language": "vi"}, public_id=public_id
        )
    )

    assert len(page.all(data_testid="desk-review")) == 1
    assert "This is missing." in wrong
    assert "Your answer is published." in done
    assert review_now().reply == "Cảm ơn!"


def test_a_producer_answers_a_question_at_the_desk(browser: Browser) -> None:
    question = asked()
    public_id = question.public_id
    sign_in(browser, Role.PRODUCER_OWNER, Scope.producer(question.producer_id))

    page = browser.get("review_desk.producer_questions")
    browser.post(
        "review_desk.answer", {"text": "Khoảng 85 độ.", "language": "vi"}, public_id=public_id
    )

    assert "Waits for your answer" in page
    assert question_now().state is QuestionState.ANSWERED


def test_the_first_page_of_the_desk_tells_of_what_waits_for_an_answer(browser: Browser) -> None:
    question, review = asked(), reviewed()
    sign_in(
        browser,
        Role.PRODUCER_OWNER,
        Scope.producer(question.producer_id),
    )

    before = browser.get("desk.home")
    browser.post(
        "review_desk.answer",
        {"text": "Khoảng 85 độ.", "language": "vi"},
        public_id=question_now().public_id,
    )
    after = browser.get("desk.home")

    of_reviews = int(review.producer_id == question.producer_id)
    assert "Questions to answer 1" in before.texts(class_="stat")
    assert f"Reviews without your answer {of_reviews}" in before.texts(class_="stat")
    assert "Questions to answer 0" in after.texts(class_="stat")


def test_what_concerns_another_producer_does_not_exist(browser: Browser) -> None:
    review, question = reviewed().public_id, asked().public_id
    sign_in(browser, Role.PRODUCER_OWNER, Scope.producer(make.producer("HTX Khác").id))

    reviews = browser.get("review_desk.producer_reviews")
    questions = browser.get("review_desk.producer_questions")
    words = {"text": "Ha!", "language": "vi"}
    browser.post("review_desk.reply", words, public_id=review, status=404)
    browser.post("review_desk.answer", words, public_id=question, status=404)

    assert reviews.all(data_testid="desk-review") == []
    assert questions.all(data_testid="desk-question") == []


def test_a_producer_sees_no_question_that_waits_for_a_person(browser: Browser) -> None:
    question = asked("Nhắn tôi số 0912 345 678 nhé?")
    public_id = question.public_id
    sign_in(browser, Role.PRODUCER_OWNER, Scope.producer(question.producer_id))

    page = browser.get("review_desk.producer_questions")
    browser.post(
        "review_desk.answer", {"text": "Có.", "language": "vi"}, public_id=public_id, status=404
    )

    assert page.all(data_testid="desk-question") == []


def test_an_operator_publishes_and_refuses(browser: Browser) -> None:
    public_id = reviewed(text=LINK).public_id
    question_id = asked("Nhắn tôi số 0912 345 678 nhé?").public_id
    sign_in(browser, Role.OPERATOR, Scope.territory())

    queue = browser.get("review_desk.review_queue")
    browser.post("review_desk.judge_review", {"decision": "publish"}, public_id=public_id)
    again = browser.follow(
        browser.post("review_desk.judge_review", {"decision": "publish"}, public_id=public_id)
    )
    questions = browser.get("review_desk.question_queue")
    wrong = browser.post(
        "review_desk.judge_question",
        {"decision": "refuse", "reason": ""},
        public_id=question_id,
        status=422,
    )
    browser.post(
        "review_desk.judge_question",
        {"decision": "refuse", "reason": "Không để số điện thoại"},
        public_id=question_id,
    )

    assert "has a link or an address" in queue.texts(data_testid="queued")[0]
    assert "has a phone number" in questions.texts(data_testid="queued")[0]
    assert "no longer possible" in again
    assert "This is missing." in wrong
    assert review_now().state is ReviewState.PUBLISHED
    assert question_now().state is QuestionState.REFUSED


def test_only_operators_open_the_queue(browser: Browser) -> None:
    public_id = reviewed(text=LINK).public_id
    sign_in(browser, Role.OFFICER, Scope.territory())

    browser.get("review_desk.review_queue", status=403)
    browser.get("review_desk.question_queue", status=403)
    browser.post(
        "review_desk.judge_review", {"decision": "publish"}, public_id=public_id, status=403
    )

    assert review_now().state is ReviewState.PENDING


def test_what_is_not_there_cannot_be_judged(browser: Browser) -> None:
    sign_in(browser, Role.OPERATOR, Scope.territory())

    browser.post("review_desk.judge_review", {"decision": "publish"}, public_id="x", status=404)
    browser.post("review_desk.judge_question", {"decision": "publish"}, public_id="x", status=404)


def test_a_queue_of_many_costs_no_more_than_one_of_few(browser: Browser) -> None:
    for _ in range(4):
        reviewed(text=LINK)
    sign_in(browser, Role.OPERATOR, Scope.territory())
    browser.get("review_desk.review_queue")
    db.session.remove()

    with counted_statements() as seen:
        browser.get("review_desk.review_queue")

    assert len(seen) <= 6
