"""Writes of wish lists; the database keeps each product once, however often it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, select, update

from app.foundation.database import db, insert_into
from app.foundation.errors import DomainError
from app.foundation.text import random_id
from app.shop.saved.models import WishItem, WishList

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row

TOKEN_LENGTH: Final = 36  # 180 bits, drawn by us: a token that a browser makes up opens nothing
MOST: Final = 200
UNUSED: Final = timedelta(days=180)


class WishListFullError(DomainError):
    """A wish list holds so many products and no more."""

    code = "wish_list_full"
    status = 409

    def __init__(self) -> None:
        """Say how many."""
        super().__init__(most=MOST)


def list_for(token: str | None, user_id: int | None, now: datetime) -> WishList:
    """Find the member's or the browser's list, or begin one; its row is locked for this unit.

    A list that a member began as a stranger is joined to theirs.
    """
    if user_id is not None:
        if token:
            join_lists(token, user_id, now)
        return _list_of_user(user_id, now)
    found = _touch(token, now) if token else None
    if found is not None:
        return found
    wish_list = WishList(token=random_id(TOKEN_LENGTH), created_at=now, changed_at=now)
    db.session.add(wish_list)
    db.session.flush()
    return wish_list


def keep_product(wish_list: WishList, card: Row[Any], now: datetime) -> None:
    """Keep a product; keeping it again changes nothing. Raises `WishListFullError`."""
    db.session.execute(
        insert_into(WishItem)
        .values(
            wish_list_id=wish_list.id,
            product_id=card.product_id,
            price=card.price,
            was_in_stock=card.is_in_stock,
            added_at=now,
        )
        .on_conflict_do_nothing(index_elements=["wish_list_id", "product_id"])
    )
    if count_items(wish_list) > MOST:
        raise WishListFullError


def drop_product(wish_list: WishList, product_id: int) -> bool:
    """Take a product off the list; tell whether it was there."""
    gone = db.session.execute(
        delete(WishItem)
        .where(WishItem.wish_list_id == wish_list.id, WishItem.product_id == product_id)
        .returning(WishItem.id)
        .execution_options(synchronize_session=False)
    ).first()
    return gone is not None


def toggle_product(wish_list: WishList, card: Row[Any], now: datetime) -> bool:
    """Keep what is not on the list, drop what is; tell whether it is kept now.

    Raises `WishListFullError`.
    """
    if drop_product(wish_list, card.product_id):
        return False
    keep_product(wish_list, card, now)
    return True


def count_items(wish_list: WishList) -> int:
    """Count what is on a list."""
    return (
        db.session.scalar(
            select(func.count()).select_from(WishItem).where(WishItem.wish_list_id == wish_list.id)
        )
        or 0
    )


def join_lists(token: str, user_id: int, now: datetime) -> int:
    """Bring what a browser kept to a member's list, where nothing is lost; tell how much is there.

    Joining may pass the most that a list takes: nothing is thrown away that somebody kept.
    """
    guest = _touch(token, now)  # locked: who joins at the same moment waits, and finds it gone
    own = _list_of_user(user_id, now)
    if guest is not None:
        kept = db.session.execute(
            select(
                WishItem.product_id, WishItem.price, WishItem.was_in_stock, WishItem.added_at
            ).where(WishItem.wish_list_id == guest.id)
        ).all()
        if kept:
            db.session.execute(
                insert_into(WishItem)
                .values([{"wish_list_id": own.id} | dict(row._mapping) for row in kept])  # noqa: SLF001 - its public name
                .on_conflict_do_nothing(index_elements=["wish_list_id", "product_id"])
            )
        _delete_lists([guest.id])
    return count_items(own)


def drop_unused_lists(now: datetime) -> int:
    """Delete the lists of browsers that changed nothing for 180 days: their cookie is gone; tell how many."""
    old = list(
        db.session.scalars(
            select(WishList.id)
            .where(WishList.user_id.is_(None), WishList.changed_at < now - UNUSED)
            .order_by(WishList.id)
            .limit(500)
        )
    )
    if old:
        _delete_lists(old)
    return len(old)


def _touch(token: str, now: datetime) -> WishList | None:
    return db.session.scalars(
        update(WishList)
        .where(WishList.token == token)
        .values(changed_at=now)
        .returning(WishList)
        .execution_options(synchronize_session=False)
    ).one_or_none()


def _list_of_user(user_id: int, now: datetime) -> WishList:
    """Find a member's list or begin it, locked; two who begin it at once get the same."""
    insert = insert_into(WishList).values(user_id=user_id, created_at=now, changed_at=now)
    list_id = db.session.execute(
        insert.on_conflict_do_update(
            index_elements=["user_id"], set_={"changed_at": now}
        ).returning(WishList.id)
    ).scalar_one()
    return db.session.get_one(WishList, list_id)


def _delete_lists(list_ids: list[int]) -> None:
    for model, column in ((WishItem, WishItem.wish_list_id), (WishList, WishList.id)):
        db.session.execute(
            delete(model).where(column.in_(list_ids)).execution_options(synchronize_session=False)
        )
