"""Letters about reviews and questions, sent after the commit that caused them (R20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.accounts.queries import language_at
from app.shop.orders.queries import producer_email
from app.shop.reviews.queries import desk
from app.shop.reviews.services.reviews import is_open, swap_picture
from app.shop.reviews.states import QuestionState, ReviewState
from app.shop.reviews.views import letter_product
from app.web.mail import send_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.foundation.picture_store import PictureDrawn
    from app.shop.reviews.models import Question


def on_picture_drawn(event: PictureDrawn) -> None:
    """Show a picture in every width once a job has drawn it."""
    swap_picture(event.old_key, event.new_key)


def send_judged(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Tell a buyer whether their review is published."""
    found = desk.letter_review(payload["review_id"])
    if found is None or found[0].state not in {ReviewState.PUBLISHED, ReviewState.REFUSED}:
        return
    review, group = found
    send_letter(
        "reviews/mail/judged",
        to=group.buyer_email,
        language=group.language,
        product=letter_product(review.product),
        is_published=review.state is ReviewState.PUBLISHED,
        reason=review.reason,
        number=group.number,
        token=group.access_token,
        public_id=review.product.public_id,
        can_change=is_open(review, now=review.changed_at),
    )


def send_confirm(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Send a guest the link that proves their address."""
    question = desk.letter_question(payload["question_id"])
    if question is not None and question.state is QuestionState.UNCONFIRMED:
        _to_asker("reviews/mail/confirm", question)


def send_question(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Tell a producer that reads mail what is asked."""
    question = desk.letter_question(payload["question_id"])
    email = producer_email(question.producer_id) if question is not None else None
    if question is not None and email:
        send_letter(
            "reviews/mail/question",
            to=email,
            language=language_at(email),
            product=letter_product(question.product),
            question=question,
        )


def send_answer(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Send whoever asked the answer."""
    question = desk.letter_question(payload["question_id"])
    if question is not None and question.answer:
        _to_asker("reviews/mail/answer", question)


def send_question_refused(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Tell whoever asked why nobody will read it."""
    question = desk.letter_question(payload["question_id"])
    if question is not None and question.state is QuestionState.REFUSED:
        _to_asker("reviews/mail/question_refused", question)


def _to_asker(template: str, question: Question) -> None:
    send_letter(
        template,
        to=question.email,
        language=question.letter_language,
        product=letter_product(question.product),
        question=question,
    )
