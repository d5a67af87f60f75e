"""Reads of what is saved, by the member or by the token in the browser's cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.foundation.database import db
from app.shop.catalogue.models import Listing, ListingState, ProductCard
from app.shop.catalogue.queries import CARD
from app.shop.saved.models import WishItem, WishList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row


def wishes(token: str | None, user_id: int | None) -> Sequence[Row[Any]]:
    """List the cards of what was kept, last first, each with what was so when it was kept."""
    if not token and user_id is None:
        return []
    columns: list[Any] = [*CARD, WishItem.price.label("kept_price"), WishItem.was_in_stock]
    return db.session.execute(
        select(*columns)
        .join(WishItem, WishItem.product_id == ProductCard.product_id)
        .join(WishList, WishList.id == WishItem.wish_list_id)
        .where(_owned(token, user_id))
        .order_by(WishItem.added_at.desc(), WishItem.id.desc())
    ).all()


def wished_ids(token: str | None, user_id: int | None) -> list[str]:
    """List the public ids of what was kept; nobody's list costs no statement."""
    if not token and user_id is None:
        return []
    return list(
        db.session.scalars(
            select(ProductCard.public_id)
            .join(WishItem, WishItem.product_id == ProductCard.product_id)
            .join(WishList, WishList.id == WishItem.wish_list_id)
            .where(_owned(token, user_id))
            .distinct()
            .order_by(ProductCard.public_id)
        )
    )


def cards_by_public_ids(public_ids: Sequence[str]) -> list[Row[Any]]:
    """Read the cards of public ids, in their order; unknown ones are left out."""
    if not public_ids:
        return []
    rows = db.session.execute(select(*CARD).where(ProductCard.public_id.in_(public_ids)))
    found = {row.public_id: row for row in rows}
    return [found[one] for one in public_ids if one in found]


def listings_of(product_ids: Sequence[int]) -> dict[int, Listing]:
    """Find the published listings of products with their variants, in one statement."""
    if not product_ids:
        return {}
    rows = db.session.scalars(
        select(Listing)
        .where(Listing.product_id.in_(product_ids), Listing.state == ListingState.PUBLISHED)
        .options(joinedload(Listing.variants))
    )
    return {one.product_id: one for one in rows.unique()}


def alike(row: Row[Any], *, limit: int) -> Sequence[Row[Any]]:
    """List the best known products of the same set, the product itself among them."""
    return db.session.execute(
        select(*CARD)
        .where(ProductCard.set_code == row.set_code)
        .order_by(ProductCard.rank.desc(), ProductCard.product_id)
        .limit(limit)
    ).all()


def _owned(token: str | None, user_id: int | None) -> ColumnElement[bool]:
    """Name the lists that speak for somebody: a member's, and a browser's until they are one."""
    owners = []
    if token:
        owners.append(WishList.token == token)
    if user_id is not None:
        owners.append(WishList.user_id == user_id)
    return or_(*owners)
