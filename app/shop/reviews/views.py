"""Reviews and questions as pages show them: plain values, so that templates only write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.foundation import edition
from app.foundation.clock import local_date
from app.foundation.kept import Kept
from app.places.queries import province
from app.programme.queries import product_by_id
from app.shop.catalogue.views import product_url, rating_words
from app.shop.reviews.queries import public as queries
from app.shop.reviews.screening import Fault
from app.shop.reviews.states import ReviewState, ShownAs
from app.web.formats import month
from app.web.fragments import Fragment
from app.web.locale import language
from app.web.meta import enrich
from app.web.pictures import PictureView, picture_view
from app.web.structured import review_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from app.foundation.localized import LocalizedText
    from app.foundation.paging import Page
    from app.programme.models import RegisteredProduct
    from app.shop.orders.states import DeliveryState
    from app.shop.reviews.models import Question, Review
    from app.web.structured import Node

FIRST: Final = 5
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

_voices: Final[Kept[Voices]] = Kept(most=2_000, seconds=300)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one rating, and which part of all that is."""

    stars: int
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What all published reviews of a product come to."""

    mean: str
    count: int
    bars: list[Bar]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """One review, for everybody."""

    id: str
    rating: int
    title: str
    text: str
    lang: str
    author: str
    month: str
    variant: LocalizedText
    photos: list[PictureView]
    helpful: int
    reply: str | None
    reply_lang: str | None
    is_illustrative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question, with what its producer answered."""

    id: str
    text: str
    lang: str
    month: str
    answer: str | None
    answer_lang: str | None
    is_illustrative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """What a product's page shows of what people say."""

    path: str
    summary: Summary | None
    reviews: list[ReviewView]
    questions: list[QuestionView]
    question_count: int
    can_ask: bool
    # The reviews as search engines read them; what is illustrative is nothing for them.
    data: list[Node]


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


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The pages of a list, as `components/pagination.html` wants them."""

    number: int
    count: int
    window: list[int | None]
    base: str

    @classmethod
    def of(cls, page: Page[Any], base: str) -> PageLinks:
        """Link pages by an address that wants only the number behind it."""
        return cls(page.number, page.count, page.window, base)

    def url_for_number(self, number: int) -> str:
        """Link one page."""
        return f"{self.base}{number}"


def voices(product_id: int, lang: str) -> list[Fragment]:
    """Answer the slot `product.voices`: two statements, and none while nothing has changed."""
    stamp = edition.current()
    made = (
        _read(product_id)
        if stamp is None
        else _voices.get((stamp, product_id, lang), lambda: _read(product_id))
    )
    if made.data:
        enrich("Product", review=made.data)
    return [Fragment("reviews/_voices.html", made)]


def line_link(
    number: str, token: str, public_id: str, delivery_state: DeliveryState
) -> list[Fragment]:
    """Answer the slot `order.line`: the way to review what was received."""
    if delivery_state not in queries.RECEIVED:
        return []
    url = url_for("own_reviews.write", number=number, public_id=public_id, token=token)
    return [Fragment("reviews/_line.html", url)]


def account_link() -> list[Fragment]:
    """Answer the slot `account.sections`: the way to one's reviews."""
    return [Fragment("reviews/_account.html", url_for("own_reviews.own"))]


def _read(product_id: int) -> Voices:
    product = product_by_id(product_id)
    assert product is not None  # noqa: S101 - its page is being drawn
    shown = queries.shown_reviews(product_id, limit=FIRST)
    questions, count = queries.shown_questions(product_id, limit=FIRST)
    return Voices(
        path=f"{product.slug}-{product.public_id}",
        summary=summary_of(shown.counts),
        reviews=review_views(shown.reviews),
        questions=[question_view(one) for one in questions],
        question_count=count,
        can_ask=product.producer_id is not None,
        data=[
            review_data(
                author=author_of(one),
                rating=one.rating,
                text=one.text,
                on=local_date(one.created_at),
                lang=one.language,
            )
            for one in shown.reviews
            if not one.is_illustrative
        ],
    )


def summary_of(counts: Mapping[int, int]) -> Summary | None:
    """Sum ratings up; nothing when there is none."""
    count = sum(counts.values())
    if not count:
        return None
    total = sum(stars * number for stars, number in counts.items())
    bars = [Bar(stars, counts[stars], round(100 * counts[stars] / count)) for stars in counts]
    return Summary(rating_words(total, count), count, bars)


def review_views(reviews: Iterable[Review]) -> list[ReviewView]:
    """Prepare reviews, in the page's language."""
    return [review_view(one) for one in reviews]


def review_view(review: Review) -> ReviewView:
    """Prepare one review."""
    author = author_of(review)
    return ReviewView(
        id=review.public_id,
        rating=review.rating,
        title=review.title,
        text=review.text,
        lang=review.language,
        author=author,
        month=month_of(review.created_at),
        variant=review.variant_label,
        photos=[
            view
            for at, key in enumerate(review.photo_keys, 1)
            if (
                view := picture_view(
                    key, alt=_("Photo %(number)s by %(author)s", number=at, author=author)
                )
            )
        ],
        helpful=review.helpful,
        reply=review.reply,
        reply_lang=review.reply_language,
        is_illustrative=review.is_illustrative,
    )


def author_of(review: Review) -> str:
    """Name the buyer as they wished."""
    where = province(review.province_code) if review.province_code else None
    if review.shown_as is ShownAs.PROVINCE and where:
        return str(_("A buyer in %(province)s", province=where.name.in_language(language())))
    return review.author or str(_("A buyer"))


def question_view(question: Question) -> QuestionView:
    """Prepare one question."""
    return QuestionView(
        id=question.public_id,
        text=question.text,
        lang=question.language,
        month=month_of(question.asked_at),
        answer=question.answer,
        answer_lang=question.answer_language,
        is_illustrative=question.is_illustrative,
    )


def month_of(instant: datetime) -> str:
    """Write the month of an instant."""
    return month(local_date(instant))


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


def url_of(product: RegisteredProduct) -> str:
    """Link a product's page."""
    return product_url(product.slug, product.public_id)


def _row(one: Review | Question, view: ReviewView | QuestionView) -> DeskRow:
    return DeskRow(
        view=view,
        product=one.product.name,
        product_url=url_of(one.product),
        producer=one.producer.name,
        faults=[str(FAULT_LABELS[fault]) for fault in one.faults if fault in FAULT_LABELS],
    )


@dataclass(frozen=True, slots=True)
class LetterProduct:
    """A product as letters name it."""

    name: LocalizedText
    path: str


def letter_product(product: RegisteredProduct) -> LetterProduct:
    """Prepare a product for a letter, which links it by its own address."""
    return LetterProduct(product.name, f"{product.slug}-{product.public_id}")
