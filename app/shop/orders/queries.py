"""Reads of checkouts and orders, each for whoever may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.orm import selectinload

from app.foundation.actors import Permission, ScopeKind
from app.foundation.database import db
from app.foundation.outbox import MessageState, OutboxMessage
from app.shop.basket.models import Cart, CartLine
from app.shop.orders.models import Checkout, Order, OrderEvent, OrderGroup, OrderLine
from app.shop.orders.states import AXES, DeliveryState
from app.shop.stock.models import HoldState, StockHold
from app.vendors.models import Producer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

    from app.foundation.actors import Actor
    from app.shop.orders.states import State

SHOWN_AT_ONCE: Final = 20
OWING: Final = frozenset({DeliveryState.UNFULFILLED, DeliveryState.PACKED, DeliveryState.READY})
LEFT: Final = frozenset({DeliveryState.SHIPPED, DeliveryState.DELIVERED, DeliveryState.COLLECTED})


@dataclass(frozen=True, slots=True)
class OpenCheckout:
    """A checkout, what its cart became if anything, and what that holds as it was put in."""

    checkout: Checkout
    group: OrderGroup | None
    lines: dict[int, int]

    def is_same(self, fingerprint: str) -> bool:
        """Whether the order was made of this very checkout by the same request (R03)."""
        group = self.group
        return (
            group is not None
            and group.checkout_id == self.checkout.id
            and group.request_hash == fingerprint
        )


def open_checkout(token: str, cart_token: str | None) -> OpenCheckout | None:
    """Find a checkout of the browser's own cart, as it stands in the database now (P05)."""
    rows = db.session.execute(
        select(Checkout, OrderGroup, CartLine.variant_id, CartLine.quantity)
        .join(Cart, Cart.id == Checkout.cart_id)
        .outerjoin(OrderGroup, OrderGroup.cart_id == Cart.id)
        .outerjoin(CartLine, CartLine.cart_id == Cart.id)
        .where(Checkout.token == token, Cart.token == (cart_token or ""))
        .order_by(CartLine.id)
        .execution_options(populate_existing=True)
    ).all()
    if not rows:
        return None
    lines = {row.variant_id: row.quantity for row in rows if row.variant_id is not None}
    return OpenCheckout(rows[0][0], rows[0][1], lines)


def group_of_cart(cart_token: str | None) -> OrderGroup | None:
    """Find the order that a browser's cart became."""
    if not cart_token:
        return None
    return db.session.scalars(
        select(OrderGroup).join(Cart, Cart.id == OrderGroup.cart_id).where(Cart.token == cart_token)
    ).one_or_none()


def group_by_token(number: str, token: str) -> OrderGroup | None:
    """Find an order for whoever has its link, with all that the page shows."""
    if not token:
        return None
    return _one_group(OrderGroup.number == number, OrderGroup.access_token == token)


def group_by_number(number: str) -> OrderGroup | None:
    """Find an order for a letter about it."""
    return _one_group(OrderGroup.number == number)


def group_by_email(number: str, email: str) -> OrderGroup | None:
    """Find an order for a buyer who lost the link; the link goes to that address only."""
    return _one_group(
        OrderGroup.number == number, func.lower(OrderGroup.buyer_email) == email.lower()
    )


def groups_of(user_id: int) -> Sequence[OrderGroup]:
    """List what somebody ordered while signed in, the newest first."""
    return db.session.scalars(
        select(OrderGroup)
        .where(OrderGroup.user_id == user_id)
        .order_by(OrderGroup.placed_at.desc(), OrderGroup.id.desc())
        .limit(SHOWN_AT_ONCE)
    ).all()


def _one_group(*conditions: ColumnElement[bool]) -> OrderGroup | None:
    return db.session.scalars(
        select(OrderGroup)
        .where(*conditions)
        .options(
            selectinload(OrderGroup.orders).options(
                selectinload(Order.lines), selectinload(Order.history)
            )
        )
    ).one_or_none()


def order_by_number(number: str) -> Order | None:
    """Find one producer's part of an order for a letter about it."""
    return _one(Order.number == number)


def producer_email(producer_id: int) -> str | None:
    """Tell where letters to a producer go, if it reads any."""
    return db.session.scalar(select(Producer.email).where(Producer.id == producer_id))


def producer_order(actor: Actor, number: str) -> Order | None:
    """Find an order of one of the actor's producers."""
    return _one(_of_producers(actor), Order.number == number)


def showroom_order(actor: Actor, number: str) -> Order | None:
    """Find an order to be handed over at one of the actor's showrooms."""
    return _one(_of_showrooms(actor), Order.number == number)


def _of_producers(actor: Actor) -> ColumnElement[bool]:
    if actor.is_operator:
        return true()
    return Order.producer_id.in_(actor.ids(Permission.ORDER_READ, ScopeKind.PRODUCER))


