"""What a producer's desk is tested with: people, pictures, what a form sends, orders."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Any

from PIL import Image

from app.foundation.actors import Role, Scope
from app.foundation.money import Money
from app.shop.basket.models import Cart
from app.shop.orders.models import Checkout, Order, OrderEvent, OrderGroup, OrderLine
from app.shop.orders.states import DeliveryState, FulfilmentKind, OrderState
from app.shop.stock.models import PlaceKind
from app.shop.stock.queries import place_of
from app.shop.stock.services import reserve
from tests.support import make

if TYPE_CHECKING:
    from app.accounts.models import User
    from app.shop.catalogue.models import Listing
    from app.vendors.models import Producer

_numbers = itertools.count(1)


def owner(producer: Producer) -> User:
    """Somebody who runs a producer's shop."""
    return make.user(Role.PRODUCER_OWNER, Scope.producer(producer.id))


def staff(producer: Producer) -> User:
    """Somebody who packs a producer's parcels."""
    return make.user(Role.PRODUCER_STAFF, Scope.producer(producer.id))


def png(side: int = 40) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), "green").save(out, "PNG")
    return out.getvalue()


def size(number: int = 1, **values: str) -> dict[str, str]:
    """Fields of one size, as a form sends them."""
    typed = {
        "label_vi": "Gói 500 g",
        "label_en": "500 g bag",
        "net_quantity": "500",
        "net_unit": "g",
        "weight_grams": "560",
        "price": "185.000",
        "on_hand": "12",
    } | values
    return {f"size_{number}-{name}": value for name, value in typed.items()}


def offer(**values: Any) -> dict[str, Any]:
    """What the form of an offer sends."""
    return {
        "summary_vi": "Măng khô phơi nắng.",
        "summary_en": "Sun-dried bamboo shoots.",
        "ingredients_vi": "Măng",
        "ingredients_en": "Bamboo shoots",
        "usage_vi": "Ngâm nước rồi luộc",
        "usage_en": "Soak, then boil",
        "storage_vi": "Nơi khô ráo",
        "storage_en": "Keep dry",
        "shelf_life_days": "365",
        "action": "publish",
        **size(),
    } | values


def product(**values: Any) -> dict[str, Any]:
    """What the form of a new product sends."""
    return (
        offer()
        | {
            "name_vi": "Măng khô Hà Giang",
            "name_en": "Dried bamboo shoots",
            "set_code": "11",
            "commune_code": "00706",
        }
        | values
    )


def order(
    listing: Listing,
    *,
    quantity: int = 2,
    phone: str = "+84912345678",
    state: OrderState = OrderState.PLACED,
    delivery: DeliveryState = DeliveryState.UNFULFILLED,
    showroom_id: int | None = None,
) -> Order:
    """An order whose goods are promised, as placing one leaves it."""
    number = next(_numbers)
    variant = listing.variants[0]
    cart = make.add(Cart(token=f"cart-{number}", created_at=make.NOW, changed_at=make.NOW))
    checkout = make.add(
        Checkout(
            token=f"checkout-{number}", cart_id=cart.id, started_at=make.NOW, expires_at=make.NOW
        )
    )
    amount = Money(variant.price.dong * quantity)
    group = make.add(
        OrderGroup(
            number=f"CP{number:06d}",
            access_token=f"access-{number}",
            request_hash="0" * 64,
            cart_id=cart.id,
            checkout_id=checkout.id,
            language="vi",
            buyer_name="Nguyễn Thị Mua",
            buyer_phone=phone,
            buyer_email="mua@example.test",
            total=amount,
            placed_at=make.NOW,
        )
    )
    place = place_of(PlaceKind.PRODUCER, listing.producer_id)
    assert place is not None
    made: Order = make.add(
        Order(
            group_id=group.id,
            number=f"CP{number:06d}-1",
            producer_id=listing.producer_id,
            producer_name=listing.producer.name,
            place_id=place.id,
            fulfilment=FulfilmentKind.PICK_UP if showroom_id else FulfilmentKind.DELIVERY,
            showroom_id=showroom_id,
            destination={
                "recipient": "Nguyễn Thị Mua",
                "phone": phone,
                "street": "12 Hàng Chè",
                "commune": "Phường Ba Đình",
                "province": "Hà Nội",
                "note": "",
            },
            items_total=amount,
            shipping=Money(0),
            total=amount,
            state=state,
            delivery_state=delivery,
            placed_at=make.NOW,
        )
    )
    make.add(
        OrderLine(
            order_id=made.id,
            variant_id=variant.id,
            product_public_id="p",
            name=make.both("Chè Shan", "Shan tea"),
            variant_label=variant.label,
            sku=variant.sku,
            unit_price=variant.price,
            quantity=quantity,
            subtotal=amount,
        )
    )
    reserve({(variant.id, place.id): quantity}, owner=made.holder, expires_at=None, now=make.NOW)
    make.add(
        OrderEvent(order_id=made.id, axis="state", after="placed", actor_name="buyer", at=make.NOW)
    )
    return made
