"""Reads of showrooms: where they stand and what is on their shelf now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select, true
from sqlalchemy.orm import contains_eager

from app.foundation.actors import Permission, ScopeKind
from app.foundation.database import by_name, db
from app.foundation.former_slugs import slug_today
from app.foundation.paging import Page, offset_of
from app.places.located import located
from app.places.models import Province
from app.places.queries import ProvinceCount, code_of_slug, counted_by_province
from app.shop.catalogue.models import Listing, ListingState, ProductCard, Variant
from app.shop.catalogue.queries import CARD
from app.shop.orders.models import Order, OrderGroup
from app.shop.orders.states import DeliveryState
from app.shop.stock.models import StockLevel
from app.showrooms.models import Showroom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.foundation.actors import Actor
    from app.foundation.localized import LocalizedText
PAGE_SIZE: Final = 30
SHELF_SIZE: Final = 24
DESK_PAGE_SIZE: Final = 50
SHORTEST_PHONE: Final = 3
WAITING: Final = (DeliveryState.READY, DeliveryState.UNFULFILLED)


@dataclass(frozen=True, slots=True)
class LocatedShowroom:
    """A showroom and the administrative units that it stands in today."""

    showroom: Showroom
    province_name: LocalizedText
    province_slug: str
    commune_name: LocalizedText | None


@dataclass(frozen=True, slots=True)
class NearbyShowroom:
    """A showroom near a place; `has_it` when the product stands on its shelf now."""

    slug: str
    name: LocalizedText
    has_it: bool
    offers_pick_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PickUpFilter:
    """What a desk looks for: words find any order, else those that wait or those that are done."""

    words: str = ""
    is_done: bool = False


def public_provinces() -> list[ProvinceCount]:
    """List the provinces that have a showroom, in the order of their names."""
    return counted_by_province(Showroom.province_code)


def public_showrooms(*, province_slug: str, number: int) -> Page[LocatedShowroom]:
    """List showrooms by province and name, all or one province's.

    Raises `InvalidInputError` for a province that is not, `NoSuchPageError` outside the list.
    """
    found = located(Showroom)
    if province_slug:
        found = found.where(Showroom.province_code == code_of_slug(province_slug))
    total = db.session.scalar(found.with_only_columns(func.count())) or 0
    rows = db.session.execute(
        found.order_by(by_name(Province.sort_key), by_name(Showroom.sort_key), Showroom.id)
        .offset(offset_of(number, size=PAGE_SIZE, total=total))
        .limit(PAGE_SIZE)
    ).all()
    items = [LocatedShowroom(*row) for row in rows]
    return Page(items=items, number=number, size=PAGE_SIZE, total=total)


def public_showroom(slug: str) -> LocatedShowroom | None:
    """Find one showroom by the readable part of its address."""
    row = db.session.execute(located(Showroom).where(Showroom.slug == slug)).first()
    return LocatedShowroom(*row) if row else None


def showroom_slug_today(slug: str) -> str | None:
    """Tell the address of today of a showroom that once had this one."""
    return slug_today(Showroom, slug)


def showroom_count() -> int:
    """Count the showrooms."""
    return db.session.scalar(select(func.count()).select_from(Showroom)) or 0


def showroom_slugs(offset: int, limit: int) -> list[str]:
    """List a stretch of the showrooms' addresses in a lasting order."""
    statement = select(Showroom.slug).order_by(Showroom.id).offset(offset).limit(limit)
    return list(db.session.scalars(statement))


def showrooms_at(place_ids: Sequence[int]) -> list[LocatedShowroom]:
    """List the showrooms of some shelves where a buyer may collect, in the order of their names."""
    if not place_ids:
        return []
    rows = db.session.execute(
        located(Showroom)
        .where(Showroom.place_id.in_(place_ids), Showroom.offers_pick_up)
        .order_by(by_name(Province.sort_key), by_name(Showroom.sort_key), Showroom.id)
    ).all()
    return [LocatedShowroom(*row) for row in rows]


def pick_up_places() -> Select[int]:
    """Select the shelves where a buyer may collect (answers the slot `stock.pick_up_places`)."""
    return select(Showroom.place_id).where(Showroom.offers_pick_up)


def public_near(province_code: str, *, product_id: int | None, limit: int) -> list[NearbyShowroom]:
    """Name showrooms near a place: those that have the product now, then the province's."""
    holding = _on_shelves(StockLevel.place_id).where(Listing.product_id == product_id)
    has_it = Showroom.place_id.in_(holding)
    rows = db.session.execute(
        select(Showroom.slug, Showroom.name, has_it, Showroom.offers_pick_up)
        .where(or_(has_it, Showroom.province_code == province_code))
        .order_by(case((has_it, 0), else_=1), by_name(Showroom.sort_key), Showroom.id)
        .limit(limit)
    ).all()
    return [NearbyShowroom(slug, name, bool(has), collect) for slug, name, has, collect in rows]


