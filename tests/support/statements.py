"""Counting what a page asks of the database: the budget that no machine's speed changes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from app.foundation.database import db

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Collect the statements that run inside, without those that only begin a transaction."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
