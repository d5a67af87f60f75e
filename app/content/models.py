"""Tables of stories, fairs and gift sets: what the market's editors write, in every language."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.database import Model
from app.foundation.localized import LocalizedText


class Story(Model):
    """A story or a guide; its body is Markdown."""

    __tablename__ = "stories"
    is_public: ClassVar[bool] = True

    slug: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[LocalizedText]
    summary: Mapped[LocalizedText]
    body: Mapped[LocalizedText]
    photo_key: Mapped[str | None]
    # Whose goods the story is about: a product set, a province, or neither.
    set_code: Mapped[str | None] = mapped_column(ForeignKey("categories.code"))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    source_url: Mapped[str | None] = mapped_column(Text)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime] = mapped_column(index=True)


class Fair(Model):
    """A market or fair with days and a place."""

    __tablename__ = "fairs"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="days"),
        {"sqlite_autoincrement": True},
    )
    is_public: ClassVar[bool] = True

    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[LocalizedText]
    summary: Mapped[LocalizedText]
    body: Mapped[LocalizedText]
    venue: Mapped[LocalizedText]
    organiser: Mapped[LocalizedText]
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), index=True)
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date]
    photo_key: Mapped[str | None]
    source_url: Mapped[str | None] = mapped_column(Text)
    is_illustrative: Mapped[bool] = mapped_column(default=False)


class GiftSet(Model):
    """Goods of several producers that go well together; bought as ordinary lines of a cart."""

    __tablename__ = "gift_sets"
    is_public: ClassVar[bool] = True

    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[LocalizedText]
    summary: Mapped[LocalizedText]
    photo_key: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    is_illustrative: Mapped[bool] = mapped_column(default=False)

    items: Mapped[list[GiftItem]] = relationship(
        back_populates="gift_set", cascade="all, delete-orphan", order_by="GiftItem.position"
    )


class GiftItem(Model):
    """One of the goods of a gift set."""

    __tablename__ = "gift_items"
    __table_args__ = (
        UniqueConstraint("gift_set_id", "variant_id"),
        CheckConstraint("quantity BETWEEN 1 AND 99", name="quantity"),
        {"sqlite_autoincrement": True},
    )
    is_public: ClassVar[bool] = True

    gift_set_id: Mapped[int] = mapped_column(ForeignKey("gift_sets.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), index=True)
    quantity: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)

    gift_set: Mapped[GiftSet] = relationship(back_populates="items")
