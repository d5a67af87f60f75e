"""Tables of what is saved: a wish list of a browser or of a member, and the products on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.database import Model
from app.foundation.money import Money


class WishList(Model):
    """The wish list of one member, or of one browser by a random token in its cookie."""

    __tablename__ = "wish_lists"
    __table_args__ = (
        CheckConstraint("(token IS NULL) <> (user_id IS NULL)", name="owner"),
        {"sqlite_autoincrement": True},
    )

    token: Mapped[str | None] = mapped_column(String(40), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)


class WishItem(Model):
    """A product kept, with what its card said on that day, so that changes can be told."""

    __tablename__ = "wish_items"
    __table_args__ = (
        UniqueConstraint("wish_list_id", "product_id"),
        {"sqlite_autoincrement": True},
    )

    wish_list_id: Mapped[int] = mapped_column(ForeignKey("wish_lists.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(ForeignKey("registered_products.id"), index=True)
    price: Mapped[Money | None]
    was_in_stock: Mapped[bool]
    added_at: Mapped[datetime]