def _on_shelves(column: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - any column of these tables
    return (
        select(column)
        .select_from(Listing)
        .join(Variant, Variant.listing_id == Listing.id)
        .join(StockLevel, StockLevel.variant_id == Variant.id)
        .where(
            StockLevel.on_hand > StockLevel.reserved,
            Variant.is_active,
            Listing.state == ListingState.PUBLISHED,
        )
    )


def shelf_groups(place_id: int) -> dict[str, int]:
    """Count what can be bought from a shelf now by product group."""
    rows = db.session.execute(
        select(ProductCard.group_code, func.count().label("amount"))
        .where(ProductCard.product_id.in_(_sold_from(place_id)))
        .group_by(ProductCard.group_code)
        .order_by(func.count().desc(), ProductCard.group_code)
    )
    return {row.group_code: row.amount for row in rows}


def shelf_page(place_id: int, *, group_code: str | None, number: int, total: int) -> Page[Row[Any]]:
    """List the cards of what can be bought from a shelf now; `total` is what `shelf_groups` counted.

    Raises `NoSuchPageError` outside the list.
    """
    offset = offset_of(number, size=SHELF_SIZE, total=total)
    wanted: list[ColumnElement[bool]] = [ProductCard.product_id.in_(_sold_from(place_id))]
    if group_code is not None:
        wanted.append(ProductCard.group_code == group_code)
    rows = db.session.execute(
        select(*CARD)
        .where(*wanted)
        .order_by(ProductCard.rank.desc(), ProductCard.product_id)
        .offset(offset)
        .limit(SHELF_SIZE)
    ).all()
    return Page(items=rows, number=number, size=SHELF_SIZE, total=total)


def shelf_of(slug: str) -> tuple[LocalizedText, list[int]] | None:
    """Name a showroom and list the products that can be bought from its shelf now, in one statement."""
    place = select(Showroom.place_id).where(Showroom.slug == slug).scalar_subquery()
    shelf = (
        _on_shelves(Listing.product_id).where(StockLevel.place_id == place).distinct().subquery()
    )
    rows = db.session.execute(
        select(Showroom.name, shelf.c.product_id)
        .outerjoin(shelf, true())
        .where(Showroom.slug == slug)
    ).all()
    return (rows[0][0], [one for _name, one in rows if one]) if rows else None


def _sold_from(place_id: int) -> Select[int]:
    return _on_shelves(Listing.product_id).where(StockLevel.place_id == place_id)


def public_neighbours(showroom: Showroom, *, limit: int) -> list[LocatedShowroom]:
    """List other showrooms of the same province, those of the same commune first."""
    rows = db.session.execute(
        located(Showroom)
        .where(Showroom.province_code == showroom.province_code, Showroom.id != showroom.id)
        .order_by(
            case((Showroom.commune_code == showroom.commune_code, 0), else_=1),
            Showroom.sort_key,
            Showroom.id,
        )
        .limit(limit)
    ).all()
    return [LocatedShowroom(*row) for row in rows]


def public_of_producer(
    producer_id: int, province_code: str, *, limit: int
) -> list[tuple[LocatedShowroom, bool]]:
    """List showrooms for a producer's page: those that hold its goods now, then its province's."""
    has_it = Showroom.place_id.in_(
        _on_shelves(StockLevel.place_id).where(Listing.producer_id == producer_id)
    )
    rows = db.session.execute(
        located(Showroom)
        .add_columns(has_it)
        .where(or_(has_it, Showroom.province_code == province_code))
        .order_by(case((has_it, 0), else_=1), by_name(Showroom.sort_key), Showroom.id)
        .limit(limit)
    ).all()
    return [(LocatedShowroom(*row[:-1]), bool(row[-1])) for row in rows]


def pick_up_orders(actor: Actor, wanted: PickUpFilter, *, number: int) -> Page[Order]:
    """List the orders of the actor's showrooms; those that wait first, the longest waiting first.

    A search looks at all of them, by number or by the last digits of the buyer's phone.
    Raises `NoSuchPageError` outside the list.
    """
    conditions = [_handed_over_by(actor)]
    if wanted.words:
        conditions.append(_found_by(wanted.words))
    elif wanted.is_done:
        conditions.append(Order.delivery_state.not_in(WAITING))
    else:
        conditions.append(Order.delivery_state.in_(WAITING))
    found = select(Order).join(OrderGroup, OrderGroup.id == Order.group_id).where(*conditions)
    total = db.session.scalar(found.with_only_columns(func.count())) or 0
    rank = case(
        (Order.delivery_state == DeliveryState.READY, 0),
        (Order.delivery_state == DeliveryState.UNFULFILLED, 1),
        else_=2,
    )
    placed = Order.placed_at.desc() if wanted.is_done else Order.placed_at
    rows = db.session.scalars(
        found.options(contains_eager(Order.group))
        .order_by(rank, placed, Order.id)
        .offset(offset_of(number, size=DESK_PAGE_SIZE, total=total))
        .limit(DESK_PAGE_SIZE)
    ).all()
    return Page(items=rows, number=number, size=DESK_PAGE_SIZE, total=total)


def _handed_over_by(actor: Actor) -> ColumnElement[bool]:
    if actor.is_operator:
        return Order.showroom_id.is_not(None)
    return Order.showroom_id.in_(actor.ids(Permission.ORDER_READ, ScopeKind.SHOWROOM))


def _found_by(words: str) -> ColumnElement[bool]:
    """Match a part of the number, or the end of the phone however it is written."""
    by_number = Order.number.contains("".join(words.split()).upper(), autoescape=True)
    digits = "".join(letter for letter in words if letter in "0123456789").lstrip("0")
    if len(digits) < SHORTEST_PHONE or any(letter.isalpha() for letter in words):
        return by_number
    return or_(by_number, OrderGroup.buyer_phone.endswith(digits, autoescape=True))
