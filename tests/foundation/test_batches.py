"""Messages that are cheaper together are delivered together, and none holds up the others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.foundation import outbox
from app.foundation.database import db
from app.foundation.outbox import MessageState, OutboxMessage, TryLaterError
from app.foundation.work import unit_of_work
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flask import Flask

LEASE = timedelta(seconds=20)
calls: list[list[int]] = []
poison: set[int] = set()
is_away: list[bool] = []


def take_all(messages: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Take a batch, or fail because of one of it, or because of nothing in it."""
    numbers = [payload["n"] for _id, payload in messages]
    calls.append(numbers)
    if is_away:
        raise TryLaterError("busy")
    if poison.intersection(numbers):
        raise ValueError("this one cannot be read")


outbox.handle_batches("test.batch", take_all, limit=200, lease=LEASE)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    calls.clear()
    poison.clear()
    is_away.clear()
    yield
    poison.clear()
    is_away.clear()


def leave(count: int) -> None:
    """So many messages, numbered from 0."""
    with unit_of_work():
        outbox.enqueue_all([("test.batch", {"n": number}) for number in range(count)], now=make.NOW)


def deliver(later: timedelta = timedelta()) -> outbox.Delivery:
    """One round."""
    return outbox.deliver_due(clock=lambda: make.NOW + later)


def left() -> bool:
    """Whether anything is due that nobody has claimed."""
    db.session.rollback()
    return outbox.oldest_due(make.NOW) is not None


def numbers(state: MessageState) -> list[int]:
    """The messages in a state."""
    db.session.rollback()
    rows = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.state == state).order_by(OutboxMessage.id)
    )
    return [row.payload["n"] for row in rows]


def test_a_backlog_is_one_call_and_a_few_statements(app: Flask) -> None:
    leave(200)

    with counted_statements() as sent:
        outcome = deliver()

    assert outcome.done == 200
    assert calls == [list(range(200))]
    assert numbers(MessageState.DONE) == list(range(200))
    assert len(sent) <= 8


def test_a_batch_has_its_limit_and_the_rest_comes_next(app: Flask) -> None:
    leave(250)

    assert [deliver().done for _ in range(3)] == [200, 50, 0]
    assert [len(call) for call in calls] == [200, 50]


def test_one_bad_message_waits_alone(app: Flask) -> None:
    leave(40)
    poison.add(17)

    outcome = deliver()

    assert (outcome.done, outcome.failed) == (39, 1)
    assert numbers(MessageState.PENDING) == [17]
    (left,) = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.state == MessageState.PENDING)
    )
    assert left.last_error == "ValueError: this one cannot be read"
    assert left.due_at > make.NOW
    assert len(calls) <= 14  # halves, and not each of forty


def test_a_bad_message_dies_at_last_and_is_seen(app: Flask) -> None:
    leave(1)
    poison.add(0)

    for _attempt in range(outbox.ATTEMPTS):
        with unit_of_work():
            db.session.query(OutboxMessage).update({"due_at": make.NOW})
        deliver()

    assert numbers(MessageState.DEAD) == [0]


def test_what_could_not_be_done_now_comes_back_soon_and_no_nearer_to_its_end(app: Flask) -> None:
    leave(3)
    is_away.append(True)

    for attempt in range(outbox.ATTEMPTS + 1):
        assert deliver(attempt * outbox.SOON).later == 3

    assert numbers(MessageState.DEAD) == []
    is_away.clear()
    assert deliver((outbox.ATTEMPTS + 1) * outbox.SOON).done == 3


def test_a_killed_deliverer_s_messages_are_due_after_the_lease_of_their_topic(app: Flask) -> None:
    leave(3)
    only = OutboxMessage.topic == "test.batch"
    assert len(outbox.claim(now=make.NOW, limit=10, lease=LEASE, only=only)) == 3

    assert deliver(LEASE - timedelta(seconds=1)).done == 0
    assert deliver(LEASE).done == 3


def test_several_deliverers_deliver_each_message_once(app: Flask) -> None:
    leave(2_000)

    def deliver_until_nothing_is_left() -> None:
        with app.app_context():
            while left():
                deliver()
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(deliver_until_nothing_is_left) for _ in range(4)]:
            one.result()

    assert sorted(number for call in calls for number in call) == list(range(2_000))
    assert numbers(MessageState.DONE) == list(range(2_000))


def test_a_topic_goes_one_way_only(app: Flask) -> None:
    with pytest.raises(ValueError, match="has a handler"):
        outbox.handle_topic("test.batch", lambda _id, _payload: None)
    with pytest.raises(ValueError, match="has a handler"):
        outbox.handle_batches("test.batch", take_all, limit=1)
