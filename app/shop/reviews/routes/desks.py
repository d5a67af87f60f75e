"""The producer's desk answers; the operator's desk publishes and refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.foundation.actors import Permission
from app.foundation.clock import now
from app.foundation.errors import DomainError
from app.foundation.work import in_unit_of_work
from app.shop.reviews.desk_views import question_rows, review_rows
from app.shop.reviews.forms import AnswerForm, RefusalForm
from app.shop.reviews.queries import desk
from app.shop.reviews.routes.public import page_number
from app.shop.reviews.services.questions import (
    answer_question,
    publish_question,
    refuse_question,
)
from app.shop.reviews.services.reviews import publish_review, refuse_review, reply_to_review
from app.web.access import permitted
from app.web.desks import render_desk
from app.web.identity import current_actor
from app.web.paging import pages_of
from app.web.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from app.web.forms import BaseForm

bp = Blueprint(
    "review_desk", __name__, url_prefix="/<lang:lang>/desk", template_folder="../templates"
)


@bp.get("/producer/reviews")
@permitted(Permission.DESK_PRODUCER)
def producer_reviews() -> ResponseReturnValue:
    """List what buyers say of the producer's goods."""
    return producer_reviews_page()


@bp.post("/producer/reviews/<public_id>")
@permitted(Permission.DESK_PRODUCER)
def reply(public_id: str) -> ResponseReturnValue:
    """Answer a review; the answer stands under it."""
    form = AnswerForm()
    actor = current_actor()
    if desk.review_for_producer(actor, public_id) is None:
        abort(404)
    if not form.validate():
        return producer_reviews_page(public_id, form), 422
    at = now()

    def work() -> None:
        review = desk.review_for_producer(actor, public_id) or abort(404)
        reply_to_review(review, form.text.data, language=form.language.data, actor=actor, now=at)

    return done(work, _("Your answer is published."), "review_desk.producer_reviews")


@bp.get("/producer/questions")
@permitted(Permission.DESK_PRODUCER)
def producer_questions() -> ResponseReturnValue:
    """List what people ask about the producer's goods, unanswered first."""
    return producer_questions_page()


@bp.post("/producer/questions/<public_id>")
@permitted(Permission.DESK_PRODUCER)
def answer(public_id: str) -> ResponseReturnValue:
    """Answer a question; everybody then reads both."""
    form = AnswerForm()
    actor = current_actor()
    if desk.question_for_producer(actor, public_id) is None:
        abort(404)
    if not form.validate():
        return producer_questions_page(public_id, form), 422
    at = now()

    def work() -> None:
        question = desk.question_for_producer(actor, public_id) or abort(404)
        answer_question(question, form.text.data, language=form.language.data, actor=actor, now=at)

    return done(work, _("Your answer is published."), "review_desk.producer_questions")


@bp.get("/office/reviews")
@permitted(Permission.REVIEW_MODERATE)
def review_queue() -> ResponseReturnValue:
    """List the reviews that wait for a person."""
    return review_queue_page()


@bp.get("/office/questions")
@permitted(Permission.REVIEW_MODERATE)
def question_queue() -> ResponseReturnValue:
    """List the questions that wait for a person."""
    return question_queue_page()


@bp.post("/office/reviews/<public_id>")
@permitted(Permission.REVIEW_MODERATE)
def judge_review(public_id: str) -> ResponseReturnValue:
    """Publish a review, or refuse it with a reason."""
    return judge(
        public_id,
        desk.review_by_id,
        publish_review,
        refuse_review,
        review_queue_page,
        "review_desk.review_queue",
    )


@bp.post("/office/questions/<public_id>")
@permitted(Permission.REVIEW_MODERATE)
def judge_question(public_id: str) -> ResponseReturnValue:
    """Publish a question, or refuse it with a reason."""
    return judge(
        public_id,
        desk.question_by_id,
        publish_question,
        refuse_question,
        question_queue_page,
        "review_desk.question_queue",
    )


