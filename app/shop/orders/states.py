"""The three lives of an order: what was agreed, what was paid, where the goods are."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

NAMELESS: Final = "buyer"  # who moves an order without an account; pages say it in their language


class OrderState(StrEnum):
    """What buyer and producer have agreed."""

    PLACED = "placed"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class PaymentState(StrEnum):
    """Where the money is; cash is due at the door or the counter."""

    CASH_DUE = "cash_due"
    PAID = "paid"
    CANCELLED = "cancelled"


class DeliveryState(StrEnum):
    """Where the goods are."""

    UNFULFILLED = "unfulfilled"
    PACKED = "packed"
    SHIPPED = "shipped"
    READY = "ready"
    DELIVERED = "delivered"
    COLLECTED = "collected"
    CANCELLED = "cancelled"


class FulfilmentKind(StrEnum):
    """How the goods reach the buyer."""

    DELIVERY = "delivery"
    PICK_UP = "pick_up"


ORDER_MOVES: Final[dict[OrderState, frozenset[OrderState]]] = {
    OrderState.PLACED: frozenset({OrderState.CONFIRMED, OrderState.CANCELLED}),
    OrderState.CONFIRMED: frozenset({OrderState.COMPLETED, OrderState.CANCELLED}),
    OrderState.COMPLETED: frozenset(),
    OrderState.CANCELLED: frozenset(),
}

PAYMENT_MOVES: Final[dict[PaymentState, frozenset[PaymentState]]] = {
    PaymentState.CASH_DUE: frozenset({PaymentState.PAID, PaymentState.CANCELLED}),
    PaymentState.PAID: frozenset(),
    PaymentState.CANCELLED: frozenset(),
}

DELIVERY_MOVES: Final[dict[DeliveryState, frozenset[DeliveryState]]] = {
    DeliveryState.UNFULFILLED: frozenset(
        {DeliveryState.PACKED, DeliveryState.READY, DeliveryState.CANCELLED}
    ),
    DeliveryState.PACKED: frozenset({DeliveryState.SHIPPED, DeliveryState.CANCELLED}),
    DeliveryState.SHIPPED: frozenset({DeliveryState.DELIVERED}),
    DeliveryState.READY: frozenset({DeliveryState.COLLECTED, DeliveryState.CANCELLED}),
    DeliveryState.DELIVERED: frozenset(),
    DeliveryState.COLLECTED: frozenset(),
    DeliveryState.CANCELLED: frozenset(),
}

State = OrderState | PaymentState | DeliveryState
AXES: Final[dict[type[State], str]] = {
    OrderState: "state",
    PaymentState: "payment",
    DeliveryState: "delivery",
}
