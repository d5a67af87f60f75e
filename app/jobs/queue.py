"""The Huey instance and its tasks: deliver the outbox, keep house on a schedule.

SQLite by default, in a file of its own so that jobs never wait for shoppers;
Redis by REDIS_URL. A task that runs twice does no harm: every one is a conditional update.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import structlog
from huey import RedisHuey, SqliteHuey, crontab

from app.foundation import chores, clock, outbox
from app.foundation.database import db
from app.foundation.picture_store import sweep
from app.foundation.work import unit_of_work
from app.shop.catalogue.cli import refresh_stale_cards
from app.shop.orders.jobs import refresh_companions
from app.shop.saved.jobs import drop_unused
from app.shop.stock.services import expire_holds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from flask import Flask

    from config import Settings

log = structlog.get_logger(__name__)
NAME: Final = "chophien"
ROUNDS: Final = 20
WORKERS: Final = 2  # so that one long task holds up neither letters nor search
DELIVER: Final = "deliver_outbox"
MINUTE: Final = "every_minute"
# How long the queue is left alone when it was empty, and how often a lost wake-up is made good.
POLL: Final = 0.1
BEAT: Final = 2.0
MOST_PENDING: Final = 50
# What is done every minute, each in a unit of its own.
CHORES: Final[tuple[Callable[[datetime], object], ...]] = (expire_holds,)
# What is done every hour, each in units of its own.
HOURLY: Final[Mapping[str, Callable[[datetime], object]]] = {
    "refresh_stale_cards": lambda _now: refresh_stale_cards(),
    "sweep_pictures": lambda now: sweep(now=now),
    "refresh_companions": refresh_companions,
    "drop_unused_wish_lists": lambda now: drop_unused(now=now),
}


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of one application and how to wake it."""

    huey: Any
    deliver: Callable[[], Any]
    do_asked: Callable[[str], Any]

    def wake(self) -> None:
        """Ask for a delivery now; if the queue cannot be reached, the next beat does it.

        One that waits already will see what was committed before this call, so it is enough.
        """
        try:
            if not self._waits(DELIVER) and not self._waits(MINUTE):
                self.deliver()
        except Exception as error:  # noqa: BLE001 - a commit that succeeded stays a success
            log.warning("jobs.not_woken", error=str(error))

    def ask(self, chore: str) -> None:
        """Ask for a chore now; if the queue cannot be reached, it is done at its time."""
        try:
            if not self._waits(chore):
                self.do_asked(chore)
        except Exception as error:  # noqa: BLE001 - whoever asks has something better to do
            log.warning("jobs.not_asked", chore=chore, error=str(error))

    def _waits(self, name: str) -> bool:
        """Whether a task, or the wish for a chore, waits for its turn."""
        waiting = self.huey.pending(limit=MOST_PENDING)
        return any(name in {task.name, *task.args} for task in waiting)


def make_queue(app: Flask, settings: Settings) -> Queue:
    """Make the queue of an application."""
    huey: Any
    if settings.redis_url:
        huey = RedisHuey(NAME, url=settings.redis_url, results=False, immediate=False)
    else:
        huey = SqliteHuey(
            NAME, filename=str(settings.instance / "jobs.sqlite3"), results=False, immediate=False
        )

    @huey.task(name=DELIVER)
    def deliver() -> None:
        deliver_all(app)

    @huey.task(name="do_asked")
    def do_asked(chore: str) -> None:
        do_chore(app, chore, chores.named(chore))

    @huey.periodic_task(crontab(minute="*"), name=MINUTE)
    def every_minute() -> None:
        deliver_all(app)
        keep_house(app)

    @huey.periodic_task(crontab(minute="7", hour="*"), name="every_hour")
    def every_hour() -> None:
        keep_hours(app)

    return Queue(huey, deliver, do_asked)


def work(app: Flask, *, workers: int = WORKERS) -> None:
    """Work until told to stop; what is left in the queue waits for the next start."""
    queue: Queue = app.extensions["jobs"]
    consumer = queue.huey.create_consumer(
        workers=workers,
        periodic=True,
        initial_delay=POLL,
        backoff=1.0,
        max_delay=POLL,
        check_worker_health=True,
    )
    queue.wake()
    for name in chores.at_start():
        queue.ask(name)
    over = threading.Event()
    threading.Thread(target=beat, args=(app, queue, over), name="beat", daemon=True).start()
    try:
        consumer.run()
    finally:
        over.set()


def beat(app: Flask, queue: Queue, over: threading.Event) -> None:
    """Wake the queue when something is due that nobody takes: its wake-up, or who had it, was lost."""
    while not over.wait(BEAT):
        with app.app_context():
            try:
                if outbox.oldest_due(clock.now()) is not None:
                    queue.wake()
            except Exception as error:  # noqa: BLE001 - the database may be away for a while
                log.warning("jobs.no_beat", error=str(error))
            db.session.remove()


def deliver_all(app: Flask) -> int:
    """Deliver until nothing is due, at most some rounds; tell how many were delivered."""
    delivered = 0
    with app.app_context():
        for _round in range(ROUNDS):
            outcome = outbox.deliver_due(clock=clock.now)
            db.session.remove()
            delivered += outcome.done
            if outcome.done + outcome.failed == 0:  # what comes later does so by the next beat
                break
    return delivered


def keep_house(app: Flask) -> None:
    """Run each minute's chores."""

    def in_one_unit(chore: Callable[[datetime], object], now: datetime) -> None:
        with unit_of_work():
            chore(now)

    for chore in CHORES:
        do_chore(app, chore.__name__, partial(in_one_unit, chore))
    for name, own in chores.every_minute().items():
        do_chore(app, name, own)


def keep_hours(app: Flask) -> None:
    """Run each hour's chores."""
    for name, chore in {**HOURLY, **chores.every_hour()}.items():
        do_chore(app, name, chore)


def do_chore(app: Flask, name: str, chore: Callable[[datetime], object]) -> None:
    """Do one chore; one that fails does not stop the others."""
    with app.app_context():
        try:
            chore(clock.now())
        except Exception:
            log.exception("jobs.chore_failed", chore=name)
        db.session.remove()
