"""What buyers put into one order: counted each hour, shown beside a product."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import String, cast, delete, func, insert, select
from sqlalchemy.orm import aliased

from app.foundation.database import db
from app.shop.catalogue.models import Listing, Variant
from app.shop.orders.models import Companion, Order, OrderGroup, OrderLine
from app.shop.orders.states import OrderState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

COUNTED: Final = timedelta(days=365)
LEAST: Final = 2  # what happened once is chance, and could tell what one person bought


def count_companions(*, now: datetime) -> None:
    """Count anew which two products were in one buyer's orders of the last year, cancelled ones aside."""
    bought = _bought(now).cte("bought")
    first, second = aliased(bought, name="first"), aliased(bought, name="second")
    times = func.count()
    pairs = (
        select(first.c.product_id, second.c.product_id, times)
        .join(
            second,
            (second.c.group_id == first.c.group_id) & (second.c.product_id != first.c.product_id),
        )
        .group_by(first.c.product_id, second.c.product_id)
        .having(times >= LEAST)
    )
    db.session.execute(delete(Companion))
    db.session.execute(insert(Companion).from_select(["product_id", "other_id", "orders"], pairs))


def bought_together(product_id: Any, limit: Any) -> Select[int, int]:  # noqa: ANN401 - values or parameters
    """Select the products most often bought with one, and how often (answers `product.together`)."""
    return (
        select(Companion.other_id, Companion.orders)
        .where(Companion.product_id == product_id)
        .order_by(Companion.orders.desc(), Companion.other_id)
        .limit(limit)
    )


def buyers_by_product(*, since: datetime) -> dict[int, int]:
    """Count who bought each product: an account or a letter box counts once, however much it bought."""
    buyer = func.coalesce(cast(OrderGroup.user_id, String), func.lower(OrderGroup.buyer_email))
    counted = (
        select(Listing.product_id, func.count(buyer.distinct()).label("buyers"))
        .join(Variant, Variant.listing_id == Listing.id)
        .join(OrderLine, OrderLine.variant_id == Variant.id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .where(OrderGroup.placed_at >= since, Order.state != OrderState.CANCELLED)
        .group_by(Listing.product_id)
    )
    return {row.product_id: row.buyers for row in db.session.execute(counted)}


def _bought(now: datetime) -> Select[int, int]:
    return (
        select(OrderGroup.id.label("group_id"), Listing.product_id)
        .join(Order, Order.group_id == OrderGroup.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Variant, Variant.id == OrderLine.variant_id)
        .join(Listing, Listing.id == Variant.listing_id)
        .where(OrderGroup.placed_at >= now - COUNTED, Order.state != OrderState.CANCELLED)
        .distinct()
    )
