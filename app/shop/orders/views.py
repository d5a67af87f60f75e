"""Orders as pages show them, with the words for their states.

Labels stay lazy until a template writes them: a letter is in its reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.foundation.money import Money
from app.shop.orders.queries import groups_of
from app.shop.orders.rates import parcels
from app.shop.orders.states import DeliveryState, FulfilmentKind, OrderState, PaymentState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from app.foundation.localized import LocalizedText
    from app.shop.basket.views import CartPackage, CartView
    from app.shop.orders.models import Order, OrderGroup, OrderLine
    from app.shop.orders.rates import Shipping

ORDER_LABELS: Final[Mapping[OrderState, Any]] = {
    OrderState.PLACED: _l("Placed"),
    OrderState.CONFIRMED: _l("Confirmed"),
    OrderState.COMPLETED: _l("Completed"),
    OrderState.CANCELLED: _l("Cancelled"),
}
PAYMENT_LABELS: Final[Mapping[PaymentState, Any]] = {
    PaymentState.CASH_DUE: _l("Cash is due"),
    PaymentState.PAID: _l("Paid"),
    PaymentState.CANCELLED: _l("Nothing to pay"),
}
DELIVERY_LABELS: Final[Mapping[DeliveryState, Any]] = {
    DeliveryState.UNFULFILLED: _l("Not packed yet"),
    DeliveryState.PACKED: _l("Packed"),
    DeliveryState.SHIPPED: _l("On its way"),
    DeliveryState.READY: _l("Ready to collect"),
    DeliveryState.DELIVERED: _l("Delivered"),
    DeliveryState.COLLECTED: _l("Collected"),
    DeliveryState.CANCELLED: _l("Cancelled"),
}
FULFILMENT_LABELS: Final[Mapping[FulfilmentKind, Any]] = {
    FulfilmentKind.DELIVERY: _l("Delivery to an address"),
    FulfilmentKind.PICK_UP: _l("Pick-up at a showroom"),
}
TONES: Final[Mapping[OrderState, str]] = {
    OrderState.PLACED: "warn",
    OrderState.CONFIRMED: "good",
    OrderState.COMPLETED: "good",
    OrderState.CANCELLED: "bad",
}
# Moves worth a line in the history that a buyer reads.
TOLD: Final[Mapping[tuple[str, str], Any]] = {
    ("state", "placed"): _l("Order placed"),
    ("state", "confirmed"): _l("Confirmed by the producer"),
    ("state", "cancelled"): _l("Cancelled"),
    ("delivery", "packed"): _l("Packed"),
    ("delivery", "shipped"): _l("Handed to the carrier"),
    ("delivery", "ready"): _l("Waiting for you at the showroom"),
    ("delivery", "delivered"): _l("Delivered"),
    ("delivery", "collected"): _l("Collected"),
    ("payment", "paid"): _l("Paid in cash"),
}
BY_CARRIER: Final[tuple[DeliveryState, ...]] = (
    DeliveryState.UNFULFILLED, DeliveryState.PACKED, DeliveryState.SHIPPED, DeliveryState.DELIVERED
)  # fmt: skip
AT_COUNTER: Final[tuple[DeliveryState, ...]] = (
    DeliveryState.UNFULFILLED,
    DeliveryState.READY,
    DeliveryState.COLLECTED,
)


@dataclass(frozen=True, slots=True)
class PickUpPoint:
    """A showroom where an order may be collected."""

    place_id: int
    showroom_id: int
    name: str
    address: str
    hours: str
    place: str = ""

    @property
    def where(self) -> str:
        """The address as it was printed, and the commune and province it is in today."""
        return ", ".join(part for part in (self.address, self.place) if part)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an order's way, for the row of steps."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an order's history."""

    title: str
    detail: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """One order in a desk's list."""

    number: str
    placed_at: datetime
    buyer_name: str
    buyer_phone: str
    producer_name: LocalizedText
    pieces: int
    total: Money
    state: OrderState
    state_label: str
    payment_label: str
    delivery_state: DeliveryState
    delivery_label: str
    fulfilment: FulfilmentKind
    fulfilment_label: str
    tone: str
    showroom_id: int | None
    place_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPage:
    """One order with all that its page shows, to the buyer and at the desks."""

    row: OrderRow
    lines: Sequence[OrderLine]
    items_total: Money
    shipping: Money
    destination: Mapping[str, Any]
    pick_up_code: str | None
    carrier: str | None
    tracking_code: str | None
    language: str
    buyer_email: str
    steps: list[Step]
    history: list[Told]
    can_cancel: bool
    expected: tuple[date, date] | None

    @property
    def address_lines(self) -> list[str]:
        """Where it goes, line by line; empty for a pick-up."""
        if self.row.fulfilment is FulfilmentKind.PICK_UP:
            return []
        place = self.destination
        return [
            text
            for text in (place.get("street"), place.get("commune"), place.get("province"))
            if text
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPage:
    """All that a buyer placed at once."""

    number: str
    token: str
    language: str
    placed_at: datetime
    buyer_name: str
    buyer_phone: str
    buyer_email: str
    total: Money
    orders: list[OrderPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOrder:
    """An order in its buyer's account."""

    number: str
    url: str
    placed_at: datetime
    total: Money


def order_row(order: Order) -> OrderRow:
    """Show an order in a list."""
    return OrderRow(
        number=order.number,
        placed_at=order.placed_at,
        buyer_name=order.group.buyer_name,
        buyer_phone=order.group.buyer_phone,
        producer_name=order.producer_name,
        pieces=sum(line.quantity for line in order.lines),
        total=order.total,
        state=order.state,
        state_label=ORDER_LABELS[order.state],
        payment_label=PAYMENT_LABELS[order.payment_state],
        delivery_state=order.delivery_state,
        delivery_label=DELIVERY_LABELS[order.delivery_state],
        fulfilment=order.fulfilment,
        fulfilment_label=FULFILMENT_LABELS[order.fulfilment],
        tone=TONES[order.state],
        showroom_id=order.showroom_id,
        place_id=order.place_id,
    )


def order_page(order: Order) -> OrderPage:
    """Show an order in full."""
    return OrderPage(
        row=order_row(order),
        lines=order.lines,
        items_total=order.items_total,
        shipping=order.shipping,
        destination=order.destination,
        pick_up_code=order.pick_up_code,
        carrier=order.carrier,
        tracking_code=order.tracking_code,
        language=order.group.language,
        buyer_email=order.group.buyer_email,
        steps=steps_of(order),
        history=[
            Told(TOLD[event.axis, event.after], event.reason, event.at)
            for event in order.history
            if (event.axis, event.after) in TOLD
        ],
        can_cancel=order.delivery_state is DeliveryState.UNFULFILLED,
        expected=expected_days(order),
    )


def expected_days(order: Order) -> tuple[date, date] | None:
    """Tell between which days a parcel is expected, while it is."""
    kept = order.destination
    if order.delivery_state not in BY_CARRIER[:-1] or "expected_from" not in kept:
        return None
    return date.fromisoformat(kept["expected_from"]), date.fromisoformat(kept["expected_to"])


def steps_of(order: Order) -> list[Step]:
    """Draw how far an order has come."""
    if order.state is OrderState.CANCELLED:
        ends = (ORDER_LABELS[OrderState.PLACED], ORDER_LABELS[OrderState.CANCELLED])
        return [Step(label, "done") for label in ends]
    if order.fulfilment is FulfilmentKind.PICK_UP:
        way = AT_COUNTER
        at = way.index(order.delivery_state)
        labels = [ORDER_LABELS[OrderState.PLACED]]
    else:
        way = BY_CARRIER
        is_confirmed = order.state is not OrderState.PLACED
        at = way.index(order.delivery_state) + int(is_confirmed)
        labels = [ORDER_LABELS[OrderState.PLACED], ORDER_LABELS[OrderState.CONFIRMED]]
    labels += [DELIVERY_LABELS[state] for state in way[1:]]
    return [Step(label, "done" if number <= at else "todo") for number, label in enumerate(labels)]


def own_orders(user_id: int) -> list[OwnOrder]:
    """List the orders of a signed-in buyer, the newest first, for their account page."""
    return [
        OwnOrder(
            number=group.number,
            url=url_for("orders.show", number=group.number, token=group.access_token),
            placed_at=group.placed_at,
            total=group.total,
        )
        for group in groups_of(user_id)
    ]


def group_page(group: OrderGroup) -> GroupPage:
    """Show a buyer's whole order."""
    return GroupPage(
        number=group.number,
        token=group.access_token,
        language=group.language,
        placed_at=group.placed_at,
        buyer_name=group.buyer_name,
        buyer_phone=group.buyer_phone,
        buyer_email=group.buyer_email,
        total=group.total,
        orders=[order_page(order) for order in group.orders],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageQuote:
    """One producer's parcel at the checkout: the goods, and what sending it costs."""

    package: CartPackage
    shipping: Shipping | None

    @property
    def total(self) -> Money:
        """What the buyer pays for it."""
        return self.package.subtotal + (self.shipping.fee if self.shipping else Money(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutPage:
    """A checkout with its prices."""

    token: str
    expires_at: datetime
    packages: list[PackageQuote]
    is_shipping_known: bool
    points: list[PickUpPoint]
    must_be_collected: bool = False

    @property
    def goods(self) -> Money:
        """What the goods cost."""
        return Money.total(quote.package.subtotal for quote in self.packages)

    @property
    def shipping(self) -> Money:
        """What sending all of it costs."""
        return Money.total(quote.shipping.fee for quote in self.packages if quote.shipping)

    @property
    def total(self) -> Money:
        """What the buyer pays in the end."""
        return self.goods + self.shipping


def quotes(cart: CartView, destination: str | None) -> list[PackageQuote]:
    """Price a cart's parcels to a province, or without shipping when none is named."""
    return [
        PackageQuote(package=package, shipping=package_shipping(package, destination))
        for package in cart.packages
    ]


def package_shipping(package: CartPackage, destination: str | None) -> Shipping | None:
    """Price a parcel as `place_order` will."""
    goods = [(line.variant, line.quantity) for line in package.lines if line.variant]
    parcel = next(iter(parcels(goods, destination)), None)
    return parcel.shipping if parcel else None
