"""Where a checkout's goods are held: at their producers, or all together at one showroom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from app.shop.stock import queries as shelves
from app.shop.stock import services as stock
from app.shop.stock.models import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.shop.catalogue.queries import SellableVariant

HOLD: Final = timedelta(minutes=15)


def hold_where_it_is(
    owner: str, wanted: Mapping[int, int], variants: Mapping[int, SellableVariant], *, now: datetime
) -> None:
    """Hold at the producers; where they are short, at a showroom that hands all of it over.

    Raises `SoldOutError` when neither has it.
    """
    supplies = shelves.supplies(wanted)
    showrooms = [] if supplies.can_send(wanted) else supplies.showrooms_for(wanted)
    hold_at(owner, wanted, variants, now=now, place_id=next(iter(showrooms), None))


def hold_at(
    owner: str,
    wanted: Mapping[int, int],
    variants: Mapping[int, SellableVariant],
    *,
    now: datetime,
    place_id: int | None,
) -> None:
    """Hold at one place, or without one at each producer's own. Raises `SoldOutError`."""
    places = {} if place_id else shelves.producer_places(v.producer_id for v in variants.values())
    demand = {
        (one, place_id or places.get(variants[one].producer_id, 0)): quantity
        for one, quantity in wanted.items()
    }
    stock.reserve(demand, owner=owner, expires_at=now + HOLD, now=now)


def promised(
    owner: str,
    wanted: Mapping[int, int],
    variants: Mapping[int, SellableVariant],
    *,
    now: datetime,
    place_id: int | None,
) -> dict[int, shelves.HoldRow]:
    """Find what the checkout holds; where it is not what is asked for, hold that instead.

    It differs when the holds lapsed, when the cart changed since, and when the goods are to be
    collected at a showroom or were held there and are to be sent. Raises `SoldOutError`.
    """
    holds = {hold.variant_id: hold for hold in shelves.live_holds(owner)}
    as_held = {variant_id: hold.quantity for variant_id, hold in holds.items()} == wanted
    at_producers = all(hold.kind is PlaceKind.PRODUCER for hold in holds.values())
    if place_id or not (as_held and at_producers):
        stock.release(owner, now)
        hold_at(owner, wanted, variants, now=now, place_id=place_id)
        holds = {hold.variant_id: hold for hold in shelves.live_holds(owner)}
    return holds
