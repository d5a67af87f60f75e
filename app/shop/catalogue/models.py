"""Tables of the catalogue: listings with variants, photos and lots, and the card that lists read."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.database import Base, Model
from app.foundation.localized import LocalizedText
from app.foundation.money import Money

if TYPE_CHECKING:
    from app.programme.models import RegisteredProduct
    from app.vendors.models import Producer


class ListingState(StrEnum):
    """Whether a listing is on sale."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"


class NetUnit(StrEnum):
    """What a variant's net quantity counts."""

    GRAM = "g"
    MILLILITRE = "ml"
    PIECE = "piece"


class Listing(Model):
    """A producer's offer of a registered product: texts, photos, variants."""

    __tablename__ = "listings"
    __table_args__ = (UniqueConstraint("product_id"), {"sqlite_autoincrement": True})

    product_id: Mapped[int] = mapped_column(ForeignKey("registered_products.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), index=True)
    state: Mapped[ListingState] = mapped_column(default=ListingState.DRAFT)
    summary: Mapped[LocalizedText]
    ingredients: Mapped[LocalizedText | None]
    usage: Mapped[LocalizedText | None]
    storage: Mapped[LocalizedText | None]
    shelf_life_days: Mapped[int | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once

    product: Mapped[RegisteredProduct] = relationship()
    producer: Mapped[Producer] = relationship()
    variants: Mapped[list[Variant]] = relationship(
        back_populates="listing",
        cascade="all, delete-orphan",
        order_by="Variant.position, Variant.id",
    )
    photos: Mapped[list[Photo]] = relationship(
        back_populates="listing", cascade="all, delete-orphan", order_by="Photo.position, Photo.id"
    )


class Variant(Model):
    """One size or make of a listing, with its price."""

    __tablename__ = "variants"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("weight_grams >= 0", name="weight"),
        {"sqlite_autoincrement": True},
    )

    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), index=True)
    sku: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[LocalizedText]
    net_quantity: Mapped[int]
    net_unit: Mapped[NetUnit]
    weight_grams: Mapped[int]
    price: Mapped[Money]
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

    listing: Mapped[Listing] = relationship(back_populates="variants")


class Photo(Model):
    """A picture of a listing. `key` names it in the storage: `drawn/…` for an illustrative one."""

    __tablename__ = "photos"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), index=True)
    key: Mapped[str] = mapped_column(index=True)
    alt: Mapped[LocalizedText]
    position: Mapped[int] = mapped_column(default=0)
    is_illustrative: Mapped[bool] = mapped_column(default=False)

    listing: Mapped[Listing] = relationship(back_populates="photos")


class Lot(Model):
    """Goods made together, whose way from the field to the shop can be read by the code on the label."""

    __tablename__ = "lots"
    __table_args__ = (
        CheckConstraint("best_before IS NULL OR best_before >= made_on", name="dates"),
        Index("ix_lots_listing_id_made_on", "listing_id", "made_on"),
        {"sqlite_autoincrement": True},
    )

    code: Mapped[str] = mapped_column(String(24), unique=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    # The size it was packed in; none where all sizes of the listing come from it.
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"), index=True)
    made_on: Mapped[date]
    best_before: Mapped[date | None]
    # The journey in its order: [{"title": {"vi", "en"}, "detail": {"vi", "en"} or null, "on": "2026-10-28"}].
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    is_illustrative: Mapped[bool] = mapped_column(default=False)

    listing: Mapped[Listing] = relationship()
    variant: Mapped[Variant | None] = relationship()


class ProductCard(Base):
    """One row for each registered product with all that lists, facets and search show.

    Derived: `services.refresh_card` writes it in the transaction that changes anything it shows.
    A star is shown while `certified_until` has not passed.
    """

    __tablename__ = "product_cards"
    is_public: ClassVar[bool] = True  # a change makes a new edition
    __table_args__ = (
        Index("ix_product_cards_province_code_rank", "province_code", "rank"),
        Index("ix_product_cards_set_code_rank", "set_code", "rank"),
        Index("ix_product_cards_price", "price"),
        Index("ix_product_cards_rank", "rank"),
    )

    product_id: Mapped[int] = mapped_column(
        ForeignKey("registered_products.id"), primary_key=True, autoincrement=False
    )
    public_id: Mapped[str] = mapped_column(String(12))
    slug: Mapped[str] = mapped_column(String(100))
    name: Mapped[LocalizedText]
    sort_key: Mapped[str]
    producer_id: Mapped[int | None] = mapped_column(index=True)
    producer_name: Mapped[LocalizedText | None]
    producer_slug: Mapped[str | None] = mapped_column(String(100))
    province_code: Mapped[str] = mapped_column(String(2))
    commune_code: Mapped[str | None] = mapped_column(String(5), index=True)
    set_code: Mapped[str] = mapped_column(String(8))
    group_code: Mapped[str] = mapped_column(String(8))
    industry_code: Mapped[str] = mapped_column(String(8))
    certified_stars: Mapped[int | None]
    certified_from: Mapped[date | None]
    certified_until: Mapped[date | None]
    recognised_stars: Mapped[int | None]
    recognised_year: Mapped[int | None]
    is_listed: Mapped[bool] = mapped_column(default=False)
    is_in_stock: Mapped[bool] = mapped_column(default=False)
    variant_id: Mapped[int | None]
    variant_count: Mapped[int] = mapped_column(default=0)
    variant_label: Mapped[LocalizedText | None]
    price: Mapped[Money | None]
    photo_key: Mapped[str | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    listed_at: Mapped[datetime | None]
    # The published reviews of verified buyers: how many, and the sum of their 1 to 5.
    rating_count: Mapped[int] = mapped_column(default=0)
    rating_total: Mapped[int] = mapped_column(default=0)
    rank: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
