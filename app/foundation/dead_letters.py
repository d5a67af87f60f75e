"""Messages of the outbox that were given up: seen by officers, and given their life back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from app.foundation.database import db
from app.foundation.outbox import MessageState, OutboxMessage
from app.foundation.work import wake_after_commit

if TYPE_CHECKING:
    from datetime import datetime


def dead_letters(limit: int = 100) -> list[OutboxMessage]:
    """List the messages that were given up, newest first."""
    return list(
        db.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.state == MessageState.DEAD)
            .order_by(OutboxMessage.id.desc())
            .limit(limit)
        )
    )


def revive(message_id: int, *, now: datetime) -> bool:
    """Make a dead message due again, with all its attempts; tell whether there was one."""
    revived = db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.state == MessageState.DEAD)
        .values(state=MessageState.PENDING, attempts=0, due_at=now)
    )
    wake_after_commit()
    return bool(revived.rowcount == 1)  # type: ignore[attr-defined]
