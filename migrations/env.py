"""Runs migrations on the database that `ops.migrations.configuration` names."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

import app.bootstrap  # noqa: F401 - knows every table
from app.foundation.database import mapper_registry, prepare

engine = create_engine(context.config.attributes["url"], poolclass=NullPool)
prepare(engine)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=mapper_registry.metadata,
        render_as_batch=True,
        compare_type=True,
        user_module_prefix="app.foundation.database.",
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL lock_timeout = '4s'")
        context.run_migrations()
