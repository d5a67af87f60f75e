"""Alembic, configured without an ini file; run as a program, it tells whether migrations fit the models."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

FOLDER: Final = Path(__file__).resolve().parents[1] / "migrations"


def configuration(url: str) -> Config:
    """Give the settings for a database."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.attributes["url"] = url
    return settings


def differences() -> list[str]:
    """List what the newest revision lacks of the models, on an empty SQLite database."""
    from app.foundation.database import mapper_registry  # noqa: PLC0415 - env.py brings the tables

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/check.sqlite3"
        command.upgrade(configuration(url), "head")
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return [str(one) for one in compare_metadata(context, mapper_registry.metadata)]


def main() -> int:
    """Say every difference."""
    found = differences()
    for one in found:
        sys.stderr.write(f"a migration is missing: {one}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
