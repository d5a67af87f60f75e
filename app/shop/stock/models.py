"""Tables of stock: where goods stand, how many, who holds them, and why the number changed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.database import Model


class PlaceKind(StrEnum):
    """Whose shelf it is."""

    PRODUCER = "producer"
    SHOWROOM = "showroom"


class StockPlace(Model):
    """A shelf: a producer's own, or a showroom's with consigned goods."""

    __tablename__ = "stock_places"
    __table_args__ = (UniqueConstraint("kind", "owner_id"), {"sqlite_autoincrement": True})

    kind: Mapped[PlaceKind]
    owner_id: Mapped[int]


class StockLevel(Model):
    """How many of a variant stand at a place, and how many of them are promised (I01)."""

    __tablename__ = "stock_levels"
    __table_args__ = (
        UniqueConstraint("variant_id", "place_id"),
        CheckConstraint("on_hand >= 0", name="on_hand"),
        CheckConstraint("reserved >= 0 AND reserved <= on_hand", name="reserved"),
        {"sqlite_autoincrement": True},
    )

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("stock_places.id"), index=True)
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)


class HoldState(StrEnum):
    """What became of a promise."""

    LIVE = "live"
    COMMITTED = "committed"
    TAKEN = "taken"
    RELEASED = "released"
    EXPIRED = "expired"


class StockHold(Model):
    """So many of a level promised to a checkout (with an expiry) or an order (without).

    `reserved` of a level is the sum of its holds that are live or committed.
    """

    __tablename__ = "stock_holds"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        UniqueConstraint("level_id", "owner"),
        Index("ix_stock_holds_state_expires_at", "state", "expires_at"),
        {"sqlite_autoincrement": True},
    )

    level_id: Mapped[int] = mapped_column(ForeignKey("stock_levels.id"))
    owner: Mapped[str] = mapped_column(String(40), index=True)
    quantity: Mapped[int]
    state: Mapped[HoldState] = mapped_column(default=HoldState.LIVE)
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class MovementKind(StrEnum):
    """Why goods came or went."""

    RECEIPT = "receipt"
    SALE = "sale"
    RETURN = "return"
    ADJUSTMENT = "adjustment"


class StockMovement(Model):
    """A change of `on_hand`; the sum of a level's movements is its `on_hand` (I01)."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        UniqueConstraint("level_id", "kind", "cause"),
        {"sqlite_autoincrement": True},
    )

    level_id: Mapped[int] = mapped_column(ForeignKey("stock_levels.id"), index=True)
    kind: Mapped[MovementKind]
    quantity: Mapped[int]
    cause: Mapped[str] = mapped_column(String(60))
    user_id: Mapped[int | None]
    at: Mapped[datetime]
