"""Table of showrooms: where they are and whose shelf is theirs."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.database import Model
from app.foundation.localized import LocalizedText


class Showroom(Model):
    """A point of sale of the programme that holds goods and hands orders over."""

    __tablename__ = "showrooms"
    is_public: ClassVar[bool] = True  # in the sitemap: a change makes a new edition

    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[LocalizedText]
    sort_key: Mapped[str]
    printed_address: Mapped[str]
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), index=True)
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))
    hours: Mapped[LocalizedText]
    phone: Mapped[str | None] = mapped_column(String(20))
    place_id: Mapped[int] = mapped_column(ForeignKey("stock_places.id"), unique=True)
    offers_pick_up: Mapped[bool] = mapped_column(default=True)
    photo_key: Mapped[str | None]
    source_url: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
