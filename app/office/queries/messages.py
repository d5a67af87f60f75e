"""Reads of the outbox's dead letters, for whoever runs the platform (risks.md O10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from app.foundation.database import db
from app.foundation.outbox import MessageState, OutboxMessage
from app.foundation.paging import Page, offset_of

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class DeadMessage:
    """A message that failed every attempt; what it carries may be personal and is not shown."""

    id: int
    topic: str
    created_at: datetime
    attempts: int
    last_error: str | None


def dead_messages(*, number: int) -> Page[DeadMessage]:
    """List dead messages, the oldest first. Raises `NoSuchPageError` outside the list."""
    is_dead = OutboxMessage.state == MessageState.DEAD
    total = db.session.scalar(select(func.count(OutboxMessage.id)).where(is_dead)) or 0
    rows = db.session.execute(
        select(
            OutboxMessage.id,
            OutboxMessage.topic,
            OutboxMessage.created_at,
            OutboxMessage.attempts,
            OutboxMessage.last_error,
        )
        .where(is_dead)
        .order_by(OutboxMessage.created_at, OutboxMessage.id)
        .offset(offset_of(number, size=PAGE_SIZE, total=total))
        .limit(PAGE_SIZE)
    ).all()
    items = [DeadMessage(*row) for row in rows]
    return Page(items=items, number=number, size=PAGE_SIZE, total=total)
