"""Tables of tourism villages: the village, its goods, the visits that people ask for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.database import Base, Model
from app.foundation.localized import LocalizedText
from app.foundation.money import Money


class Village(Model):
    """A place of community tourism; `recognised_stars` is what a source once reported."""

    __tablename__ = "villages"
    is_public: ClassVar[bool] = True  # on the home page: a change makes a new edition

    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[LocalizedText]
    sort_key: Mapped[str]
    known_for: Mapped[LocalizedText]
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), index=True)
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"), index=True)
    printed_origin: Mapped[str | None]
    recognised_stars: Mapped[int | None]
    recognised_year: Mapped[int | None]
    source_url: Mapped[str] = mapped_column(Text)
    visit: Mapped[LocalizedText | None]
    visit_hours: Mapped[int | None]
    visit_people: Mapped[int | None]
    visit_price: Mapped[Money | None]
    photo_key: Mapped[str | None]
    host_email: Mapped[str | None]
    created_at: Mapped[datetime]


class VillageProduct(Base):
    """A registered product that belongs to a village."""

    __tablename__ = "village_products"

    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("registered_products.id"), primary_key=True)


class VisitState(StrEnum):
    """Where a request for a visit stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


VISIT_MOVES: Final[dict[VisitState, frozenset[VisitState]]] = {
    VisitState.ASKED: frozenset({VisitState.ACCEPTED, VisitState.DECLINED}),
    VisitState.ACCEPTED: frozenset({VisitState.DECLINED}),
    VisitState.DECLINED: frozenset(),
}


class VisitRequest(Model):
    """Somebody who would like to come, and what the host answered."""

    __tablename__ = "visit_requests"
    __table_args__ = (
        CheckConstraint("people BETWEEN 1 AND 200", name="people"),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[str] = mapped_column(String(20), unique=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"), index=True)
    state: Mapped[VisitState] = mapped_column(default=VisitState.ASKED)
    on_date: Mapped[date]
    people: Mapped[int]
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(String(20))
    email: Mapped[str]
    note: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    reply: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once
