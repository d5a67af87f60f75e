"""What the desk lists: orders by what is to do, and goods by how they stand. All for one producer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.foundation.actors import Permission, ScopeKind
from app.foundation.database import db
from app.foundation.paging import Page, offset_of
from app.foundation.text import slugify
from app.programme.models import RegisteredProduct
from app.shop.catalogue.models import Listing, ListingState, Variant
from app.shop.orders.models import Order, OrderGroup
from app.shop.orders.states import DeliveryState, FulfilmentKind, OrderState
from app.shop.stock.models import PlaceKind, StockLevel, StockPlace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.foundation.actors import Actor

PAGE_SIZE: Final = 20


class Task(StrEnum):
    """What an order asks of its producer now."""

    NEW = "new"
    TO_PACK = "to_pack"
    TO_SHIP = "to_ship"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """How a registered product stands in the shop."""

    ALL = "all"
    UNLISTED = "unlisted"
    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    OUT_OF_STOCK = "out_of_stock"


# What is collected at a showroom is confirmed and packed there: the producer only watches.
task_now: Final = case(
    (Order.state == OrderState.CANCELLED, Task.CANCELLED.value),
    (Order.state == OrderState.COMPLETED, Task.DONE.value),
    (Order.fulfilment == FulfilmentKind.PICK_UP, Task.UNDER_WAY.value),
    (Order.state == OrderState.PLACED, Task.NEW.value),
    (Order.delivery_state == DeliveryState.UNFULFILLED, Task.TO_PACK.value),
    (Order.delivery_state == DeliveryState.PACKED, Task.TO_SHIP.value),
    else_=Task.UNDER_WAY.value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfRow:
    """One variant on the producer's own shelf."""

    variant: Variant
    on_hand: int
    reserved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsRow:
    """One registered product with what the shop does with it."""

    product: RegisteredProduct
    listing: Listing | None
    shelf: tuple[ShelfRow, ...]


def orders_by_task(producer_id: int) -> Mapping[Task, int]:
    """Count a producer's orders by what they ask for."""
    counted = db.session.execute(
        select(task_now, func.count()).where(Order.producer_id == producer_id).group_by(task_now)
    )
    found = {Task(task): count for task, count in counted}
    return {task: found.get(task, 0) for task in Task}


def orders_page(producer_id: int, *, task: Task | None, text: str, number: int) -> Page[Order]:
    """List a producer's orders, newest first, with buyer and lines.

    Raises `NoSuchPageError` for a page that is not there.
    """
    wanted = [Order.producer_id == producer_id]
    if task is not None:
        wanted.append(task_now == task.value)
    if text:
        wanted.append(_matches(text))
    total = db.session.scalar(
        select(func.count()).select_from(Order).join(Order.group).where(*wanted)
    )
    rows = db.session.scalars(
        select(Order)
        .join(Order.group)
        .options(joinedload(Order.group), selectinload(Order.lines))
        .where(*wanted)
        .order_by(Order.placed_at.desc(), Order.id.desc())
        .limit(PAGE_SIZE)
        .offset(offset_of(number, size=PAGE_SIZE, total=total or 0))
    )
    return Page(items=list(rows), number=number, size=PAGE_SIZE, total=total or 0)


def _matches(text: str) -> ColumnElement[bool]:
    """Match a part of the number, or the end of the buyer's phone number."""
    digits = "".join(letter for letter in text if letter in "0123456789")
    found: ColumnElement[bool] = Order.number.contains(text.upper(), autoescape=True)
    if len(digits) >= 3:  # noqa: PLR2004 - fewer would find everybody
        ending = digits.removeprefix("84") if len(digits) > 9 else digits  # noqa: PLR2004
        found = or_(found, OrderGroup.buyer_phone.endswith(ending.lstrip("0") or digits))
    return found


def goods_by_standing(producer_id: int) -> Mapping[Standing, int]:
    """Count a producer's registered products by how they stand in the shop."""
    counted = db.session.execute(
        select(Listing.state, func.count())
        .select_from(RegisteredProduct)
        .outerjoin(Listing, Listing.product_id == RegisteredProduct.id)
        .where(RegisteredProduct.producer_id == producer_id)
        .group_by(Listing.state)
    )
    found = {Standing(state or Standing.UNLISTED): count for state, count in counted}
    found[Standing.ALL] = sum(found.values())
    found[Standing.OUT_OF_STOCK] = (
        db.session.scalar(
            select(func.count())
            .select_from(Listing)
            .where(Listing.producer_id == producer_id, _is_sold_out())
        )
        or 0
    )
    return {standing: found.get(standing, 0) for standing in Standing}


