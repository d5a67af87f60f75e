from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select, text

from app.foundation import outbox
from app.foundation.audit import AuditEntry, record
from app.foundation.database import db
from app.foundation.dead_letters import dead_letters, revive
from app.foundation.errors import BusyError, ConflictError
from app.foundation.outbox import MessageState, OutboxMessage
from app.foundation.work import add_waker, in_unit_of_work, read_one_instant, unit_of_work
from app.vendors.models import Producer
from tests.support import make

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask

received: list[tuple[int, Mapping[str, Any]]] = []


def take(message_id: int, payload: Mapping[str, Any]) -> None:
    """Receive a message, or fail as it asks."""
    if payload.get("fail"):
        raise ConnectionError("the other side is away")
    received.append((message_id, payload))


outbox.handle_topic("test.message", take)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    received.clear()
    yield
    received.clear()


def messages() -> list[OutboxMessage]:
    """All messages, read anew."""
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_what_happens_in_a_unit_is_kept(app: Flask) -> None:
    with unit_of_work():
        make.producer("HTX Giữ Lại")

    db.session.rollback()
    assert db.session.scalars(select(Producer)).one().name["vi"] == "HTX Giữ Lại"


def test_a_unit_that_fails_leaves_nothing(app: Flask) -> None:
    with pytest.raises(LookupError), unit_of_work():
        make.producer()
        raise LookupError

    assert db.session.scalars(select(Producer)).all() == []


def test_a_unit_does_not_open_inside_another(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="open already"), unit_of_work(), unit_of_work():
        pass


def test_a_change_outside_a_unit_is_noticed(app: Flask) -> None:
    db.session.add(
        AuditEntry(at=make.NOW, actor_name="x", action="x", subject="x", details={}, user_id=None)
    )

    with pytest.raises(RuntimeError, match="outside"), unit_of_work():
        pass
    db.session.rollback()


def test_a_row_changed_by_somebody_else_is_a_conflict(app: Flask) -> None:
    with unit_of_work():
        listing = make.listing(make.registered(by=make.producer()))
    with pytest.raises(ConflictError), unit_of_work():
        assert listing.version == 1
        listing.shelf_life_days = 30
        with db.session.no_autoflush:
            db.session.execute(text("UPDATE listings SET version = version + 1"))


def test_a_duplicate_is_a_conflict(app: Flask) -> None:
    with pytest.raises(ConflictError), unit_of_work():
        make.add(make.producer(slug="same"))
        make.producer(slug="same")


def test_work_that_met_contention_is_done_again(app: Flask) -> None:
    attempts = []

    def work() -> str:
        attempts.append(1)
        if len(attempts) < 3:
            raise BusyError
        return "done"

    assert in_unit_of_work(work) == "done"
    assert len(attempts) == 3


def test_work_that_never_gets_its_turn_says_so(app: Flask) -> None:
    def work() -> None:
        raise BusyError

    with pytest.raises(BusyError):
        in_unit_of_work(work)


def test_a_message_leaves_only_with_its_commit(app: Flask) -> None:
    with pytest.raises(LookupError), unit_of_work():
        outbox.enqueue("test.message", {"n": 1}, now=make.NOW)
        raise LookupError
    with unit_of_work():
        outbox.enqueue("test.message", {"n": 2}, now=make.NOW)

    outcome = outbox.deliver_due(clock=lambda: make.NOW)

    assert (outcome.done, outcome.failed) == (1, 0)
    assert [payload for _, payload in received] == [{"n": 2}]
    assert [one.state for one in messages()] == [MessageState.DONE]


def test_a_commit_with_messages_wakes_whoever_delivers(app: Flask) -> None:
    woken: list[int] = []
    add_waker(lambda: woken.append(1))

    with unit_of_work():
        make.producer()
    assert woken == []
    with unit_of_work():
        outbox.enqueue("test.message", {}, now=make.NOW)
    assert woken == [1]


def test_a_message_that_fails_waits_longer_each_time_and_dies_at_last(app: Flask) -> None:
    clock = make.NOW
    with unit_of_work():
        outbox.enqueue("test.message", {"fail": True}, now=clock)
    waits = []
    for _attempt in range(outbox.ATTEMPTS):
        outbox.deliver_due(clock=lambda at=clock: at)  # type: ignore[misc]
        (message,) = messages()
        waits.append(message.due_at - clock)
        clock = message.due_at

    (message,) = messages()
    assert message.state is MessageState.DEAD
    assert message.last_error == "ConnectionError: the other side is away"
    assert waits[1] > waits[0]
    assert max(waits) <= outbox.LONGEST_DELAY * 1.2
    assert sum(waits, timedelta()) >= timedelta(days=2.5)
    assert [one.id for one in dead_letters()] == [message.id]

    with unit_of_work():
        assert revive(message.id, now=clock)
        assert not revive(999, now=clock)
    assert messages()[0].state is MessageState.PENDING


def test_two_deliverers_never_share_a_message(app: Flask) -> None:
    with unit_of_work():
        for number in range(5):
            outbox.enqueue("test.message", {"n": number}, now=make.NOW)

    first = outbox.claim(now=make.NOW, limit=3)
    second = outbox.claim(now=make.NOW, limit=10)
    later = outbox.claim(now=make.NOW + outbox.LEASE, limit=10)

    assert len(first) == 3
    assert len(second) == 2
    assert {row[0] for row in first} & {row[0] for row in second} == set()
    assert len(later) == 5


def test_a_slow_round_leaves_what_others_may_have_taken(app: Flask) -> None:
    with unit_of_work():
        for number in range(3):
            outbox.enqueue("test.message", {"n": number}, now=make.NOW)

    slow = outbox.deliver_due(clock=lambda: make.NOW + outbox.LEASE if received else make.NOW)
    others = outbox.deliver_due(clock=lambda: make.NOW + outbox.LEASE)

    assert (slow.done, others.done) == (1, 2)
    assert [payload["n"] for _, payload in received] == [0, 1, 2]


def test_a_topic_has_one_handler_and_no_message_goes_nowhere(app: Flask) -> None:
    with pytest.raises(ValueError, match="has a handler"):
        outbox.handle_topic("test.message", lambda _id, _payload: None)
    with pytest.raises(KeyError):
        outbox.enqueue("nobody.listens", {}, now=make.NOW)


def test_an_instant_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(Exception, match="time zone"), unit_of_work():
        make.producer(created_at=datetime(2026, 1, 1))  # noqa: DTZ001 - the very point


def test_a_checker_sees_one_instant_while_others_write(app: Flask) -> None:
    entry = insert(AuditEntry).values(
        at=make.NOW, actor_name="Clerk", action="sold", subject="thing/1", details={}
    )
    read_one_instant()
    before = db.session.scalars(select(AuditEntry.id)).all()
    with db.engine.begin() as other:
        other.execute(entry)

    during = db.session.scalars(select(AuditEntry.id)).all()
    db.session.rollback()
    after = db.session.scalars(select(AuditEntry.id)).all()

    assert (len(before), len(during), len(after)) == (0, 0, 1)


def test_the_audit_trail_names_who_did_what(app: Flask) -> None:
    with unit_of_work():
        record("test.done", "thing/1", actor=make.actor(), now=make.NOW, details={"a": 1})

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject, entry.actor_name) == ("test.done", "thing/1", "Clerk")
