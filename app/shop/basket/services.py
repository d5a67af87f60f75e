"""Writes of the basket; quantities are added by the database, so that two tabs lose nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import case, delete, select, update

from app.foundation.database import db, insert_into
from app.foundation.errors import ConflictError, DomainError
from app.foundation.text import random_id
from app.shop.basket.models import Cart, CartLine

if TYPE_CHECKING:
    from datetime import datetime

TOKEN_LENGTH: Final = 36  # 180 bits, drawn by us: a token that a browser makes up opens nothing
MOST: Final = 999
MOST_LINES: Final = 100


class CartFullError(DomainError):
    """A cart holds so many different goods and no more."""

    code = "cart_full"
    status = 409


def cart_for(token: str | None, now: datetime) -> Cart:
    """Find the browser's cart, or begin one under a new token."""
    if token:
        found = db.session.scalars(
            update(Cart)
            .where(Cart.token == token, Cart.completed_at.is_(None))
            .values(changed_at=now)
            .returning(Cart)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        if found is not None:
            return found
    cart = Cart(token=random_id(TOKEN_LENGTH), created_at=now, changed_at=now)
    db.session.add(cart)
    db.session.flush()
    return cart


def add_line(cart: Cart, variant_id: int, quantity: int, now: datetime) -> None:  # noqa: ARG001 - as its siblings
    """Put goods into the cart, up to 999 of each. Raises `CartFullError`."""
    insert = insert_into(CartLine).values(
        cart_id=cart.id, variant_id=variant_id, quantity=min(quantity, MOST)
    )
    total = CartLine.quantity + insert.excluded.quantity
    line_id = db.session.execute(
        insert.on_conflict_do_update(
            index_elements=["cart_id", "variant_id"],
            set_={"quantity": case((total > MOST, MOST), else_=total)},
        ).returning(CartLine.id)
    ).scalar_one()
    beyond = (select(CartLine.id).where(CartLine.cart_id == cart.id).order_by(CartLine.id)).offset(
        MOST_LINES
    )
    if line_id in set(db.session.scalars(beyond)):
        raise CartFullError


def set_quantity(cart: Cart, variant_id: int, quantity: int, now: datetime) -> None:
    """Change how many are wanted; a line that is gone stays gone."""
    db.session.execute(
        update(CartLine)
        .where(CartLine.cart_id == cart.id, CartLine.variant_id == variant_id)
        .values(quantity=quantity)
        .execution_options(synchronize_session=False)
    )
    cart.changed_at = now


def remove_line(cart: Cart, variant_id: int, now: datetime) -> None:
    """Take goods out of the cart."""
    db.session.execute(
        delete(CartLine)
        .where(CartLine.cart_id == cart.id, CartLine.variant_id == variant_id)
        .execution_options(synchronize_session=False)
    )
    cart.changed_at = now


def complete_cart(token: str, now: datetime) -> int | None:
    """Close the cart for good, once; tell its id, or none when there is no such open cart.

    The closed row stays locked until the unit ends: whoever else means to close it waits (R03).
    """
    return db.session.execute(
        update(Cart)
        .where(Cart.token == token, Cart.completed_at.is_(None))
        .values(completed_at=now)
        .returning(Cart.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def lock_cart(cart_id: int, now: datetime) -> None:
    """Make others who mean to change this cart wait. Raises `ConflictError` when it was closed."""
    locked = db.session.execute(
        update(Cart)
        .where(Cart.id == cart_id, Cart.completed_at.is_(None))
        .values(changed_at=now)
        .returning(Cart.id)
        .execution_options(synchronize_session=False)
    ).first()
    if locked is None:
        raise ConflictError