def goods_page(producer_id: int, *, standing: Standing, number: int) -> Page[GoodsRow]:
    """List a producer's registered products with listing, variants and stock, newest first.

    Raises `NoSuchPageError` for a page that is not there.
    """
    narrowed = (
        select(RegisteredProduct, Listing)
        .outerjoin(Listing, Listing.product_id == RegisteredProduct.id)
        .where(RegisteredProduct.producer_id == producer_id, *_stands(standing))
    )
    total = db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0
    found = db.session.execute(
        narrowed.order_by(RegisteredProduct.registered_at.desc(), RegisteredProduct.id.desc())
        .limit(PAGE_SIZE)
        .offset(offset_of(number, size=PAGE_SIZE, total=total))
    ).all()
    rows: list[tuple[RegisteredProduct, Listing | None]] = [(one, offer) for one, offer in found]
    shelves = _shelves([listing.id for _product, listing in rows if listing is not None])
    items = [
        GoodsRow(
            product=product,
            listing=listing,
            shelf=tuple(shelves.get(listing.id, ())) if listing else (),
        )
        for product, listing in rows
    ]
    return Page(items=items, number=number, size=PAGE_SIZE, total=total)


def shelf_of(listing: Listing) -> list[ShelfRow]:
    """Tell what stands on the producer's own shelf, for each variant."""
    return _shelves([listing.id]).get(listing.id, [])


def unlisted_products(producer_id: int) -> list[RegisteredProduct]:
    """List a producer's registered products that the shop does not offer yet."""
    return list(
        db.session.scalars(
            select(RegisteredProduct)
            .where(
                RegisteredProduct.producer_id == producer_id,
                ~exists().where(Listing.product_id == RegisteredProduct.id),
            )
            .order_by(RegisteredProduct.slug, RegisteredProduct.id)
            .limit(200)
        )
    )


def has_product_named(producer_id: int, name: str) -> bool:
    """Whether a producer has registered a product of exactly this Vietnamese name."""
    names = db.session.scalars(
        select(RegisteredProduct.name).where(
            RegisteredProduct.producer_id == producer_id,
            RegisteredProduct.slug == slugify(name),
        )
    )
    return any(one.get("vi") == name for one in names)


def product_of_actor(actor: Actor, public_id: str) -> RegisteredProduct | None:
    """Find a registered product that the actor may sell; another producer's does not exist."""
    return db.session.scalar(
        select(RegisteredProduct)
        .where(_mine(actor), RegisteredProduct.public_id == public_id)
        .options(joinedload(RegisteredProduct.producer), joinedload(RegisteredProduct.category))
    )


def listing_of_product(product: RegisteredProduct) -> Listing | None:
    """Find how the shop offers a product, with variants and photos."""
    return db.session.scalar(
        select(Listing)
        .where(Listing.product_id == product.id)
        .options(selectinload(Listing.variants), selectinload(Listing.photos))
    )


def _mine(actor: Actor) -> ColumnElement[bool]:
    if actor.is_operator:
        return RegisteredProduct.producer_id.is_not(None)
    return RegisteredProduct.producer_id.in_(actor.ids(Permission.LISTING_EDIT, ScopeKind.PRODUCER))


def _stands(standing: Standing) -> list[ColumnElement[bool]]:
    if standing is Standing.ALL:
        return []
    if standing is Standing.UNLISTED:
        return [Listing.id.is_(None)]
    if standing is Standing.OUT_OF_STOCK:
        return [_is_sold_out()]
    return [Listing.state == ListingState(standing.value)]


def _is_sold_out() -> ColumnElement[bool]:
    """Whether a listing is on sale with nothing left on the producer's own shelf."""
    something = (
        select(StockLevel.id)
        .join(Variant, Variant.id == StockLevel.variant_id)
        .join(StockPlace, StockPlace.id == StockLevel.place_id)
        .where(
            Variant.listing_id == Listing.id,
            Variant.is_active,
            StockPlace.kind == PlaceKind.PRODUCER,
            StockLevel.on_hand > StockLevel.reserved,
        )
        .exists()
    )
    return and_(Listing.state == ListingState.PUBLISHED, ~something)


def _shelves(listing_ids: list[int]) -> dict[int, list[ShelfRow]]:
    shelves: dict[int, list[ShelfRow]] = {}
    if not listing_ids:
        return shelves
    own = (
        select(StockLevel.variant_id, StockLevel.on_hand, StockLevel.reserved)
        .join(StockPlace, StockPlace.id == StockLevel.place_id)
        .where(StockPlace.kind == PlaceKind.PRODUCER)
        .subquery()
    )
    rows = db.session.execute(
        select(Variant, func.coalesce(own.c.on_hand, 0), func.coalesce(own.c.reserved, 0))
        .outerjoin(own, own.c.variant_id == Variant.id)
        .where(Variant.listing_id.in_(listing_ids), Variant.is_active)
        .order_by(Variant.position, Variant.id)
    )
    for variant, on_hand, reserved in rows:
        shelves.setdefault(variant.listing_id, []).append(
            ShelfRow(variant=variant, on_hand=on_hand, reserved=reserved)
        )
    return shelves
