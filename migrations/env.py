"""Runs migrations on the database that `ops.migrations.configuration` names."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

import app.bootstrap  # noqa: F401 - knows every table
from app.foundation.database import MoneyType, UtcDateTime, mapper_registry, prepare
from app.foundation.localized import LocalizedTextType


def render_item(kind: str, value: object, context: Any) -> str | bool:  # noqa: ANN401
    """Write our own column types as plain ones, so that an old migration needs no code of today."""
    if kind != "type":
        return False
    if isinstance(value, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(value, MoneyType):
        return "sa.BigInteger().with_variant(sa.Integer(), 'sqlite')"
    if isinstance(value, LocalizedTextType):
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def rest_keys(connection: Any, record: object) -> None:  # noqa: ANN401, ARG001
    """Let SQLite change a table that others point at: it is copied, dropped and named anew."""
    connection.execute("PRAGMA foreign_keys=OFF")


engine = create_engine(context.config.attributes["url"], poolclass=NullPool)
prepare(engine)
if engine.dialect.name == "sqlite":
    event.listen(engine, "connect", rest_keys)  # after `prepare`, and before anything begins
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=mapper_registry.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL lock_timeout = '4s'")
        context.run_migrations()
