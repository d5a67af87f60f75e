"""Orders as the desk shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.shop.desk.queries import Task
from app.shop.desk.views.parts import Tab, Tag
from app.shop.orders.states import (
    NAMELESS,
    DeliveryState,
    FulfilmentKind,
    OrderState,
    PaymentState,
)
from app.web.formats import number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.foundation.money import Money
    from app.shop.orders.models import Order, OrderEvent

TASK_LABELS: Final[Mapping[Task, Any]] = {
    Task.NEW: _l("New"),
    Task.TO_PACK: _l("To pack"),
    Task.TO_SHIP: _l("To ship"),
    Task.UNDER_WAY: _l("Under way"),
    Task.DONE: _l("Done"),
    Task.CANCELLED: _l("Cancelled"),
}
TASK_TONES: Final[Mapping[Task, str]] = {
    Task.NEW: "warn",
    Task.TO_PACK: "warn",
    Task.TO_SHIP: "warn",
    Task.UNDER_WAY: "plain",
    Task.DONE: "good",
    Task.CANCELLED: "bad",
}
MOVES: Final[Mapping[str, Any]] = {
    OrderState.PLACED.value: _l("Order placed"),
    OrderState.CONFIRMED.value: _l("Confirmed by the producer"),
    OrderState.COMPLETED.value: _l("Completed"),
    OrderState.CANCELLED.value: _l("Cancelled"),
    PaymentState.CASH_DUE.value: _l("To be paid in cash"),
    PaymentState.PAID.value: _l("Paid"),
    DeliveryState.UNFULFILLED.value: _l("Not packed yet"),
    DeliveryState.PACKED.value: _l("Packed"),
    DeliveryState.SHIPPED.value: _l("Handed to the carrier"),
    DeliveryState.READY.value: _l("Ready at the showroom"),
    DeliveryState.DELIVERED.value: _l("Delivered"),
    DeliveryState.COLLECTED.value: _l("Collected"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """One order in the list."""

    number: str
    url: str
    placed_at: datetime
    buyer: str
    pieces: int
    total: Money
    tag: Tag
    is_pick_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One move of an order, as the timeline tells it."""

    title: str
    detail: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Which steps of an order can be taken now."""

    confirm: bool
    pack: bool
    ship: bool
    deliver: bool
    cancel: bool


def order_tabs(counts: Mapping[Task, int], *, current: Task | None, producer: str) -> list[Tab]:
    """Draw the tabs of the orders; none is current while somebody searches."""
    return [
        Tab(
            str(label),
            url_for("desk.orders", task=task.value, producer=producer),
            number(counts[task]),
            task is current,
        )
        for task, label in TASK_LABELS.items()
    ]


def order_row(order: Order) -> OrderRow:
    """Show an order in a list."""
    task = task_shown(order)
    return OrderRow(
        number=order.number,
        url=url_for("desk.order", number=order.number),
        placed_at=order.placed_at,
        buyer=order.group.buyer_name,
        pieces=sum(line.quantity for line in order.lines),
        total=order.total,
        tag=Tag(str(TASK_LABELS[task]), TASK_TONES[task]),
        is_pick_up=order.fulfilment is FulfilmentKind.PICK_UP,
    )


def task_shown(order: Order) -> Task:
    """Tell what an order asks for, by the same rule as the list."""
    if order.state is OrderState.CANCELLED:
        return Task.CANCELLED
    if order.state is OrderState.COMPLETED:
        return Task.DONE
    if order.fulfilment is FulfilmentKind.PICK_UP:
        return Task.UNDER_WAY
    if order.state is OrderState.PLACED:
        return Task.NEW
    waiting = {DeliveryState.UNFULFILLED: Task.TO_PACK, DeliveryState.PACKED: Task.TO_SHIP}
    return waiting.get(order.delivery_state, Task.UNDER_WAY)


def order_tag(order: Order) -> Tag:
    """Draw where an order stands."""
    task = task_shown(order)
    return Tag(str(TASK_LABELS[task]), TASK_TONES[task])


def steps_of(order: Order) -> Steps:
    """Tell which buttons an order has."""
    task = task_shown(order)
    is_sent = order.fulfilment is FulfilmentKind.DELIVERY
    return Steps(
        confirm=task is Task.NEW,
        pack=task is Task.TO_PACK,
        ship=task is Task.TO_SHIP,
        deliver=is_sent and order.delivery_state is DeliveryState.SHIPPED,
        cancel=task in {Task.NEW, Task.TO_PACK, Task.TO_SHIP},
    )


def happenings(order: Order) -> list[Happening]:
    """Tell the moves of an order in words; what goes without saying is left out."""
    return [_happening(event) for event in order.history if _is_news(event)]


def _is_news(event: OrderEvent) -> bool:
    return event.axis == "state" or (
        event.before is not None and event.after != OrderState.CANCELLED.value
    )


def _happening(event: OrderEvent) -> Happening:
    who = str(_l("Buyer")) if event.actor_name == NAMELESS else event.actor_name
    parts = [part for part in (who, event.reason) if part]
    return Happening(
        title=str(MOVES.get(event.after, event.after)),
        detail=" · ".join(parts) or None,
        at=event.at,
    )


def destination_lines(order: Order) -> list[str]:
    """Write where an order goes, line by line, as it was understood when it was placed."""
    place = order.destination
    if order.fulfilment is FulfilmentKind.PICK_UP:
        names = ("showroom", "address", "hours")
        return [str(place[name]) for name in names if place.get(name)]
    names = ("street", "commune", "province")
    return [str(place[name]) for name in names if place.get(name)]
