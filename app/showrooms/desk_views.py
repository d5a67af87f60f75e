"""What the counter's desk shows of orders that are collected at a showroom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask_babel import lazy_gettext as _l

from app.shop.orders.states import DELIVERY_MOVES, DeliveryState, PaymentState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.foundation.money import Money
    from app.shop.orders.models import Order

STATE_WORDS: Final[Mapping[DeliveryState, Any]] = {
    DeliveryState.UNFULFILLED: _l("To prepare"),
    DeliveryState.READY: _l("Ready"),
    DeliveryState.COLLECTED: _l("Handed over"),
    DeliveryState.CANCELLED: _l("Cancelled"),
}
STATE_TONES: Final[Mapping[DeliveryState, str]] = {
    DeliveryState.UNFULFILLED: "warn",
    DeliveryState.READY: "good",
    DeliveryState.CANCELLED: "bad",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PickUpRow:
    """One order of the desk's list."""

    number: str
    buyer: str
    phone: str
    showroom: str
    placed_at: datetime
    total: Money
    state: str
    state_words: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickUpLine:
    """One thing to hand over."""

    name: str
    label: str
    sku: str
    quantity: int
    subtotal: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PickUpOrder:
    """One order as the counter needs it."""

    row: PickUpRow
    producer: str
    lines: list[PickUpLine]
    to_collect: Money | None
    can_be_ready: bool
    can_be_handed_over: bool
    is_handed_over: bool
    is_cancelled: bool


def pick_up_row(order: Order) -> PickUpRow:
    """Show one order in the desk's list."""
    state = order.delivery_state
    return PickUpRow(
        number=order.number,
        buyer=order.group.buyer_name,
        phone=order.group.buyer_phone,
        showroom=str(order.destination.get("showroom", "")),
        placed_at=order.placed_at,
        total=order.total,
        state=state.value,
        state_words=str(STATE_WORDS.get(state, state.value)),
        tone=STATE_TONES.get(state, ""),
    )


def pick_up_order(order: Order, lang: str) -> PickUpOrder:
    """Show one order at the counter: what to give and what to take."""
    state = order.delivery_state
    is_due = order.payment_state is PaymentState.CASH_DUE
    return PickUpOrder(
        row=pick_up_row(order),
        producer=order.producer_name.in_language(lang),
        lines=[
            PickUpLine(
                name=line.name.in_language(lang),
                label=line.variant_label.in_language(lang),
                sku=line.sku,
                quantity=line.quantity,
                subtotal=line.subtotal,
            )
            for line in order.lines
        ],
        to_collect=order.total if is_due else None,
        can_be_ready=DeliveryState.READY in DELIVERY_MOVES[state],
        can_be_handed_over=state is DeliveryState.READY,
        is_handed_over=state is DeliveryState.COLLECTED,
        is_cancelled=state is DeliveryState.CANCELLED,
    )
