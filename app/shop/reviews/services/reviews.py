"""Writing, changing, withdrawing, answering and judging reviews.

Two who move the same review at once collide by its version: one gets `ConflictError` (R18).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from app.foundation import audit
from app.foundation.actors import Permission, Scope
from app.foundation.database import db
from app.foundation.errors import DomainError, InvalidInputError, NotPermittedError
from app.foundation.outbox import enqueue
from app.foundation.picture_store import draw_later, receive_picture
from app.foundation.states import move
from app.foundation.text import clean, random_id
from app.shop.catalogue.services import write_rating
from app.shop.reviews.models import Review, ReviewPhoto
from app.shop.reviews.queries import public as queries
from app.shop.reviews.screening import Fault, faults_of
from app.shop.reviews.states import REVIEW_MOVES, ReviewState, ShownAs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.foundation.actors import Actor
    from app.shop.orders.models import OrderGroup
    from app.shop.reviews.queries.public import Purchase

SHORTEST: Final = 10
LONGEST: Final = 2_000
LONGEST_TITLE: Final = 120
LONGEST_REASON: Final = 500
MOST_PHOTOS: Final = 4
LANGUAGE: Final = re.compile("[a-z]{2}")
EDITABLE: Final = timedelta(days=30)
AN_HOUR: Final = timedelta(hours=1)
MOST_AN_HOUR: Final = 3
# What other words do not mend: only a person takes it back.
LASTING: Final = (Fault.FAST, Fault.REPORTED, Fault.REFUSED_BEFORE)


class OwnGoodsError(NotPermittedError):
    """Whoever works for a producer does not rate its goods (S44)."""

    code = "own_goods"


class ReviewClosedError(DomainError):
    """A review may be changed for thirty days."""

    code = "review_closed"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCommand:
    """A review as its buyer writes it; `photo_keys` are pictures that were kept before."""

    rating: int
    text: str
    language: str
    title: str = ""
    shown_as: ShownAs = ShownAs.INITIALS
    photo_keys: tuple[str, ...] = ()


def keep_picture(data: bytes) -> str:
    """Draw a picture anew and store it, and tell its key; slow, so never inside a unit of work (S12).

    Raises `PictureRefusedError`.
    """
    return receive_picture(data).key


def swap_picture(old: str, new: str) -> None:
    """Name the drawn files where the received one was named."""
    db.session.execute(update(ReviewPhoto).where(ReviewPhoto.key == old).values(key=new))


def buyer_key(group: OrderGroup) -> str:
    """Name a buyer across orders: the account, or the address that the order's letters go to."""
    if group.user_id is not None:
        return f"user:{group.user_id}"
    return "mail:" + hashlib.sha256(group.buyer_email.strip().lower().encode()).hexdigest()[:40]


def may_review(bought: Purchase, *, actor: Actor) -> None:
    """Raise `OwnGoodsError` for whoever works for the producer, whatever they are signed in as."""
    people = [one for one in (actor.user_id, bought.group.user_id) if one is not None]
    scope = Scope.producer(bought.order.producer_id)
    if any(grant.scope == scope for grant in actor.grants) or queries.sells(
        bought.order.producer_id, people, bought.group.buyer_email
    ):
        raise OwnGoodsError


def is_open(review: Review, *, now: datetime) -> bool:
    """Whether the buyer may still change it."""
    return now < review.created_at + EDITABLE


def write_review(
    bought: Purchase, command: ReviewCommand, *, actor: Actor, now: datetime
) -> Review:
    """Say what one thinks of a product that one received; saying it again changes it.

    It is published at once unless a rule wants a person to look (S44). Raises `OwnGoodsError`,
    `ReviewClosedError` after thirty days, `ConflictError` when the buyer sends two at the same time,
    and `InvalidInputError` with the field at fault.
    """
    may_review(bought, actor=actor)
    title, text = _checked(command)
    key = buyer_key(bought.group)
    review = queries.review_of_buyer(bought.product_id, key)
    faults = faults_of(title, text)
    if review is None:
        if queries.reviews_since(key, now - AN_HOUR) >= MOST_AN_HOUR:
            faults.append(Fault.FAST)
        review = Review(
            public_id=random_id(10),
            product_id=bought.product_id,
            producer_id=bought.order.producer_id,
            buyer_key=key,
            user_id=bought.group.user_id,
            state=ReviewState.PENDING,
            created_at=now,
        )
        db.session.add(review)
    else:
        if not is_open(review, now=now):
            raise ReviewClosedError
        faults += [one for one in LASTING if one in review.faults]
        if review.state is not ReviewState.PENDING:
            review.state = move(REVIEW_MOVES, review.state, ReviewState.PENDING)
    review.order_line_id = bought.line.id
    review.variant_label = bought.line.variant_label
    review.rating, review.title, review.text = command.rating, title, text
    review.language = command.language
    _show(review, command.photo_keys, now=now)
    _name(review, bought, command.shown_as)
    review.faults = [one.value for one in faults]
    review.reason = None
    review.changed_at = now
    if not faults:
        review.state = move(REVIEW_MOVES, review.state, ReviewState.PUBLISHED)
    rate_product(review)
    return review


