"""Tables of orders: a checkout, the buyer's group, one order per producer and place, its history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.clock import local_date
from app.foundation.database import Base, Model, db
from app.foundation.errors import IllegalMoveError
from app.foundation.localized import LocalizedText
from app.foundation.money import Money
from app.foundation.states import move
from app.foundation.text import random_id
from app.shop.orders.states import (
    AXES,
    DELIVERY_MOVES,
    NAMELESS,
    ORDER_MOVES,
    PAYMENT_MOVES,
    DeliveryState,
    FulfilmentKind,
    OrderState,
    PaymentState,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.foundation.actors import Actor
    from app.shop.catalogue.queries import SellableVariant
    from app.shop.orders.rates import Parcel


class Checkout(Model):
    """A cart on its way to becoming an order; its token makes the order once (R03)."""

    __tablename__ = "checkouts"

    token: Mapped[str] = mapped_column(String(40), unique=True)
    cart_id: Mapped[int] = mapped_column(ForeignKey("carts.id"), index=True)
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class OrderGroup(Model):
    """All that one buyer placed at once; its number is the one they are told."""

    __tablename__ = "order_groups"

    number: Mapped[str] = mapped_column(String(20), unique=True)
    access_token: Mapped[str] = mapped_column(String(40), unique=True)
    cart_id: Mapped[int] = mapped_column(ForeignKey("carts.id"), unique=True)
    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkouts.id"), unique=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    buyer_name: Mapped[str]
    buyer_phone: Mapped[str] = mapped_column(String(20))
    buyer_email: Mapped[str]
    total: Mapped[Money]
    placed_at: Mapped[datetime] = mapped_column(index=True)

    orders: Mapped[list[Order]] = relationship(back_populates="group", order_by="Order.id")


class Order(Model):
    """One producer's part at one place of fulfilment, frozen at the prices agreed."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("items_total >= 0 AND shipping >= 0", name="amounts"),
        CheckConstraint("items_total + shipping = total", name="total"),
        Index("ix_orders_producer_id_placed_at", "producer_id", "placed_at"),
        Index("ix_orders_place_id_delivery_state", "place_id", "delivery_state"),
        {"sqlite_autoincrement": True},
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("order_groups.id"), index=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    producer_name: Mapped[LocalizedText]
    place_id: Mapped[int] = mapped_column(ForeignKey("stock_places.id"))
    fulfilment: Mapped[FulfilmentKind]
    showroom_id: Mapped[int | None] = mapped_column(index=True)
    # Where it goes, as written and understood then: {"recipient", "phone", "street", "commune_code",
    # "commune", "province_code", "province", "note"} and between which days it is expected, {"expected_from",
    # "expected_to"}; for pick-up {"showroom", "address", "hours"}.
    destination: Mapped[dict[str, Any]] = mapped_column(JSON)
    items_total: Mapped[Money]
    shipping: Mapped[Money]
    total: Mapped[Money]
    state: Mapped[OrderState] = mapped_column(default=OrderState.PLACED)
    payment_state: Mapped[PaymentState] = mapped_column(default=PaymentState.CASH_DUE)
    delivery_state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.UNFULFILLED)
    pick_up_code: Mapped[str | None] = mapped_column(String(12))
    pick_up_attempts: Mapped[int] = mapped_column(default=0)
    pick_up_blocked_until: Mapped[datetime | None]
    carrier: Mapped[str | None]
    tracking_code: Mapped[str | None]
    placed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once

    group: Mapped[OrderGroup] = relationship(back_populates="orders")
    lines: Mapped[list[OrderLine]] = relationship(
        back_populates="order", cascade="all, delete-orphan", order_by="OrderLine.id"
    )
    history: Mapped[list[OrderEvent]] = relationship(order_by="OrderEvent.id")

    @property
    def holder(self) -> str:
        """The name under which its goods are promised."""
        return order_holder(self.number)

    @staticmethod
    def values_of(
        number: str,
        parcel: Parcel,
        *,
        group: OrderGroup,
        place_id: int,
        showroom_id: int | None,
        destination: Mapping[str, str],
    ) -> dict[str, Any]:
        """Write down a parcel that goes to an address, or waits at a showroom for a code."""
        is_pick_up = showroom_id is not None
        first = parcel.lines[0][0]
        return {
            "group_id": group.id,
            "number": number,
            "producer_id": first.producer_id,
            "producer_name": first.producer_name,
            "place_id": place_id,
            "fulfilment": FulfilmentKind.PICK_UP if is_pick_up else FulfilmentKind.DELIVERY,
            "showroom_id": showroom_id,
            "destination": dict(destination) | parcel.expected(local_date(group.placed_at)),
            "items_total": parcel.items_total,
            "shipping": parcel.fee,
            "total": parcel.total,
            "pick_up_code": random_id(6).upper() if is_pick_up else None,
            "placed_at": group.placed_at,
            "version": 1,
        }

    def must_be(self, kind: FulfilmentKind, *states: OrderState) -> None:
        """Demand a way of fulfilment and a state. Raises `IllegalMoveError`."""
        if self.fulfilment is not kind or (states and self.state not in states):
            raise IllegalMoveError(current=self.state.value, wanted=kind.value)

    def become(
        self, *wanted: State, actor: Actor, now: datetime, reason: str | None = None
    ) -> None:
        """Make moves that the tables allow, and write each down. Raises `IllegalMoveError`."""
        for state in wanted:
            before: State
            if isinstance(state, OrderState):
                before, self.state = self.state, move(ORDER_MOVES, self.state, state)
            elif isinstance(state, PaymentState):
                before = self.payment_state
                self.payment_state = move(PAYMENT_MOVES, self.payment_state, state)
            else:
                before = self.delivery_state
                self.delivery_state = move(DELIVERY_MOVES, self.delivery_state, state)
            values = OrderEvent.values_of(before, state, actor=actor, now=now, reason=reason)
            self.history.append(OrderEvent(**values))
        db.session.flush()


