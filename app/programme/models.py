"""Tables of the programme: categories, registered products, recognitions, certificates."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.database import Base, Model
from app.foundation.localized import LocalizedText

if TYPE_CHECKING:
    from app.places.models import Commune, Province
    from app.vendors.models import Producer


class CategoryLevel(StrEnum):
    """The three tiers of Annex I of 26/2026/QĐ-TTg."""

    INDUSTRY = "industry"
    GROUP = "group"
    SET = "set"


class Category(Base):
    """An industry, a group or a product set; a set is also the scoring sheet of its products."""

    __tablename__ = "categories"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    level: Mapped[CategoryLevel]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("categories.code"), index=True)
    name: Mapped[LocalizedText]
    label: Mapped[LocalizedText]
    slug: Mapped[LocalizedText]
    icon: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]


class RegisteredProduct(Model):
    """A product of the national register; whether and how it is sold is the shop's affair."""

    __tablename__ = "registered_products"

    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    slug: Mapped[str] = mapped_column(String(100), index=True)
    name: Mapped[LocalizedText]
    # Other names it goes by, found by search and shown as such; never in place of the registered one.
    also_known_as: Mapped[LocalizedText | None]
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"), index=True)
    set_code: Mapped[str] = mapped_column(ForeignKey("categories.code"), index=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), index=True)
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"), index=True)
    printed_origin: Mapped[str | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime]

    producer: Mapped[Producer | None] = relationship()
    province: Mapped[Province] = relationship()
    commune: Mapped[Commune | None] = relationship()
    category: Mapped[Category] = relationship()
    recognitions: Mapped[list[Recognition]] = relationship(order_by="Recognition.year.desc()")
    certificates: Mapped[list[Certificate]] = relationship(order_by="Certificate.issued_on.desc()")


class Recognition(Model):
    """A star that was once reported of a product, as its source says it; never shown as a badge."""

    __tablename__ = "recognitions"
    __table_args__ = (
        CheckConstraint("stars IS NULL OR stars BETWEEN 1 AND 5", name="stars"),
        {"sqlite_autoincrement": True},
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("registered_products.id"), index=True)
    stars: Mapped[int | None]
    year: Mapped[int | None]
    decision: Mapped[str | None]
    source_url: Mapped[str] = mapped_column(Text)


class Authority(Model):
    """Who issues certificates: a province's chairman, the minister, or the demonstration authority."""

    __tablename__ = "authorities"

    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[LocalizedText]
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    is_demonstration: Mapped[bool] = mapped_column(default=False)


class Certificate(Model):
    """Stars for 36 months (26/2026/QĐ-TTg, art. 4.3); the only source of a star on a page."""

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 3 AND 5", name="stars"),
        CheckConstraint("expires_on > issued_on", name="period"),
        Index("ix_certificates_product_id_expires_on", "product_id", "expires_on"),
        {"sqlite_autoincrement": True},
    )

    serial: Mapped[str] = mapped_column(String(32), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("registered_products.id"))
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"))
    stars: Mapped[int]
    decision: Mapped[str]
    criteria_set: Mapped[str] = mapped_column(String(20))
    issued_on: Mapped[date]
    expires_on: Mapped[date]
    revoked_on: Mapped[date | None]
    revocation_grounds: Mapped[str | None] = mapped_column(Text)
    is_demonstration: Mapped[bool] = mapped_column(default=False)

    authority: Mapped[Authority] = relationship()
    product: Mapped[RegisteredProduct] = relationship(back_populates="certificates")

    def is_valid_on(self, day: date) -> bool:
        """Whether it gives stars on a day: the last day counts, a revoked one never does."""
        return self.revoked_on is None and self.issued_on <= day <= self.expires_on
