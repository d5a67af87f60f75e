"""Inserting many rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert

from app.foundation.database import db

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.foundation.database import Base, Model

CHUNK: Final = 500


def insert_rows(table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows whose numbers nobody needs."""
    for start in range(0, len(rows), CHUNK):
        db.session.execute(insert(table), rows[start : start + CHUNK])


def insert_numbered(table: type[Model], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows and tell their numbers, in the order of the rows."""
    ids: list[int] = []
    for start in range(0, len(rows), CHUNK):
        ids += db.session.scalars(
            insert(table).returning(table.id, sort_by_parameter_order=True),
            rows[start : start + CHUNK],
        )
    return ids
