"""Writes of checkouts and orders: placing one, and every move of its three states.

Two who move the same order at once collide by its version: one gets `ConflictError` (R18).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, insert, select

from app.foundation import outbox
from app.foundation.actors import Actor, Permission, Scope
from app.foundation.clock import VIETNAM, local_date
from app.foundation.database import db
from app.foundation.errors import ConflictError, DomainError, IllegalMoveError
from app.foundation.events import emit
from app.foundation.money import Money
from app.foundation.states import move
from app.foundation.text import random_id
from app.shop.basket import services as basket
from app.shop.basket.models import Cart, holder_of
from app.shop.catalogue.queries import SellableVariant, public_variants
from app.shop.orders import queries, rates
from app.shop.orders.events import OrderPlaced
from app.shop.orders.holds import HOLD, hold_where_it_is, promised
from app.shop.orders.models import (
    Checkout,
    Order,
    OrderEvent,
    OrderGroup,
    OrderLine,
    order_holder,
)
from app.shop.orders.states import (
    DELIVERY_MOVES,
    NAMELESS,
    DeliveryState,
    FulfilmentKind,
    OrderState,
    PaymentState,
)
from app.shop.stock import services as stock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.shop.orders.rates import Parcel
    from app.shop.stock.queries import HoldRow

TRIES: Final = 5
PAUSE: Final = timedelta(minutes=15)
BUYER: Final = Actor(name=NAMELESS)


class CheckoutGoneError(DomainError):
    """There is no such checkout of this cart."""

    code = "checkout_gone"
    status = 404


class EmptyCartError(DomainError):
    """There is nothing to order."""

    code = "empty_cart"
    status = 409


class NotSellableError(DomainError):
    """Some goods are no longer sold; `values["variant_ids"]` names them."""

    code = "not_sellable"
    status = 409


class TotalChangedError(DomainError):
    """The total is not the one that the buyer saw; they must see it first (R42)."""

    code = "total_changed"
    status = 409


class WrongCodeError(DomainError):
    """Not the order's pick-up code; the edge then calls `count_wrong_code`."""

    code = "wrong_code"
    status = 400


