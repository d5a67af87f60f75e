"""A database with the whole demonstration, loaded once for the tests that only look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.demonstration.services import seed
from tests.support import make
from tests.support.fresh import fresh_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from tests.support.databases import PostgresServer


@pytest.fixture(scope="module")
def seeded(
    application: Flask, template: str, server: PostgresServer | None, instance: Path
) -> Iterator[Flask]:
    """The application over the demonstration; its tests may not change a row."""
    with fresh_database(application, template, server, instance) as app:
        seed(now=make.NOW)
        yield app
