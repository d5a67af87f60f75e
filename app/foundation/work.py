"""The one place that commits: a unit of work, opened by an edge and by nothing else."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app.foundation.database import WRITES, db
from app.foundation.errors import BusyError, ConflictError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

ATTEMPTS: Final = 4
# 40001 serialization failure, 40P01 deadlock, 55P03 lock not available, 57014 statement timeout.
RETRIED_STATES: Final = frozenset({"40001", "40P01", "55P03", "57014"})
_OPEN: Final = "unit_of_work"
_WAKE: Final = "wake"
_wakers: list[Callable[[], None]] = []


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit what happens inside, all of it or nothing.

    What was read before is read again under the writer's lock (P02, P05).
    Raises `ConflictError` when somebody else changed the same row first, `BusyError` when the
    database could not give the lock in time, and `RuntimeError` when one is open already.
    """
    session = db.session()
    if session.info.get(_OPEN):
        msg = "a unit of work is open already: services flush, only the edge commits"
        raise RuntimeError(msg)
    if session.new or session.dirty or session.deleted:
        msg = "something was changed outside a unit of work"
        raise RuntimeError(msg)
    session.rollback()  # ends the reading transaction: it may not become a writing one
    session.info[_OPEN] = True
    session.info[_WAKE] = False
    try:
        try:
            session.connection(execution_options={WRITES: True})
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise
    except StaleDataError as error:
        raise ConflictError from error
    except IntegrityError as error:
        raise ConflictError from error
    except OperationalError as error:
        if is_contention(error):
            raise BusyError from error
        raise
    finally:
        session.info[_OPEN] = False
    if session.info[_WAKE]:
        for wake in _wakers:
            wake()


def in_unit_of_work(work: Callable[[], T]) -> T:
    """Run a replayable piece of work in a unit, and again from the start when it met contention.

    Raises `BusyError` when every attempt did (R24).
    """
    for attempt in range(ATTEMPTS):
        try:
            with unit_of_work():
                return work()
        except BusyError:
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - jitter, no secret
    raise BusyError


def read_anew() -> None:
    """Let the reads that follow see what others committed meanwhile; a unit that is open stays as it is.

    A long walk through a table does so now and then: SQLite keeps all that a reader might still see.
    """
    if not is_open():
        db.session.rollback()


def read_one_instant() -> None:
    """Let all reads that follow see the database as it is now, whoever writes meanwhile (P06).

    SQLite's transactions do that by themselves.
    """
    session = db.session()
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def is_contention(error: OperationalError) -> bool:
    """Tell a lock that was not to be had from a broken database."""
    state = getattr(error.orig, "sqlstate", None)
    return state in RETRIED_STATES or "database is locked" in str(error.orig)


def is_open() -> bool:
    """Whether a unit of work is open in this thread of work."""
    return bool(db.session().info.get(_OPEN))


def wake_after_commit() -> None:
    """Ask that whoever delivers messages be woken once this unit is committed."""
    db.session().info[_WAKE] = True


def add_waker(wake: Callable[[], None]) -> None:
    """Name something to call after a commit that left messages; it may not raise."""
    if wake not in _wakers:
        _wakers.append(wake)