class PickUpPausedError(DomainError):
    """Too many wrong codes: nobody may try for a while."""

    code = "pick_up_paused"
    status = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrder:
    """All that a buyer says when placing an order."""

    checkout_token: str
    cart_token: str | None
    language: str
    name: str
    phone: str
    email: str
    fulfilment: FulfilmentKind
    destination: Mapping[str, str]
    expected_total: Money
    place_id: int | None = None
    showroom_id: int | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same content, whatever else happened in between (R03)."""
        content = [
            self.name, self.phone, self.email, self.fulfilment.value, self.place_id,
            dict(sorted(self.destination.items())),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def start_checkout(cart: Cart, *, now: datetime) -> Checkout:
    """Hold a cart's goods for 15 minutes, where they can be had.

    Raises `EmptyCartError`, `NotSellableError` and `SoldOutError`.
    """
    basket.lock_cart(cart.id, now)
    db.session.refresh(cart, ["lines"])
    wanted = {line.variant_id: line.quantity for line in cart.lines}
    variants = _sellable(wanted, now)
    stock.release(cart.holder, now)
    hold_where_it_is(cart.holder, wanted, variants, now=now)
    checkout = Checkout(token=random_id(32), cart_id=cart.id, started_at=now, expires_at=now + HOLD)
    db.session.add(checkout)
    db.session.flush()
    return checkout


def _sellable(wanted: Mapping[int, int], now: datetime) -> dict[int, SellableVariant]:
    if not wanted:
        raise EmptyCartError
    variants = public_variants(list(wanted), on=local_date(now))
    gone = [one for one in wanted if one not in variants or not variants[one].is_sellable]
    if gone:
        raise NotSellableError(variant_ids=gone)
    return variants


def place_order(command: PlaceOrder, *, actor: Actor, now: datetime) -> OrderGroup:
    """Turn a checkout into an order, once: the same request again gives the same order.

    Raises `CheckoutGoneError`, `ConflictError` for another request on the same checkout,
    `EmptyCartError`, `NotSellableError`, `TotalChangedError` and `SoldOutError`.
    """
    cart_id = basket.complete_cart(command.cart_token, now) if command.cart_token else None
    found = queries.open_checkout(command.checkout_token, command.cart_token)
    if found is None:
        raise CheckoutGoneError
    if found.group is not None and found.is_same(command.fingerprint):
        return found.group
    if found.group is not None or cart_id is None:
        raise ConflictError
    variants = _sellable(found.lines, now)
    parcels = rates.parcels(
        [(variants[one], quantity) for one, quantity in found.lines.items()],
        command.destination.get("province_code"),
    )
    total = Money.total(parcel.total for parcel in parcels)
    if total != command.expected_total:
        raise TotalChangedError(total=total)
    owner = holder_of(cart_id)
    holds = promised(owner, found.lines, variants, now=now, place_id=command.place_id)
    group = OrderGroup(
        number=f"CP-{now.astimezone(VIETNAM):%y%m%d}-{random_id(6).upper()}",
        access_token=random_id(32),
        cart_id=cart_id,
        checkout_id=found.checkout.id,
        request_hash=command.fingerprint,
        user_id=actor.user_id,
        language=command.language,
        buyer_name=command.name,
        buyer_phone=command.phone,
        buyer_email=command.email,
        total=total,
        placed_at=now,
    )
    db.session.add(group)
    db.session.flush()
    owners = _write_orders(group, parcels, holds, command, actor)
    numbers = tuple(dict.fromkeys(owners.values()))
    stock.assign_holds(owner, {one: order_holder(number) for one, number in owners.items()})
    outbox.enqueue_all(
        [
            ("orders.placed_letter", {"number": group.number}),
            *(("orders.new_order_letter", {"number": number}) for number in numbers),
        ],
        now=now,
    )
    emit(OrderPlaced(group_id=group.id, numbers=numbers))
    return group


def _write_orders(
    group: OrderGroup,
    parcels: list[Parcel],
    holds: Mapping[int, HoldRow],
    command: PlaceOrder,
    actor: Actor,
) -> dict[int, str]:
    """Write orders, lines and first events, a statement for each table; tell the order of each hold."""
    orders, lines, events = [], [], []
    owners: dict[int, str] = {}
    for at, parcel in enumerate(parcels, start=1):
        number = f"{group.number}-{at}"
        of_parcel = [holds[variant.variant_id] for variant, _ in parcel.lines]
        owners |= {hold.id: number for hold in of_parcel}
        orders.append(
            Order.values_of(
                number,
                parcel,
                group=group,
                place_id=of_parcel[0].place_id,
                showroom_id=command.showroom_id,
                destination=command.destination,
            )
        )
        lines += [
            {"order_number": number} | OrderLine.values_of(variant, quantity)
            for variant, quantity in parcel.lines
        ]
        events += [
            {"order_number": number}
            | OrderEvent.values_of(None, state, actor=actor, now=group.placed_at)
            for state in (OrderState.PLACED, PaymentState.CASH_DUE, DeliveryState.UNFULFILLED)
        ]
    db.session.execute(insert(Order), orders)
    of_order = select(Order.id).where(Order.number == bindparam("order_number")).scalar_subquery()
    for model, rows in ((OrderLine, lines), (OrderEvent, events)):
        table: Any = model.__table__
        db.session.execute(insert(table).values(order_id=of_order), rows)
    return owners


def _must_serve(order: Order, actor: Actor) -> None:
    """Demand the right to serve the order: at the producer, or at the showroom that hands it over."""
    if order.showroom_id is not None:
        actor.must(Permission.ORDER_HAND_OVER, Scope.showroom(order.showroom_id))
    else:
        actor.must(Permission.ORDER_FULFIL, Scope.producer(order.producer_id))


def confirm_order(order: Order, *, actor: Actor, now: datetime) -> None:
    """Promise the buyer that the goods will come. Raises `IllegalMoveError`."""
    _must_serve(order, actor)
    order.become(OrderState.CONFIRMED, actor=actor, now=now)


def pack_order(order: Order, *, actor: Actor, now: datetime) -> None:
    """Put a confirmed order into its parcel. Raises `IllegalMoveError`."""
    _must_serve(order, actor)
    order.must_be(FulfilmentKind.DELIVERY, OrderState.CONFIRMED)
    order.become(DeliveryState.PACKED, actor=actor, now=now)


def ship_order(
    order: Order,
    *,
    actor: Actor,
    now: datetime,
    carrier: str | None = None,
    tracking_code: str | None = None,
) -> None:
    """Hand the parcel to a carrier: the goods leave the shelf. Raises `IllegalMoveError`."""
    _must_serve(order, actor)
    order.must_be(FulfilmentKind.DELIVERY)
    order.carrier, order.tracking_code = carrier or None, tracking_code or None
    order.become(DeliveryState.SHIPPED, actor=actor, now=now)
    stock.take(order.holder, cause=order.holder, actor=actor, now=now)
    outbox.enqueue("orders.shipped_letter", {"number": order.number}, now=now)


def deliver_order(order: Order, *, actor: Actor, now: datetime) -> None:
    """Note that the buyer has the parcel and has paid at the door. Raises `IllegalMoveError`."""
    _must_serve(order, actor)
    order.must_be(FulfilmentKind.DELIVERY)
    done = (DeliveryState.DELIVERED, PaymentState.PAID, OrderState.COMPLETED)
    order.become(*done, actor=actor, now=now)


def mark_ready(order: Order, *, actor: Actor, now: datetime) -> None:
    """Tell the buyer that the goods wait at the counter. Raises `IllegalMoveError`."""
    _must_serve(order, actor)
    order.must_be(FulfilmentKind.PICK_UP)
    confirmed = () if order.state is OrderState.CONFIRMED else (OrderState.CONFIRMED,)
    order.become(*confirmed, DeliveryState.READY, actor=actor, now=now)
    outbox.enqueue("orders.ready_letter", {"number": order.number}, now=now)


def hand_over(order: Order, *, code: str, actor: Actor, now: datetime) -> None:
    """Give the goods to whoever knows the code, against cash; once (R16).

    Raises `IllegalMoveError`, `PickUpPausedError`, and `WrongCodeError`, after which the edge
    calls `count_wrong_code` in a unit of its own.
    """
    _must_serve(order, actor)
    order.must_be(FulfilmentKind.PICK_UP)
    move(DELIVERY_MOVES, order.delivery_state, DeliveryState.COLLECTED)
    if order.pick_up_blocked_until is not None and order.pick_up_blocked_until > now:
        raise PickUpPausedError(field="code")
    given = "".join(code.split()).upper().encode()
    if not hmac.compare_digest(given, (order.pick_up_code or "").encode()) or not given:
        raise WrongCodeError(field="code")
    done = (DeliveryState.COLLECTED, PaymentState.PAID, OrderState.COMPLETED)
    order.become(*done, actor=actor, now=now)
    stock.take(order.holder, cause=order.holder, actor=actor, now=now)


def count_wrong_code(order: Order, *, actor: Actor, now: datetime) -> None:
    """Remember a wrong code; after five nobody may try for a quarter of an hour."""
    _must_serve(order, actor)
    order.pick_up_attempts += 1
    if order.pick_up_attempts >= TRIES:
        order.pick_up_attempts = 0
        order.pick_up_blocked_until = now + PAUSE
    db.session.flush()


def cancel_order(order: Order, *, reason: str, actor: Actor, now: datetime) -> None:
    """Call an order off that has not left: the goods are free again. Raises `IllegalMoveError`."""
    _must_serve(order, actor)
    _cancel(order, reason, actor, now)


def cancel_by_buyer(order: Order, *, now: datetime) -> None:
    """Call an order off for the buyer, who holds its link, before it is packed.

    Raises `IllegalMoveError`.
    """
    if order.delivery_state is not DeliveryState.UNFULFILLED:
        raise IllegalMoveError(current=order.delivery_state.value, wanted="cancelled")
    _cancel(order, None, BUYER, now)


def _cancel(order: Order, reason: str | None, actor: Actor, now: datetime) -> None:
    ends = (DeliveryState.CANCELLED, OrderState.CANCELLED, PaymentState.CANCELLED)
    order.become(*ends, actor=actor, now=now, reason=reason)
    stock.release(order.holder, now)
    outbox.enqueue("orders.cancelled_letter", {"number": order.number}, now=now)


def send_link_again(number: str, email: str, *, now: datetime) -> None:
    """Mail an order's link to its buyer; whether there is such an order, only they learn."""
    group = queries.group_by_email(number, email)
    if group is not None:
        outbox.enqueue("orders.link_letter", {"number": group.number}, now=now)
