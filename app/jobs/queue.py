"""The Huey instance and its tasks: deliver the outbox, keep house on a schedule.

SQLite by default, in a file of its own so that jobs never wait for shoppers;
Redis by REDIS_URL. A task that runs twice does no harm: every one is a conditional update.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import structlog
from huey import RedisHuey, SqliteHuey, crontab

from app.foundation import clock, outbox
from app.foundation.chores import nightly
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

    def wake(self) -> None:
        """Ask for a delivery now; if the queue cannot be reached, the minute's round does it."""
        try:
            self.deliver()
        except Exception as error:  # noqa: BLE001 - a commit that succeeded stays a success
            log.warning("jobs.not_woken", error=str(error))


def make_queue(app: Flask, settings: Settings) -> Queue:
    """Make the queue of an application."""
    huey: Any
    if settings.redis_url:
        huey = RedisHuey(NAME, url=settings.redis_url, results=False, immediate=False)
    else:
        huey = SqliteHuey(
            NAME, filename=str(settings.instance / "jobs.sqlite3"), results=False, immediate=False
        )

    @huey.task(name="deliver_outbox")
    def deliver() -> None:
        deliver_all(app)

    @huey.periodic_task(crontab(minute="*"), name="every_minute")
    def every_minute() -> None:
        deliver_all(app)
        keep_house(app)

    @huey.periodic_task(crontab(minute="7", hour="*"), name="every_hour")
    def every_hour() -> None:
        keep_hours(app)

    @huey.periodic_task(crontab(minute="23", hour="19"), name="every_night")  # 2:23 in Vietnam
    def every_night() -> None:
        keep_nights(app)

    return Queue(huey, deliver)


def work(queue: Queue, *, workers: int = 1) -> None:
    """Work until told to stop; what is left in the queue waits for the next start."""
    consumer = queue.huey.create_consumer(
        workers=workers,
        periodic=True,
        initial_delay=0.1,
        backoff=1.2,
        max_delay=0.5,
        check_worker_health=True,
    )
    queue.wake()
    consumer.run()


def deliver_all(app: Flask) -> int:
    """Deliver until nothing is due, at most some rounds; tell how many were delivered."""
    delivered = 0
    with app.app_context():
        for _round in range(ROUNDS):
            outcome = outbox.deliver_due(clock=clock.now)
            db.session.remove()
            delivered += outcome.done
            if outcome.done + outcome.failed == 0:
                break
    return delivered


def keep_house(app: Flask) -> None:
    """Run each minute's chores."""
    for chore in CHORES:
        do_chore(app, chore.__name__, partial(in_one_unit, chore))


def keep_hours(app: Flask) -> None:
    """Run each hour's chores."""
    for name, chore in HOURLY.items():
        do_chore(app, name, chore)


def keep_nights(app: Flask) -> None:
    """Run each night's chores, each in a unit of its own."""
    for name, chore in nightly().items():
        do_chore(app, name, partial(in_one_unit, chore))


def in_one_unit(chore: Callable[[datetime], object], now: datetime) -> None:
    """Do a chore in a unit of work."""
    with unit_of_work():
        chore(now)


def do_chore(app: Flask, name: str, chore: Callable[[datetime], object]) -> None:
    """Do one chore; one that fails does not stop the others."""
    with app.app_context():
        try:
            chore(clock.now())
        except Exception:
            log.exception("jobs.chore_failed", chore=name)
        db.session.remove()