def withdraw_review(review: Review, *, now: datetime) -> None:
    """Take one's own review back. Raises `IllegalMoveError`."""
    review.state = move(REVIEW_MOVES, review.state, ReviewState.WITHDRAWN)
    review.changed_at = now
    rate_product(review)


def reply_to_review(
    review: Review, text: str, *, language: str, actor: Actor, now: datetime
) -> None:
    """Answer a published review for its producer; answering again changes the answer.

    Raises `NotPermittedError` and `InvalidInputError`.
    """
    actor.must(Permission.DESK_PRODUCER, Scope.producer(review.producer_id))
    review.reply = checked_text(text, field="text", shortest=1)
    review.reply_language = checked_language(language)
    review.replied_at = now
    db.session.flush()
    audit.record("review.answered", f"review:{review.public_id}", actor=actor, now=now)


def publish_review(review: Review, *, actor: Actor, now: datetime) -> None:
    """Let a review be read that waited for a person. Raises `NotPermittedError`, `IllegalMoveError`."""
    actor.must(Permission.REVIEW_MODERATE)
    review.state = move(REVIEW_MOVES, review.state, ReviewState.PUBLISHED)
    review.faults, review.reports = [], 0
    _judged(review, "review.published", actor=actor, now=now)


def refuse_review(review: Review, *, reason: str, actor: Actor, now: datetime) -> None:
    """Keep a review from being read, and tell its buyer why.

    Raises `NotPermittedError`, `IllegalMoveError`, and `InvalidInputError` without a reason.
    """
    actor.must(Permission.REVIEW_MODERATE)
    review.reason = checked_text(reason, field="reason", shortest=3, longest=LONGEST_REASON)
    review.state = move(REVIEW_MOVES, review.state, ReviewState.REFUSED)
    review.faults, review.reports = [Fault.REFUSED_BEFORE.value], 0
    _judged(review, "review.refused", actor=actor, now=now)


def checked_text(text: str, *, field: str, shortest: int = SHORTEST, longest: int = LONGEST) -> str:
    """Check what somebody wrote. Raises `InvalidInputError`."""
    try:
        cleaned = clean(text)
    except ValueError as error:
        raise InvalidInputError(field=field) from error
    if not shortest <= len(cleaned) <= longest:
        raise InvalidInputError(field=field)
    return cleaned


def checked_language(language: str) -> str:
    """Check the language of a text. Raises `InvalidInputError`."""
    if not LANGUAGE.fullmatch(language):
        raise InvalidInputError(field="language")
    return language


def _checked(command: ReviewCommand) -> tuple[str, str]:
    if type(command.rating) is not int or not 1 <= command.rating <= 5:  # noqa: PLR2004 - stars
        raise InvalidInputError(field="rating")
    if len(command.photo_keys) > MOST_PHOTOS:
        raise InvalidInputError(field="photos")
    checked_language(command.language)
    title = checked_text(command.title, field="title", shortest=0, longest=LONGEST_TITLE)
    return title, checked_text(command.text, field="text")


def _show(review: Review, keys: Sequence[str], *, now: datetime) -> None:
    """Show these pictures with it, and have those drawn that are new."""
    known = {one.key: one for one in review.photos}
    review.photos = [known.get(key) or ReviewPhoto(key=key) for key in keys]
    for key in keys:
        if key not in known:
            draw_later(key, now=now)


def _name(review: Review, bought: Purchase, shown_as: ShownAs) -> None:
    """Keep of the buyer's name and place only what is to be shown."""
    name = bought.group.buyer_name
    review.shown_as = shown_as
    review.author = ""
    review.province_code = None
    if shown_as is ShownAs.NAME:
        review.author = name[:LONGEST_TITLE]
    elif shown_as is ShownAs.INITIALS:
        review.author = initials(name)
    else:
        review.province_code = bought.order.destination.get("province_code") or None


def initials(name: str) -> str:
    """Shorten a name to first letters: Nguyễn Thị Lan is N. T. L."""
    return " ".join(f"{word[0].upper()}." for word in name.split()[:4] if word[0].isalpha())


def rate_product(review: Review) -> None:
    """Flush, and count the card's rating anew from the rows."""
    db.session.flush()
    published = (
        Review.product_id == review.product_id,
        Review.state == ReviewState.PUBLISHED,
    )
    write_rating(
        review.product_id,
        count=select(func.count()).where(*published).scalar_subquery(),
        total=select(func.coalesce(func.sum(Review.rating), 0)).where(*published).scalar_subquery(),
    )


def _judged(review: Review, action: str, *, actor: Actor, now: datetime) -> None:
    review.changed_at = now
    details = {"reason": review.reason} if review.reason else {}
    audit.record(action, f"review:{review.public_id}", actor=actor, now=now, details=details)
    rate_product(review)
    enqueue("reviews.judged_letter", {"review_id": review.id}, now=now)
