"""What pages show of showrooms: plain values in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.shop.orders.states import DELIVERY_MOVES, DeliveryState, PaymentState
from app.shop.orders.views import PickUpPoint
from app.showrooms.queries import LocatedShowroom, public_near, showrooms_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from app.foundation.localized import LocalizedText
    from app.foundation.money import Money
    from app.shop.orders.models import Order

BESIDE: Final = 3
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
class ShowroomView:
    """One showroom as a page shows it."""

    slug: str
    name: str
    name_lang: str
    address: str
    place: str
    hours: str
    phone: str | None
    offers_pick_up: bool
    source_url: str


@dataclass(frozen=True, slots=True)
class NearbyLink:
    """A showroom near a product or a producer; `is_pick_up` where the product can be collected now."""

    icon: str
    url: str
    label: str
    is_pick_up: bool = False


@dataclass(frozen=True, slots=True)
class ProvinceOfShowrooms:
    """A heading and the showrooms below it."""

    slug: str
    name: str
    showrooms: list[ShowroomView]


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


def place_words(province: LocalizedText, commune: LocalizedText | None, lang: str) -> str:
    """Write where something is today: "Phường Hà Giang 1, Tuyên Quang"."""
    parts = [commune.in_language(lang)] if commune else []
    return ", ".join([*parts, province.in_language(lang)])


def showroom_view(found: LocatedShowroom, lang: str) -> ShowroomView:
    """Show one showroom."""
    showroom = found.showroom
    return ShowroomView(
        slug=showroom.slug,
        name=showroom.name.in_language(lang),
        name_lang=showroom.name.language(lang),
        address=showroom.printed_address,
        place=place_words(found.province_name, found.commune_name, lang),
        hours=showroom.hours.in_language(lang),
        phone=showroom.phone,
        offers_pick_up=showroom.offers_pick_up,
        source_url=showroom.source_url,
    )


def by_province(found: Sequence[LocatedShowroom], lang: str) -> list[ProvinceOfShowrooms]:
    """Put showrooms, which come in the order of provinces, under their province."""
    return [
        ProvinceOfShowrooms(slug, name, [showroom_view(one, lang) for one in group])
        for (slug, name), group in groupby(
            found, key=lambda one: (one.province_slug, one.province_name.in_language(lang))
        )
    ]


def showrooms_beside(
    province_code: str, lang: str, product_id: int | None = None
) -> list[NearbyLink]:
    """Answer a product's or a producer's page: showrooms that have it now, or that are near."""
    near = public_near(province_code, product_id=product_id, limit=BESIDE)
    return [
        NearbyLink(
            "store",
            url_for("showrooms.showroom", slug=one.slug),
            _("On the shelf now: %(showroom)s", showroom=one.name.in_language(lang))
            if one.has_it
            else one.name.in_language(lang),
            one.has_it and one.offers_pick_up,
        )
        for one in near
    ]


def pick_up_points(place_ids: Sequence[int], lang: str) -> list[PickUpPoint]:
    """Answer the checkout: which showrooms of these shelves hand orders over."""
    return [
        PickUpPoint(
            place_id=found.showroom.place_id,
            showroom_id=found.showroom.id,
            name=found.showroom.name.in_language(lang),
            address=", ".join(
                (
                    found.showroom.printed_address,
                    place_words(found.province_name, found.commune_name, lang),
                )
            ),
            hours=found.showroom.hours.in_language(lang),
        )
        for found in showrooms_at(place_ids)
    ]


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
