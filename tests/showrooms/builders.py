"""Builders of showrooms and of orders that are collected there, made as the checkout makes them."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.foundation.actors import NOBODY, Role, Scope
from app.foundation.clock import now
from app.foundation.database import db
from app.shop.basket.services import add_line, cart_for
from app.shop.catalogue.services import refresh_card
from app.shop.orders.services import PlaceOrder, place_order, start_checkout
from app.shop.orders.states import FulfilmentKind
from app.shop.stock.models import StockPlace
from app.shop.stock.queries import available
from app.showrooms.services import NewShowroom, create_showroom
from tests.support import make

if TYPE_CHECKING:
    from app.accounts.models import User
    from app.shop.catalogue.models import Variant
    from app.shop.orders.models import Order
    from app.showrooms.models import Showroom

_numbers = itertools.count(1)


def showroom(name: str = "Điểm bán Thử", **values: Any) -> Showroom:
    """A showroom in Ba Đình."""
    number = next(_numbers)
    return create_showroom(
        NewShowroom(
            **{
                "slug": f"showroom-{number}",
                "name": make.both(name, f"{name} shop"),
                "printed_address": "số 1 Phố Cũ, quận Ba Đình (cũ)",
                "province_code": "01",
                "commune_code": "00004",
                "hours": make.both("8:00–18:00 hằng ngày", "8:00–18:00 daily"),
                "source_url": "https://example.test/showroom",
            }
            | values
        ),
        now=make.NOW,
    )


def shelf_of(place: Showroom) -> StockPlace:
    """A showroom's shelf."""
    return db.session.get_one(StockPlace, place.place_id)


def goods(*, dong: int = 125_000, **values: Any) -> Variant:
    """Something that a producer sells, on its own shelf."""
    listing = make.listing(make.registered(by=make.producer(), **values), dong=dong)
    refresh_card(listing.product_id, now=make.NOW)
    return listing.variants[0]


def order(place: Showroom, variant: Variant, *, quantity: int = 1, **values: Any) -> Order:
    """An order that its buyer collects, placed through the checkout itself."""
    if (variant.id, place.place_id) not in available([variant.id]):
        make.shelve(variant, shelf_of(place), 10)
    at = now() - timedelta(minutes=next(_numbers))
    cart = cart_for(None, at)
    add_line(cart, variant.id, quantity, at)
    checkout = start_checkout(cart, now=at)
    usual: dict[str, Any] = {
        "checkout_token": checkout.token,
        "cart_token": cart.token,
        "language": "vi",
        "name": "Trần Thị Mua",
        "phone": "+84912345678",
        "email": "buyer@example.com",
        "fulfilment": FulfilmentKind.PICK_UP,
        "destination": {"showroom": place.name["vi"], "address": "", "hours": ""},
        "expected_total": variant.price * quantity,
        "place_id": place.place_id,
        "showroom_id": place.id,
    }
    group = place_order(
        PlaceOrder(**(usual | values)),
        actor=NOBODY,
        now=at,
    )
    return group.orders[0]


def clerk(place: Showroom) -> User:
    """Somebody who works at a showroom."""
    return make.user(Role.SHOWROOM_STAFF, Scope.showroom(place.id))
