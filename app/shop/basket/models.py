"""Tables of the basket: a cart and its lines, found by a random token in a cookie."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.database import Model


class Cart(Model):
    """What one browser means to buy; an order completes it, and it is never used again."""

    __tablename__ = "carts"

    token: Mapped[str] = mapped_column(String(40), unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    completed_at: Mapped[datetime | None]

    lines: Mapped[list[CartLine]] = relationship(
        back_populates="cart", cascade="all, delete-orphan", order_by="CartLine.id"
    )

    @property
    def holder(self) -> str:
        """The name under which its checkout holds goods."""
        return holder_of(self.id)


def holder_of(cart_id: int) -> str:
    """Name the owner of what a cart's checkout holds."""
    return f"cart:{cart_id}"


class CartLine(Model):
    """A quantity of a variant."""

    __tablename__ = "cart_lines"
    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id"),
        CheckConstraint("quantity BETWEEN 1 AND 999", name="quantity"),
        {"sqlite_autoincrement": True},
    )

    cart_id: Mapped[int] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    quantity: Mapped[int]

    cart: Mapped[Cart] = relationship(back_populates="lines")
