"""The edition of what everybody sees: a stamp that is new after every change of a public page.

Caches of pages and counts have it in their keys, so the next request of any process sees a change.
A table takes part by `is_public = True` in its class. The stamp is drawn by lot, so that one never
comes back, and written last in a transaction, so that its lock is held only while committing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import event, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.database import Base, db, insert_into
from app.foundation.text import random_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

_CHANGED: Final = "edition_changed"
_READ: Final = "edition_read"
_LENGTH: Final = 16


class Edition(Base):
    """The one row that holds the stamp."""

    __tablename__ = "editions"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stamp: Mapped[str]


def current() -> str | None:
    """Read the stamp before what is kept under it, once a transaction.

    There is none before the first change, nor while this very transaction changes things.
    """
    info = db.session().info
    if info.get(_CHANGED):
        return None
    if _READ not in info:
        info[_READ] = db.session.execute(select(Edition.__table__.c.stamp)).scalar()
    stamp: str | None = info[_READ]
    return stamp


def watch() -> None:
    """Renew the stamp in every transaction that writes a public table."""
    event.listen(db.session, "before_flush", _look_at_rows)
    event.listen(db.session, "do_orm_execute", _look_at_statement)
    event.listen(db.session, "before_commit", _renew)
    event.listen(db.session, "after_transaction_end", _forget)


def _look_at_rows(session: Session, _context: object, _instances: object) -> None:
    touched: tuple[Iterable[Any], ...] = (session.new, session.dirty, session.deleted)
    if any(_is_public(type(row)) for rows in touched for row in rows):
        session.info[_CHANGED] = True


def _look_at_statement(state: ORMExecuteState) -> None:
    if not state.is_select and state.bind_mapper and _is_public(state.bind_mapper.class_):
        state.session.info[_CHANGED] = True


def _is_public(table: type[Any]) -> bool:
    return bool(getattr(table, "is_public", False))


def _renew(session: Session) -> None:
    session.flush()
    if not session.info.pop(_CHANGED, False):
        return
    insert = insert_into(Edition).values(number=1, stamp=random_id(_LENGTH))
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["number"], set_={"stamp": insert.excluded.stamp}
        )
    )


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_CHANGED, None)
        session.info.pop(_READ, None)


watch()
