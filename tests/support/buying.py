"""Shopping in tests: goods on sale, a cart in the browser, an order placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from app.foundation.actors import NOBODY
from app.foundation.database import db
from app.foundation.money import Money
from app.foundation.work import unit_of_work
from app.shop.basket import services as basket
from app.shop.catalogue import services as catalogue
from app.shop.catalogue.models import Variant
from app.shop.orders import services
from app.shop.orders.states import FulfilmentKind
from app.shop.stock.models import PlaceKind, StockPlace
from tests.support import make
from tests.support.make import NOW

if TYPE_CHECKING:
    from app.shop.orders.models import Order, OrderGroup
    from app.vendors.models import Producer
    from tests.support.browser import Browser, Page

ADDRESS: Final = {
    "recipient": "Lan",
    "phone": "+84912345678",
    "street": "12 Nghĩa Dũng",
    "commune_code": "00004",
    "commune": "Phường Ba Đình",
    "province_code": "01",
    "province": "Hà Nội",
    "note": "",
}
BUYER: Final = {
    "name": "Nguyễn Thị Lan",
    "phone": "0912 345 678",
    "email": "lan@example.test",
    "fulfilment": "delivery",
    "province": "01",
    "commune": "Ba Đình",
    "street": "12 Nghĩa Dũng",
    "note": "",
}


def on_sale(
    name: str = "Chè Shan tuyết",
    *,
    dong: int = 125_000,
    stock: int = 10,
    by: Producer | None = None,
) -> int:
    """A variant that can be bought; its number."""
    product = make.registered(name, by=by or make.producer())
    listing = make.listing(product, dong=dong, stock=stock)
    show_card(product.id)
    db.session.commit()
    return listing.variants[0].id


def show_card(product_id: int) -> None:
    """Bring the product's card up to date, as every change of a listing does."""
    catalogue.refresh_card(product_id, now=NOW)


def cart_of(quantities: dict[int, int]) -> str:
    """A cart with goods; its token."""
    with unit_of_work():
        cart = basket.cart_for(None, NOW)
        for variant_id, quantity in quantities.items():
            basket.add_line(cart, variant_id, quantity, NOW)
        return cart.token


def checkout_of(cart_token: str, *, now: Any = NOW) -> str:
    """A checkout of a cart, its goods held; its token."""
    with unit_of_work():
        cart = basket.cart_for(cart_token, now)
        return services.start_checkout(cart, now=now).token


def command(
    checkout_token: str, cart_token: str, *, total: int, **values: Any
) -> services.PlaceOrder:
    """What a buyer says at the end; only what matters is named."""
    said: dict[str, Any] = {
        "checkout_token": checkout_token,
        "cart_token": cart_token,
        "language": "en",
        "name": "Lan",
        "phone": "+84912345678",
        "email": "lan@example.test",
        "fulfilment": FulfilmentKind.DELIVERY,
        "destination": ADDRESS,
        "expected_total": Money(total),
    } | values
    return services.PlaceOrder(**said)


def place(said: services.PlaceOrder, *, now: Any = NOW) -> OrderGroup:
    """Place an order in a unit of its own."""
    with unit_of_work():
        return services.place_order(said, actor=NOBODY, now=now)


def placed(
    quantities: dict[int, int] | None = None, *, showroom: int | None = None, **values: Any
) -> Order:
    """An order of one package, delivered from afar for 30,000 ₫ or collected at a showroom."""
    wanted = quantities or {on_sale(): 2}
    prices = {
        variant.id: variant.price.dong
        for variant in db.session.scalars(select(Variant).where(Variant.id.in_(wanted)))
    }
    goods = sum(prices[variant_id] * quantity for variant_id, quantity in wanted.items())
    cart_token = cart_of(wanted)
    checkout_token = checkout_of(cart_token)
    if showroom is None:
        values = {"total": goods + 30_000} | values
    else:
        counter = {"showroom": "Showroom", "address": "1 Tràng Tiền", "hours": "8–20"}
        place_id = shelf_of(showroom)
        values = {
            "total": goods,
            "fulfilment": FulfilmentKind.PICK_UP,
            "destination": counter,
            "place_id": place_id,
            "showroom_id": showroom,
        } | values
    group = place(command(checkout_token, cart_token, **values))
    return group.orders[0]


def shelf_of(showroom: int) -> int:
    """The shelf of a showroom, made when it is not there."""
    found = db.session.scalar(
        select(StockPlace.id).filter_by(kind=PlaceKind.SHOWROOM, owner_id=showroom)
    )
    if found is None:
        found = int(make.add(StockPlace(kind=PlaceKind.SHOWROOM, owner_id=showroom)).id)
        db.session.commit()
    return found


def consigned(variant_id: int, quantity: int, showroom: int = 1) -> int:
    """Goods of a producer on a showroom's shelf; the shelf's number."""
    place_id = shelf_of(showroom)
    variant = db.session.get_one(Variant, variant_id)
    make.shelve(variant, db.session.get_one(StockPlace, place_id), quantity)
    db.session.commit()
    return place_id


def begin_checkout(browser: Browser, quantities: dict[int, int]) -> Page:
    """Fill the browser's cart and open its checkout."""
    for variant_id, quantity in quantities.items():
        browser.post("basket.add", {"variant_id": str(variant_id), "quantity": str(quantity)})
    return browser.follow(browser.post("orders.start"))


def form_path(page: Page) -> str:
    """Where the checkout's form goes."""
    return next(
        action
        for one in page.all("form", method="post")
        if "/checkout/" in (action := one.get("action", ""))
    )


def fill_in(browser: Browser, page: Page, *, status: int = 409, **values: str) -> Page:
    """Send the checkout's form with everything filled in; the first answer shows the total."""
    path = form_path(page)
    sent = page.form_values(action=path) | BUYER | values
    return browser.send(path, sent, status=status)


def confirm(browser: Browser, page: Page, *, status: int = 303) -> Page:
    """Send the form again as it is shown."""
    path = form_path(page)
    return browser.send(path, page.form_values(action=path), status=status)
