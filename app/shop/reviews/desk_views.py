"""Reviews and questions as their authors, producers and moderators see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.shop.reviews.queries import public as queries
from app.shop.reviews.screening import Fault
from app.shop.reviews.states import ReviewState
from app.shop.reviews.views import question_view, review_view, url_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.foundation.localized import LocalizedText
    from app.shop.reviews.models import Question, Review
    from app.shop.reviews.views import QuestionView, ReviewView

REVIEW_LABELS: Final[Mapping[ReviewState, Any]] = {
    ReviewState.PENDING: _l("Being checked"),
    ReviewState.PUBLISHED: _l("Published"),
    ReviewState.REFUSED: _l("Not published"),
    ReviewState.WITHDRAWN: _l("Withdrawn"),
}
REVIEW_TONES: Final[Mapping[ReviewState, str]] = {
    ReviewState.PENDING: "warn",
    ReviewState.PUBLISHED: "good",
    ReviewState.REFUSED: "bad",
    ReviewState.WITHDRAWN: "",
}
FAULT_LABELS: Final[Mapping[str, Any]] = {
    Fault.LINK: _l("has a link or an address"),
    Fault.PHONE: _l("has a phone number"),
    Fault.WORD: _l("has a word of the list"),
    Fault.FAST: _l("many reviews within an hour"),
    Fault.REPORTED: _l("reported by readers"),
    Fault.REFUSED_BEFORE: _l("was not published before"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReview:
    """A review in its buyer's account."""

    product: LocalizedText
    product_url: str
    view: ReviewView
    label: str
    tone: str
    reason: str | None
    change_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something received that its buyer may review."""

    name: LocalizedText
    variant: LocalizedText
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """A review or a question at a desk."""

    view: Any
    product: LocalizedText
    product_url: str
    producer: LocalizedText
    faults: list[str]


def own_reviews(user_id: int) -> list[OwnReview]:
    """List what somebody wrote, for their account."""
    return [own_review(one, number) for one, number in queries.reviews_of_user(user_id)]


def own_review(review: Review, number: str) -> OwnReview:
    """Prepare a review for whoever wrote it."""
    return OwnReview(
        product=review.product.name,
        product_url=url_of(review.product),
        view=review_view(review),
        label=str(REVIEW_LABELS[review.state]),
        tone=REVIEW_TONES[review.state],
        reason=review.reason,
        change_url=url_for("own_reviews.write", number=number, public_id=review.product.public_id),
    )


def waiting(user_id: int) -> list[Waiting]:
    """List what somebody may still review."""
    return [
        Waiting(
            name=one.line.name,
            variant=one.line.variant_label,
            url=url_for(
                "own_reviews.write", number=one.group.number, public_id=one.line.product_public_id
            ),
        )
        for one in queries.waiting_purchases(user_id)
    ]


def review_rows(reviews: Sequence[Review]) -> list[DeskRow]:
    """Prepare reviews for a desk."""
    return [_row(one, review_view(one)) for one in reviews]


def question_rows(questions: Sequence[Question]) -> list[DeskRow]:
    """Prepare questions for a desk."""
    return [_row(one, question_view(one)) for one in questions]


def _row(one: Review | Question, view: ReviewView | QuestionView) -> DeskRow:
    return DeskRow(
        view=view,
        product=one.product.name,
        product_url=url_of(one.product),
        producer=one.producer.name,
        faults=[str(FAULT_LABELS[fault]) for fault in one.faults if fault in FAULT_LABELS],
    )
