"""Messages that leave only after the commit that caused them (R20, I12).

A service or an event handler calls `enqueue`; a job calls `deliver_due`, which claims a batch by
conditional update, calls the topic's handler outside any transaction and marks the outcome.
Handlers are idempotent: a message is delivered at least once.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import structlog
from sqlalchemy import JSON, Index, Text, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.database import Model, db
from app.foundation.work import unit_of_work, wake_after_commit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Handler = Callable[[int, Mapping[str, Any]], None]

log = structlog.get_logger(__name__)

LEASE: Final = timedelta(minutes=2)
FIRST_DELAY: Final = timedelta(seconds=10)
LONGEST_DELAY: Final = timedelta(hours=4)
ATTEMPTS: Final = 29  # with the delays above: three days (R32)
BATCH: Final = 50
_handlers: dict[str, Handler] = {}


class MessageState(StrEnum):
    """Where a message stands."""

    PENDING = "pending"
    DONE = "done"
    DEAD = "dead"


class OutboxMessage(Model):
    """One effect to be had outside the database."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index("ix_outbox_messages_state_due_at", "state", "due_at"),
        {"sqlite_autoincrement": True},
    )

    topic: Mapped[str] = mapped_column()
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[MessageState] = mapped_column(default=MessageState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one round of delivery did."""

    done: int
    failed: int


def handle_topic(topic: str, handler: Handler) -> None:
    """Name the handler of a topic. Raises `ValueError` if another one is named."""
    if _handlers.setdefault(topic, handler) is not handler:
        msg = f"topic {topic} has a handler"
        raise ValueError(msg)


def enqueue(topic: str, payload: Mapping[str, Any], *, now: datetime) -> None:
    """Leave a message in this transaction. Raises `KeyError` for a topic nobody handles."""
    if topic not in _handlers:
        raise KeyError(topic)
    db.session.add(OutboxMessage(topic=topic, payload=dict(payload), due_at=now, created_at=now))
    wake_after_commit()


def enqueue_all(messages: Sequence[tuple[str, Mapping[str, Any]]], *, now: datetime) -> None:
    """Leave several messages with one statement. Raises `KeyError` for a topic nobody handles."""
    rows = [
        {"topic": topic, "payload": dict(payload), "due_at": now, "created_at": now}
        for topic, payload in messages
    ]
    for row in rows:
        if row["topic"] not in _handlers:
            raise KeyError(row["topic"])
    if rows:
        db.session.execute(insert(OutboxMessage), rows)
        wake_after_commit()


def deliver_due(*, clock: Callable[[], datetime], limit: int = BATCH) -> Delivery:
    """Deliver what is due, each message on its own; an error postpones only its own message.

    The round ends with its lease; messages that it did not come to are due again.
    """
    done = failed = 0
    started = clock()
    for message_id, topic, payload, attempts in claim(now=started, limit=limit):
        if clock() >= started + LEASE:
            break  # what is left belongs to whoever claims it next: sent by both it would leave twice
        try:
            _handlers[topic](message_id, payload)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is this message's fate
            db.session.rollback()
            failed += 1
            log.warning("outbox.failed", topic=topic, message=message_id, error=str(error))
            with unit_of_work():
                postpone(message_id, attempts=attempts, error=error, now=clock())
        else:
            done += 1
            with unit_of_work():
                settle(message_id, now=clock())
    return Delivery(done=done, failed=failed)


def oldest_due(now: datetime) -> datetime | None:
    """Tell since when the message that waits longest is due; none when nothing is late."""
    return db.session.scalar(
        select(OutboxMessage.due_at)
        .where(OutboxMessage.state == MessageState.PENDING, OutboxMessage.due_at <= now)
        .order_by(OutboxMessage.due_at)
        .limit(1)
    )


def claim(*, now: datetime, limit: int) -> list[tuple[int, str, dict[str, Any], int]]:
    """Take messages for ourselves for the length of a lease; two claimers never share one."""
    claimed: list[tuple[int, str, dict[str, Any], int]] = []
    due = (
        select(OutboxMessage.id, OutboxMessage.topic, OutboxMessage.payload, OutboxMessage.attempts)
        .where(OutboxMessage.state == MessageState.PENDING, OutboxMessage.due_at <= now)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
    )
    if not db.session.execute(due.limit(1)).first():
        return []
    with unit_of_work():
        for row in db.session.execute(due).all():
            taken = db.session.execute(
                update(OutboxMessage)
                .where(
                    OutboxMessage.id == row.id,
                    OutboxMessage.state == MessageState.PENDING,
                    OutboxMessage.due_at <= now,
                )
                .values(due_at=now + LEASE, attempts=OutboxMessage.attempts + 1)
            )
            if taken.rowcount == 1:  # type: ignore[attr-defined]
                claimed.append((row.id, row.topic, row.payload, row.attempts + 1))
    return claimed


def settle(message_id: int, *, now: datetime) -> None:
    """Mark a message delivered."""
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id)
        .values(state=MessageState.DONE, done_at=now, last_error=None)
    )


def postpone(message_id: int, *, attempts: int, error: Exception, now: datetime) -> None:
    """Try later, twice as late each time; after the last attempt the message is dead, and seen."""
    delay = min(FIRST_DELAY * 2 ** min(attempts - 1, 16), LONGEST_DELAY)
    delay *= random.uniform(0.8, 1.2)  # noqa: S311 - jitter, no secret
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id)
        .values(
            state=MessageState.DEAD if attempts >= ATTEMPTS else MessageState.PENDING,
            due_at=now + delay,
            last_error=f"{type(error).__name__}: {error}"[:2_000],
        )
    )


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
