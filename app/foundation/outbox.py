"""Messages that leave only after the commit that caused them (R20, I12).

A service or an event handler calls `enqueue`; a job calls `deliver_due`, which claims a batch by
conditional update, calls the topic's handler outside any transaction and marks the outcome.
Handlers are idempotent: a message is delivered at least once. A topic whose messages are cheaper
together has a handler of batches (`handle_batches`).
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
from app.foundation.work import in_unit_of_work, unit_of_work, wake_after_commit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sqlalchemy import ColumnElement

    Handler = Callable[[int, Mapping[str, Any]], None]
    BatchHandler = Callable[[Sequence[tuple[int, Mapping[str, Any]]]], None]
    Claimed = tuple[int, str, dict[str, Any], int]

log = structlog.get_logger(__name__)

LEASE: Final = timedelta(minutes=2)
SOON: Final = timedelta(seconds=3)  # after `TryLaterError`
FIRST_DELAY: Final = timedelta(seconds=10)
LONGEST_DELAY: Final = timedelta(hours=4)
ATTEMPTS: Final = 29  # with the delays above: three days (R32)
BATCH: Final = 50
_handlers: dict[str, Handler] = {}
_batches: dict[str, _Batches] = {}


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


class TryLaterError(Exception):
    """A handler of batches could do nothing now, and no message is at fault: none comes nearer to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one round of delivery did."""

    done: int
    failed: int
    later: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batches:
    """How the messages of a topic are delivered together."""

    handler: BatchHandler
    limit: int
    lease: timedelta


def handle_topic(topic: str, handler: Handler) -> None:
    """Name the handler of a topic. Raises `ValueError` if another one is named."""
    if topic in _batches or _handlers.setdefault(topic, handler) is not handler:
        msg = f"topic {topic} has a handler"
        raise ValueError(msg)


def handle_batches(
    topic: str, handler: BatchHandler, *, limit: int = BATCH, lease: timedelta = LEASE
) -> None:
    """Name the handler of a topic whose messages are delivered together, at most `limit` in a call.

    It does all of them or raises: then each half is tried by itself, down to the message at fault.
    After `lease` what a dead process had claimed is due again. Raises `ValueError` if another
    handler is named.
    """
    wanted = _Batches(handler=handler, limit=limit, lease=lease)
    if topic in _handlers or _batches.setdefault(topic, wanted) != wanted:
        msg = f"topic {topic} has a handler"
        raise ValueError(msg)


def is_handled(topic: str) -> bool:
    """Whether somebody takes the messages of a topic."""
    return topic in _handlers or topic in _batches


def enqueue(topic: str, payload: Mapping[str, Any], *, now: datetime) -> None:
    """Leave a message in this transaction. Raises `KeyError` for a topic nobody handles."""
    if not is_handled(topic):
        raise KeyError(topic)
    db.session.add(OutboxMessage(topic=topic, payload=dict(payload), due_at=now, created_at=now))
    wake_after_commit()


def enqueue_all(messages: Sequence[tuple[str, Mapping[str, Any]]], *, now: datetime) -> None:
    """Leave several messages with one statement. Raises `KeyError` for a topic nobody handles."""
    for topic, _payload in messages:
        if not is_handled(topic):
            raise KeyError(topic)
    rows = [
        {"topic": topic, "payload": dict(payload), "due_at": now, "created_at": now}
        for topic, payload in messages
    ]
    if rows:
        db.session.execute(insert(OutboxMessage), rows)
        wake_after_commit()


def deliver_due(*, clock: Callable[[], datetime], limit: int = BATCH) -> Delivery:
    """Deliver what is due: first the topics that go together, then at most `limit` one by one.

    An error postpones only its own message. A round ends with its lease; messages that it did not
    come to are due again.
    """
    rounds = [_deliver_together(topic, clock=clock) for topic in _batches]
    rounds.append(_deliver_each(clock=clock, limit=limit))
    return Delivery(
        done=sum(one.done for one in rounds),
        failed=sum(one.failed for one in rounds),
        later=sum(one.later for one in rounds),
    )


def _deliver_each(*, clock: Callable[[], datetime], limit: int) -> Delivery:
    """Deliver the messages of ordinary topics, each on its own."""
    done = failed = 0
    started = clock()
    apart = OutboxMessage.topic.not_in(list(_batches))
    for message_id, topic, payload, attempts in claim(now=started, limit=limit, only=apart):
        if clock() >= started + LEASE:
            break  # what is left belongs to whoever claims it next: sent by both it would leave twice
        try:
            _handlers[topic](message_id, payload)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is this message's fate
            failed += 1
            _put_off(message_id, topic, attempts=attempts, error=error, now=clock())
        else:
            done += 1
            with unit_of_work():
                settle([message_id], now=clock())
    return Delivery(done=done, failed=failed)


def _deliver_together(topic: str, *, clock: Callable[[], datetime]) -> Delivery:
    """Deliver one batch of a topic, its halves where it fails; what succeeds is marked at once."""
    wanted = _batches[topic]
    started = clock()
    only = OutboxMessage.topic == topic
    claimed = claim(now=started, limit=wanted.limit, lease=wanted.lease, only=only)
    done = failed = later = 0
    parts = [claimed] if claimed else []
    while parts and clock() < started + wanted.lease:
        part = parts.pop()
        ids = [message_id for message_id, *_ in part]
        try:
            wanted.handler([(message_id, payload) for message_id, _topic, payload, _ in part])
        except TryLaterError as error:
            later += len(part)
            db.session.rollback()
            log.warning("outbox.later", topic=topic, messages=len(part), error=str(error))
            with unit_of_work():
                _give_back(ids, error=error, now=clock())
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is a message's fate
            if len(part) > 1:
                db.session.rollback()
                parts += [part[len(part) // 2 :], part[: len(part) // 2]]
                continue
            failed += 1
            _put_off(part[0][0], topic, attempts=part[0][3], error=error, now=clock())
        else:
            done += len(part)
            with unit_of_work():
                settle(ids, now=clock())
    return Delivery(done=done, failed=failed, later=later)


def _put_off(
    message_id: int, topic: str, *, attempts: int, error: Exception, now: datetime
) -> None:
    db.session.rollback()
    log.warning("outbox.failed", topic=topic, message=message_id, error=str(error))
    with unit_of_work():
        postpone(message_id, attempts=attempts, error=error, now=now)


def oldest_due(now: datetime) -> datetime | None:
    """Tell since when the message that waits longest is due; none when nothing is late."""
    return db.session.scalar(
        select(OutboxMessage.due_at)
        .where(OutboxMessage.state == MessageState.PENDING, OutboxMessage.due_at <= now)
        .order_by(OutboxMessage.due_at)
        .limit(1)
    )


def claim(
    *, now: datetime, limit: int, lease: timedelta = LEASE, only: ColumnElement[bool] | None = None
) -> list[Claimed]:
    """Take messages for ourselves for the length of a lease; two claimers never share one."""
    columns = (OutboxMessage.id, OutboxMessage.topic, OutboxMessage.payload, OutboxMessage.attempts)
    is_due = (OutboxMessage.state == MessageState.PENDING, OutboxMessage.due_at <= now)
    wanted = is_due if only is None else (*is_due, only)
    due = (
        select(OutboxMessage.id)
        .where(*wanted)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
    )
    if db.session.scalar(due.limit(1)) is None:
        return []

    def take() -> tuple[list[int], list[Any]]:
        ids = list(db.session.scalars(due))
        taken = db.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id.in_(ids), *is_due)
            .values(due_at=now + lease, attempts=OutboxMessage.attempts + 1)
            .returning(*columns)
            .execution_options(synchronize_session=False)
        )
        return ids, [tuple(row) for row in taken]

    ids, taken = in_unit_of_work(take)
    place = {message_id: number for number, message_id in enumerate(ids)}
    return sorted(taken, key=lambda row: place[row[0]])


def settle(message_ids: Collection[int], *, now: datetime) -> None:
    """Mark messages delivered."""
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(message_ids))
        .values(state=MessageState.DONE, done_at=now, last_error=None)
        .execution_options(synchronize_session=False)
    )


def _give_back(message_ids: Collection[int], *, error: Exception, now: datetime) -> None:
    """Make messages due again shortly, as if they had not been claimed."""
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(message_ids))
        .values(
            due_at=now + SOON,
            attempts=OutboxMessage.attempts - 1,
            last_error=f"{type(error).__name__}: {error}"[:2_000],
        )
        .execution_options(synchronize_session=False)
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
