"""Writes of the search log: who searched is told apart within a day, and never kept.

A visitor counts once a day for a query, and once a day for a product opened from it, however often
they reload; so nobody alone makes a query or a product look wanted.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select, update

from app.foundation.clock import local_date
from app.foundation.database import db, insert_into
from app.search.models import SearchClick, SearchCount, SearchSalt, SearchVisit
from app.search.rules import is_personal, query_key
from app.shop.catalogue.models import ProductCard

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.foundation.database import Base

KEPT_DIGESTS: Final = timedelta(days=35)
KEPT_COUNTS: Final = timedelta(days=400)
FEW: Final = 3  # what fewer have looked for may be one person's secret, and goes with the digests
DIGEST_BYTES: Final = 12


def note_search(text: str, *, lang: str, is_empty: bool, network: str, now: datetime) -> bool:
    """Count a search, once for a visitor, a day, a language and a query; tell whether it counted."""
    query = query_key(text)
    if not query or is_personal(text):
        return False
    day = local_date(now)
    row = {"day": day, "visitor": _visitor(network, day), "lang": lang, "query": query}
    if not _is_new(SearchVisit, row | {"has_clicked": False}):
        return False
    statement = insert_into(SearchCount).values(
        day=day, lang=lang, query=query, searches=1, empty=int(is_empty), clicked=0
    )
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["day", "lang", "query"],
            set_={
                "searches": SearchCount.searches + 1,
                "empty": SearchCount.empty + int(is_empty),
            },
        )
    )
    return True


def note_click(text: str, public_id: str, *, lang: str, network: str, now: datetime) -> bool:
    """Count that somebody opened a product from a result, once a day; tell whether it counted."""
    query = query_key(text)
    product_id = db.session.scalar(
        select(ProductCard.product_id).where(ProductCard.public_id == public_id)
    )
    if not query or product_id is None or is_personal(text):
        return False
    day = local_date(now)
    visitor = _visitor(network, day)
    row = {"day": day, "visitor": visitor, "query": query, "product_id": product_id}
    if not _is_new(SearchClick, row):
        return False
    first = db.session.execute(
        update(SearchVisit)
        .where(
            SearchVisit.day == day,
            SearchVisit.visitor == visitor,
            SearchVisit.lang == lang,
            SearchVisit.query == query,
            SearchVisit.has_clicked.is_(False),
        )
        .values(has_clicked=True)
    )
    if first.rowcount:  # type: ignore[attr-defined]
        db.session.execute(
            update(SearchCount)
            .where(SearchCount.day == day, SearchCount.lang == lang, SearchCount.query == query)
            .values(clicked=SearchCount.clicked + 1)
        )
    return True


def forget_old(*, now: datetime) -> None:
    """Delete the keys of past days, digests after five weeks, and counts once nobody looks at them."""
    day = local_date(now)
    db.session.execute(delete(SearchSalt).where(SearchSalt.day < day))
    for table in (SearchVisit, SearchClick):
        db.session.execute(delete(table).where(table.day < day - KEPT_DIGESTS))
    db.session.execute(delete(SearchCount).where(SearchCount.day < day - KEPT_COUNTS))
    db.session.execute(
        delete(SearchCount).where(SearchCount.day < day - KEPT_DIGESTS, SearchCount.searches < FEW)
    )


def _visitor(network: str, day: date) -> str:
    """Tell visitors of a day apart, by a key that is gone tomorrow; an address alone finds none."""
    key = bytes.fromhex(_salt(day))
    return blake2b(network.encode(), key=key, digest_size=DIGEST_BYTES).hexdigest()


def _salt(day: date) -> str:
    found = select(SearchSalt.salt).where(SearchSalt.day == day)
    salt = db.session.scalar(found)
    if salt is None:
        drawn = {"day": day, "salt": secrets.token_hex(32)}
        _is_new(SearchSalt, drawn)
        salt = db.session.scalars(found).one()
    return salt


def _is_new(table: type[Base], row: dict[str, Any]) -> bool:
    added = insert_into(table).values(**row).on_conflict_do_nothing()
    key = next(iter(table.__table__.primary_key))
    return db.session.execute(added.returning(key)).first() is not None
