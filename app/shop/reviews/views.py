"""Reviews and questions as pages show them: plain values, so that templates only write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import url_for
from flask_babel import gettext as _

from app.foundation import edition
from app.foundation.clock import local_date
from app.foundation.kept import Kept
from app.places.queries import province
from app.programme.queries import product_by_id
from app.shop.catalogue.views import product_url, rating_words
from app.shop.reviews.queries import public as queries
from app.shop.reviews.states import ShownAs
from app.web.formats import month
from app.web.fragments import Fragment
from app.web.locale import language
from app.web.meta import enrich
from app.web.pictures import PictureView, picture_view
from app.web.structured import review_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from app.foundation.localized import LocalizedText
    from app.programme.models import RegisteredProduct
    from app.shop.orders.states import DeliveryState
    from app.shop.reviews.models import Question, Review
    from app.web.structured import Node

FIRST: Final = 5

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


def url_of(product: RegisteredProduct) -> str:
    """Link a product's page."""
    return product_url(product.slug, product.public_id)


@dataclass(frozen=True, slots=True)
class LetterProduct:
    """A product as letters name it."""

    name: LocalizedText
    path: str


def letter_product(product: RegisteredProduct) -> LetterProduct:
    """Prepare a product for a letter, which links it by its own address."""
    return LetterProduct(product.name, f"{product.slug}-{product.public_id}")
