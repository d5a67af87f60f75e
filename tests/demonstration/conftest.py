"""A database with the whole demonstration, loaded once for the tests that only look."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from app.demonstration.services import seed
from app.foundation.database import db
from tests.support import make

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
    if server:
        with application.app_context():
            db.engine.dispose()
        server.copy(template, "work")
    else:
        for leftover in instance.glob("chophien.sqlite3*"):
            leftover.unlink()
        shutil.copy(template, instance / "chophien.sqlite3")
    with application.app_context():
        seed(now=make.NOW)
        yield application
        db.session.remove()
        db.engine.dispose()
