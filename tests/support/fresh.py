"""A database of their own for the tests of one module that only look at it."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.foundation.database import db

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from tests.support.databases import PostgresServer


@contextmanager
def fresh_database(
    application: Flask, template: str, server: PostgresServer | None, instance: Path
) -> Iterator[Flask]:
    """Copy the template and stay in an application context; do not mix with the `app` fixture."""
    if server:
        with application.app_context():
            db.engine.dispose()
        server.copy(template, "work")
    else:
        for leftover in instance.glob("chophien.sqlite3*"):
            leftover.unlink()
        shutil.copy(template, instance / "chophien.sqlite3")
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()
