"""A shop in several processes, on SQLite and on PostgreSQL, with a fresh database for each test."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from tests.support.databases import PostgresServer, postgres_server
from tests.support.running import RunningShop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def hammered_server(server: PostgresServer | None) -> Iterator[PostgresServer]:
    """A PostgreSQL server: that of the run, or one of our own."""
    if server:
        yield server
        return
    with postgres_server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> RunningShop:
    """A shop that is not started yet, once on each database."""
    address = ""
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("hammered_server")
        address = server.create(f"hammered_{next(_numbers)}")
    return RunningShop(tmp_path, address)