def judge(
    public_id: str,
    find: Callable[[str], Any],
    publish: Callable[..., None],
    refuse: Callable[..., None],
    page: Callable[..., str],
    endpoint: str,
) -> ResponseReturnValue:
    """Do what the operator decided."""
    actor, at = current_actor(), now()
    if find(public_id) is None:
        abort(404)
    if request.form.get("decision") == "publish":
        return done(
            lambda: publish(find(public_id) or abort(404), actor=actor, now=at),
            _("Published."),
            endpoint,
        )
    form = RefusalForm()
    if not form.validate():
        return page(public_id, form), 422
    return done(
        lambda: refuse(find(public_id) or abort(404), reason=form.reason.data, actor=actor, now=at),
        _("Refused. Its author is told why."),
        endpoint,
    )


def done(work: Callable[[], None], words: str, endpoint: str) -> ResponseReturnValue:
    """Do it in one unit and say how it went."""
    try:
        in_unit_of_work(work)
    except DomainError as error:
        if error.status == 403:  # noqa: PLR2004
            raise
        flash(sentence(error), "error")
    else:
        flash(words, "success")
    return redirect(url_for(endpoint), code=303)


def producer_reviews_page(wrong: str = "", form: AnswerForm | None = None) -> str:
    """Render what buyers say, each with its form; one may have been filled in wrongly."""
    page = desk.reviews_for_producer(current_actor(), number=page_number())
    rows = review_rows(page.items)
    return render_desk(
        "producer",
        "reviews/producer_reviews.html",
        rows=rows,
        forms=forms(
            AnswerForm, rows, wrong, form, lambda row: said(row.view.reply, row.view.reply_lang)
        ),
        page=pages_of(page, "review_desk.producer_reviews"),
    )


def producer_questions_page(wrong: str = "", form: AnswerForm | None = None) -> str:
    """Render what people ask, each with its form."""
    page = desk.questions_for_producer(current_actor(), number=page_number())
    rows = question_rows(page.items)
    return render_desk(
        "producer",
        "reviews/producer_questions.html",
        rows=rows,
        forms=forms(
            AnswerForm,
            rows,
            wrong,
            form,
            lambda row: said(row.view.answer, row.view.answer_lang),
        ),
        page=pages_of(page, "review_desk.producer_questions"),
    )


def review_queue_page(wrong: str = "", form: RefusalForm | None = None) -> str:
    """Render the reviews that wait."""
    page = desk.review_queue(number=page_number())
    rows = review_rows(page.items)
    return render_desk(
        "office",
        "reviews/queue.html",
        kind="review",
        queued=desk.queued(),
        rows=rows,
        forms=forms(RefusalForm, rows, wrong, form, lambda _row: {}),
        page=pages_of(page, "review_desk.review_queue"),
    )


def question_queue_page(wrong: str = "", form: RefusalForm | None = None) -> str:
    """Render the questions that wait."""
    page = desk.question_queue(number=page_number())
    rows = question_rows(page.items)
    return render_desk(
        "office",
        "reviews/queue.html",
        kind="question",
        queued=desk.queued(),
        rows=rows,
        forms=forms(RefusalForm, rows, wrong, form, lambda _row: {}),
        page=pages_of(page, "review_desk.question_queue"),
    )


def said(text: str | None, lang: str | None) -> dict[str, str]:
    """Fill an answer's form with what was answered before."""
    found = {"text": text} if text else {}
    return found | ({"language": lang} if lang else {})


def forms(
    kind: type[Any],
    rows: list[Any],
    wrong: str,
    filled: BaseForm | None,
    values: Callable[[Any], dict[str, str]],
) -> dict[str, Any]:
    """Give each row a form of its own, its ids told apart by the row's."""
    made = {}
    for row in rows:
        key = row.view.id
        form = filled if key == wrong and filled is not None else kind(None, data=values(row))
        for field in form:
            field.id = f"{field.id}-{key}"
        made[key] = form
    return made
