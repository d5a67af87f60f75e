"""Whoever delivers is woken once, in time, and again when the wake-up was lost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.foundation import chores, clock
from app.foundation.database import db
from app.foundation.outbox import MessageState, OutboxMessage, enqueue
from app.foundation.work import unit_of_work
from app.jobs import queue as jobs
from app.search.jobs import PRODUCT_CHANGED

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask


@pytest.fixture
def queue(app: Flask) -> jobs.Queue:
    """The queue of the application, empty."""
    found: jobs.Queue = app.extensions["jobs"]
    found.huey.flush()
    return found


def waiting(queue: jobs.Queue) -> list[str]:
    """What waits, by name."""
    return [" ".join([task.name, *task.args]) for task in queue.huey.pending()]


def test_one_delivery_waits_however_many_ask(queue: jobs.Queue) -> None:
    for _commit in range(3):
        queue.wake()
    for _reader in range(3):
        queue.ask("search.reported")
    queue.ask("search.repair")

    assert waiting(queue) == [
        "deliver_outbox",
        "do_asked search.reported",
        "do_asked search.repair",
    ]


def test_a_queue_that_cannot_be_reached_stops_nobody(
    queue: jobs.Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(**_values: object) -> None:
        raise OSError

    monkeypatch.setattr(queue.huey, "pending", break_down)

    queue.wake()
    queue.ask("search.repair")


def test_a_chore_is_done_when_asked_at_its_minute_and_at_its_hour(
    app: Flask, queue: jobs.Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def noting(name: str) -> chores.Chore:
        def note(_now: datetime) -> None:
            done.append(name)

        return note

    monkeypatch.setattr(chores, "_minutely", {"minute": noting("minute")})
    monkeypatch.setattr(chores, "_hourly", {"hour": noting("hour")})
    monkeypatch.setattr(chores, "_asked", {"asked": noting("asked")})
    monkeypatch.setattr(jobs, "HOURLY", {})

    jobs.keep_house(app)
    jobs.keep_hours(app)
    queue.ask("asked")
    queue.huey.execute(queue.huey.dequeue())

    assert done == ["minute", "hour", "asked"]


@pytest.mark.parametrize("is_due", [True, False])
def test_a_lost_wake_up_is_made_good(
    app: Flask, queue: jobs.Queue, monkeypatch: pytest.MonkeyPatch, *, is_due: bool
) -> None:
    monkeypatch.setattr(jobs, "BEAT", 0.01)
    if is_due:
        with unit_of_work():
            enqueue(PRODUCT_CHANGED, {"product_id": 1}, now=clock.now())
    over = threading.Event()
    beating = threading.Thread(target=jobs.beat, args=(app, queue, over))
    beating.start()
    threading.Event().wait(0.5)
    over.set()
    beating.join()

    assert waiting(queue) == ["deliver_outbox"] * is_due
    if is_due:
        queue.huey.execute(queue.huey.dequeue())
        assert db.session.scalars(select(OutboxMessage)).one().state is MessageState.DONE
