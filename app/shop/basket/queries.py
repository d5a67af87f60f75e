"""Reads of the basket, by the token in the browser's cookie."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.foundation.database import db
from app.shop.basket.models import Cart, CartLine


def open_cart(token: str | None) -> Cart | None:
    """Find the cart of a browser, with its lines, unless it became an order."""
    if not token:
        return None
    return db.session.scalars(
        select(Cart)
        .where(Cart.token == token, Cart.completed_at.is_(None))
        .options(selectinload(Cart.lines))
        .execution_options(populate_existing=True)
    ).one_or_none()


def item_count(token: str | None) -> int:
    """Count the pieces in a cart, for the badge; no cart costs no statement."""
    if not token:
        return 0
    pieces = db.session.scalar(
        select(func.sum(CartLine.quantity))
        .join(Cart, Cart.id == CartLine.cart_id)
        .where(Cart.token == token, Cart.completed_at.is_(None))
    )
    return int(pieces or 0)