def order_holder(number: str) -> str:
    """Name the owner of what an order has been promised."""
    return f"order:{number}"


class OrderLine(Model):
    """What was bought, as it was then: history does not follow the catalogue."""

    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_price * quantity = subtotal", name="subtotal"),
        {"sqlite_autoincrement": True},
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), index=True)
    product_public_id: Mapped[str] = mapped_column(String(12))
    name: Mapped[LocalizedText]
    variant_label: Mapped[LocalizedText]
    sku: Mapped[str] = mapped_column(String(40))
    unit_price: Mapped[Money]
    quantity: Mapped[int]
    subtotal: Mapped[Money]
    certificate_serial: Mapped[str | None] = mapped_column(String(32))
    stars: Mapped[int | None]

    order: Mapped[Order] = relationship(back_populates="lines")

    @staticmethod
    def values_of(variant: SellableVariant, quantity: int) -> dict[str, Any]:
        """Copy what the buyer agreed to."""
        return {
            "variant_id": variant.variant_id,
            "product_public_id": variant.public_id,
            "name": variant.name,
            "variant_label": variant.label,
            "sku": variant.sku,
            "unit_price": variant.price,
            "quantity": quantity,
            "subtotal": variant.price * quantity,
            "certificate_serial": variant.certificate_serial,
            "stars": variant.stars,
        }


class Companion(Base):
    """How often two products were in one buyer's order; counted anew each hour (`together.py`)."""

    __tablename__ = "companions"
    __table_args__ = (CheckConstraint("orders > 0", name="orders"),)

    product_id: Mapped[int] = mapped_column(
        ForeignKey("registered_products.id"), primary_key=True, autoincrement=False
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("registered_products.id"), primary_key=True, autoincrement=False
    )
    orders: Mapped[int]


class OrderEvent(Model):
    """One move of one of the three states: who, why, from what to what (I16)."""

    __tablename__ = "order_events"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    axis: Mapped[str] = mapped_column(String(12))
    before: Mapped[str | None] = mapped_column(String(32))
    after: Mapped[str] = mapped_column(String(32))
    user_id: Mapped[int | None]
    actor_name: Mapped[str]
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]

    @staticmethod
    def values_of(
        before: State | None,
        after: State,
        *,
        actor: Actor,
        now: datetime,
        reason: str | None = None,
    ) -> dict[str, Any]:
        """Write a move down; a buyer without an account has no name here."""
        return {
            "axis": AXES[type(after)],
            "before": before.value if before else None,
            "after": after.value,
            "user_id": actor.user_id,
            "actor_name": actor.name or NAMELESS,
            "reason": reason,
            "at": now,
        }
