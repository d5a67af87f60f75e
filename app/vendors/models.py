"""Tables of producers: who makes what is registered and sold."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.database import Model
from app.foundation.localized import LocalizedText


class ProducerKind(StrEnum):
    """Who may take part in the programme (26/2026/QĐ-TTg, art. 2.3)."""

    COOPERATIVE = "cooperative"
    COOPERATIVE_GROUP = "cooperative_group"
    ENTERPRISE = "enterprise"
    FARM = "farm"
    HOUSEHOLD = "household"
    ASSOCIATION = "association"


class Producer(Model):
    """A producer of the register (chủ thể OCOP)."""

    __tablename__ = "producers"
    is_public: ClassVar[bool] = (
        True  # named above the list of its products: a change makes a new edition
    )

    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[LocalizedText]
    kind: Mapped[ProducerKind]
    sort_key: Mapped[str] = mapped_column(index=True)
    story: Mapped[LocalizedText | None]
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), index=True)
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"), index=True)
    printed_place: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None]
    photo_key: Mapped[str | None]
    source_url: Mapped[str | None] = mapped_column(Text)
    source_year: Mapped[int | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    people: Mapped[list[ProducerPerson]] = relationship(
        order_by="ProducerPerson.position", viewonly=True, lazy="raise"
    )
    links: Mapped[list[ProducerLink]] = relationship(
        order_by="ProducerLink.id", viewonly=True, lazy="raise"
    )


class ProducerPerson(Model):
    """Somebody who works at a producer, as its page introduces the team."""

    __tablename__ = "producer_people"
    is_public: ClassVar[bool] = True  # on the producer's page: a change makes a new edition

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), index=True)
    name: Mapped[str]
    role: Mapped[LocalizedText]
    position: Mapped[int]
    is_illustrative: Mapped[bool] = mapped_column(default=False)


class LinkKind(StrEnum):
    """What the other side of a link is to the producer, from raw material to the buyer."""

    SUPPLIER = "supplier"
    HOUSEHOLDS = "households"
    BUYER = "buyer"


class ProducerLink(Model):
    """A household group or an enterprise that works with a producer along a value chain."""

    __tablename__ = "producer_links"
    is_public: ClassVar[bool] = True  # on the producer's page: a change makes a new edition

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), index=True)
    kind: Mapped[LinkKind]
    name: Mapped[LocalizedText]
    commodity: Mapped[LocalizedText]
    since_year: Mapped[int | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
