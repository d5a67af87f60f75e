"""Connections of the PostgreSQL engine, apart from those of the shop, and what their errors mean."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.search.engine import SearchBusyError, SearchUnavailableError

RETRY_SECONDS: Final = 0.05
WRITE_SECONDS: Final = 30.0
BUILD_LOCK: Final = 0x0C40F1E4  # one number of ours among the advisory locks of a database
CANCELLED: Final = "57014"
UNDEFINED_TABLE: Final = "42P01"
# 40P01 deadlock, 55P03 lock not available.
CONTENTION: Final = frozenset({"40P01", "55P03", CANCELLED})
# Short statements all of them: compiling or spreading one costs more than running it, and the
# planner does not know how dear it is to read a tsvector of every row.
SESSION: Final = (
    "-c jit=off -c max_parallel_workers_per_gather=0 -c enable_seqscan=off -c work_mem=32MB"
)


class Connections:
    """A small pool; what is done on it is never a part of a request's or a unit's transaction."""

    def __init__(self, url: str, *, time_limit: float, lock_timeout: float, size: int) -> None:
        """Open nothing yet. Raises `ValueError` for the address of another kind of database."""
        if make_url(url).get_backend_name() != "postgresql":
            message = "SEARCH_URL=postgres needs PostgreSQL in DATABASE_URL"
            raise ValueError(message)
        self.lock_timeout = lock_timeout
        limit = max(1, round(time_limit * 1_000))
        self._engine = create_engine(
            url,
            pool_size=size,
            max_overflow=size,
            pool_timeout=time_limit,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": 2,
                "prepare_threshold": None,
                "options": f"{SESSION} -c statement_timeout={limit} -c lock_timeout={limit}",
            },
        )
        self._guard = threading.Lock()
        self._process = os.getpid()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection on which each statement stands alone."""
        with self._pool().connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def transaction(self, seconds: float = WRITE_SECONDS) -> Iterator[Connection]:
        """Give a connection in a transaction that may take longer than a search."""
        wait = max(1, round(self.lock_timeout * 1_000))
        with translated_errors(), self._pool().begin() as connection:
            connection.execute(text(f"SET LOCAL statement_timeout = {round(seconds * 1_000)}"))
            connection.execute(text(f"SET LOCAL lock_timeout = {wait}"))
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one that builds; the server frees the lock when this process dies."""
        deadline = time.monotonic() + self.lock_timeout
        with ExitStack() as stack:
            with translated_errors():
                connection = stack.enter_context(self._pool().connect())
                connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
                taking = text("SELECT pg_try_advisory_xact_lock(:number)")
                while not connection.execute(taking, {"number": BUILD_LOCK}).scalar():
                    if time.monotonic() > deadline:
                        message = "another process has been building the index for too long"
                        raise SearchBusyError(message)
                    time.sleep(RETRY_SECONDS)
            try:
                yield
            finally:
                with suppress(SQLAlchemyError):
                    connection.rollback()

    def close(self) -> None:
        """Give every connection back to the server; the next call opens new ones."""
        self._engine.dispose()

    def _pool(self) -> Engine:
        """Give the pool; a process that was forked may not use its parent's connections."""
        with self._guard:
            if self._process != os.getpid():
                self._engine.dispose(close=False)
                self._process = os.getpid()
        return self._engine


def state_of(error: DBAPIError) -> str:
    """Give the code by which the server names a fault, or nothing."""
    return getattr(error.orig, "sqlstate", None) or ""


@contextmanager
def translated_errors() -> Iterator[None]:
    """Give callers one error for missing tables and cut connections, whatever the driver raised."""
    try:
        yield
    except PoolTimeoutError as error:
        message = "every connection of search is taken"
        raise SearchBusyError(message) from error
    except DBAPIError as error:
        message = f"{type(error.orig).__name__}: {error.orig}"
        if state_of(error) in CONTENTION:
            raise SearchBusyError(message) from error
        raise SearchUnavailableError(message) from error
    except SQLAlchemyError as error:
        message = f"{type(error).__name__}: {error}"
        raise SearchUnavailableError(message) from error