def _of_showrooms(actor: Actor) -> ColumnElement[bool]:
    if actor.is_operator:
        return Order.showroom_id.is_not(None)
    return Order.showroom_id.in_(actor.ids(Permission.ORDER_READ, ScopeKind.SHOWROOM))


def _shown(statement: Select[Order]) -> Select[Order]:
    return statement.options(
        selectinload(Order.group), selectinload(Order.lines), selectinload(Order.history)
    ).execution_options(populate_existing=True)


def _one(*conditions: Any) -> Order | None:  # noqa: ANN401 - conditions of any column
    return db.session.scalars(_shown(select(Order).where(*conditions))).one_or_none()


def breaches() -> list[str]:
    """Name what contradicts itself among orders, promises and messages (I03, I12, I16)."""
    return [*_sums(), *_carts(), *_promises(), *_histories(), *_messages()]


def _sums() -> list[str]:
    lines = (
        select(func.sum(OrderLine.subtotal)).where(OrderLine.order_id == Order.id).scalar_subquery()
    )
    parts = select(func.sum(Order.total)).where(Order.group_id == OrderGroup.id).scalar_subquery()
    wrong_orders = db.session.scalars(
        select(Order.number).where(func.coalesce(lines, -1) != Order.items_total)
    )
    wrong_groups = db.session.scalars(
        select(OrderGroup.number).where(func.coalesce(parts, -1) != OrderGroup.total)
    )
    return [f"I03 lines of order {number} do not sum up" for number in wrong_orders] + [
        f"I03 orders of group {number} do not sum up" for number in wrong_groups
    ]


def _carts() -> list[str]:
    rows = db.session.execute(
        select(Cart.id, Cart.completed_at, OrderGroup.number)
        .outerjoin(OrderGroup, OrderGroup.cart_id == Cart.id)
        .where(Cart.completed_at.is_(None) != OrderGroup.id.is_(None))
    )
    return [f"R03 cart {cart_id}: completed {at}, order {number}" for cart_id, at, number in rows]


def _promises() -> list[str]:
    """An order holds what it owes until it leaves, has taken it afterwards, and else holds nothing."""
    held: dict[str, dict[HoldState, int]] = {}
    for owner, state, quantity in db.session.execute(
        select(StockHold.owner, StockHold.state, func.sum(StockHold.quantity))
        .where(StockHold.state.in_([HoldState.COMMITTED, HoldState.TAKEN]))
        .group_by(StockHold.owner, StockHold.state)
    ):
        held.setdefault(owner, {})[state] = int(quantity)
    found = []
    for number, at, pieces in db.session.execute(
        select(Order.number, Order.delivery_state, func.sum(OrderLine.quantity))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .group_by(Order.number, Order.delivery_state)
    ):
        kept = held.pop(f"order:{number}", {})
        owed = int(pieces) if at in OWING else 0
        taken = int(pieces) if at in LEFT else 0
        if (kept.get(HoldState.COMMITTED, 0), kept.get(HoldState.TAKEN, 0)) != (owed, taken):
            found.append(f"I02 order {number} is {at.value} and owes {owed}, but holds {kept}")
    orphans = [owner for owner in held if owner.startswith(("order:", "cart:"))]
    return found + [f"I02 {owner} holds goods for good, but is no order" for owner in orphans]


def _histories() -> list[str]:
    latest = (
        select(func.max(OrderEvent.id))
        .group_by(OrderEvent.order_id, OrderEvent.axis)
        .scalar_subquery()
    )
    last: dict[tuple[int, str], str] = {
        (order_id, axis): after
        for order_id, axis, after in db.session.execute(
            select(OrderEvent.order_id, OrderEvent.axis, OrderEvent.after).where(
                OrderEvent.id.in_(latest)
            )
        )
    }
    rows = db.session.execute(
        select(Order.id, Order.number, Order.state, Order.payment_state, Order.delivery_state)
    )
    now_at: list[tuple[int, str, State]] = [
        (order_id, number, state)
        for order_id, number, agreed, paid, sent in rows
        for state in (agreed, paid, sent)
    ]
    return [
        f"I16 order {number} is {state.value}, its history says otherwise"
        for order_id, number, state in now_at
        if last.get((order_id, AXES[type(state)])) != state.value
    ]


def _messages() -> list[str]:
    rows = db.session.execute(
        select(OutboxMessage.id, OutboxMessage.topic, OutboxMessage.state).where(
            or_(
                OutboxMessage.state == MessageState.DEAD,
                (OutboxMessage.state == MessageState.DONE) != OutboxMessage.done_at.is_not(None),
            )
        )
    )
    return [f"I12 message {one} ({topic}) is {state.value}" for one, topic, state in rows]
