"""Tables of what people say: reviews, questions, and what visitors think of both."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.database import Model
from app.foundation.localized import LocalizedText
from app.shop.reviews.states import MarkKind, QuestionState, ReviewState, ShownAs

if TYPE_CHECKING:
    from app.programme.models import RegisteredProduct
    from app.vendors.models import Producer


class Review(Model):
    """What one buyer says of one product that they received; there is one for each buyer (S44)."""

    __tablename__ = "reviews"
    is_public: ClassVar[bool] = True  # a change makes a new edition
    __table_args__ = (
        UniqueConstraint("product_id", "buyer_key"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        Index("ix_reviews_product_id_state_created_at", "product_id", "state", "created_at"),
        Index("ix_reviews_state_changed_at", "state", "changed_at"),
        {"sqlite_autoincrement": True},
    )

    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("registered_products.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), index=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), index=True)
    # Who bought it: `user:<id>` of whoever was signed in, else `mail:<hash>` of the order's address.
    buyer_key: Mapped[str] = mapped_column(String(64), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.PENDING)
    rating: Mapped[int]
    title: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    shown_as: Mapped[ShownAs]
    author: Mapped[str] = mapped_column(String(120), default="")
    province_code: Mapped[str | None] = mapped_column(String(2))
    variant_label: Mapped[LocalizedText]
    # Why it waits for a person, as `screening.Fault` names it.
    faults: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str | None] = mapped_column(Text)
    reports: Mapped[int] = mapped_column(default=0)
    helpful: Mapped[int] = mapped_column(default=0)
    reply: Mapped[str | None] = mapped_column(Text)
    reply_language: Mapped[str | None] = mapped_column(String(2))
    replied_at: Mapped[datetime | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once

    product: Mapped[RegisteredProduct] = relationship()
    producer: Mapped[Producer] = relationship()
    photos: Mapped[list[ReviewPhoto]] = relationship(
        cascade="all, delete-orphan", order_by="ReviewPhoto.id", lazy="selectin"
    )

    @property
    def photo_keys(self) -> list[str]:
        """Name its pictures in the order in which they were added."""
        return [one.key for one in self.photos]


class ReviewPhoto(Model):
    """A picture that a buyer took of what they received."""

    __tablename__ = "review_photos"
    is_public: ClassVar[bool] = True  # a change makes a new edition

    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), index=True)
    key: Mapped[str] = mapped_column(index=True)


class Question(Model):
    """What somebody wants to know about a product, and what its producer answers."""

    __tablename__ = "questions"
    is_public: ClassVar[bool] = True  # a change makes a new edition
    __table_args__ = (
        Index("ix_questions_product_id_state", "product_id", "state"),
        Index("ix_questions_producer_id_state", "producer_id", "state"),
        Index("ix_questions_state_asked_at", "state", "asked_at"),
        {"sqlite_autoincrement": True},
    )

    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("registered_products.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    email: Mapped[str]
    # What the letter to a guest links; nobody sees a question before its link was followed.
    token: Mapped[str | None] = mapped_column(String(40), unique=True)
    state: Mapped[QuestionState]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    letter_language: Mapped[str] = mapped_column(String(2))
    faults: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str | None] = mapped_column(Text)
    reports: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str | None] = mapped_column(Text)
    answer_language: Mapped[str | None] = mapped_column(String(2))
    answered_at: Mapped[datetime | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once

    product: Mapped[RegisteredProduct] = relationship()
    producer: Mapped[Producer] = relationship()


class VoiceMark(Model):
    """One visitor's word on a review or a question: helpful, or to be looked at; one of each."""

    __tablename__ = "voice_marks"
    __table_args__ = (
        UniqueConstraint("subject", "kind", "visitor"),
        {"sqlite_autoincrement": True},
    )

    subject: Mapped[str] = mapped_column(String(32))
    kind: Mapped[MarkKind]
    visitor: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
