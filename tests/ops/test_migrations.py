"""Migrations end in the schema that the models say, on both databases (P07, P14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from app.foundation.database import db, mapper_registry, prepare
from config import database_url
from ops.migrations import configuration
from tests.shop.reviews.making import reviewed

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from sqlalchemy import Engine

    from tests.support.databases import PostgresServer


def engine_for(server: PostgresServer | None, folder: Path, name: str) -> Engine:
    """An empty database of its own."""
    url = server.copy("template0", name) if server else f"sqlite:///{folder / name}.sqlite3"
    engine = create_engine(database_url(url, folder), poolclass=NullPool)
    prepare(engine)
    return engine


def schema(engine: Engine) -> dict[str, Any]:
    """All that a database says of itself: columns, keys, indexes, checks."""
    found = inspect(engine)
    described: dict[str, Any] = {}
    for table in sorted(set(found.get_table_names()) - {"alembic_version"}):
        described[table] = {
            "columns": sorted(
                (one["name"], str(one["type"]), one["nullable"]) for one in found.get_columns(table)
            ),
            "primary": sorted(found.get_pk_constraint(table)["constrained_columns"]),
            "foreign": sorted(
                (one["name"], one["referred_table"], tuple(one["constrained_columns"]))
                for one in found.get_foreign_keys(table)
            ),
            "indexes": sorted(
                (one["name"], tuple(one["column_names"]), bool(one["unique"]))
                for one in found.get_indexes(table)
            ),
            "unique": sorted(
                (one["name"], tuple(one["column_names"]))
                for one in found.get_unique_constraints(table)
            ),
            "checks": sorted(one["name"] for one in found.get_check_constraints(table)),
        }
    return described


def test_migrations_end_where_the_models_stand(
    application: Any, server: PostgresServer | None, tmp_path: Path
) -> None:
    migrated = engine_for(server, tmp_path, "migrated")
    created = engine_for(server, tmp_path, "created")

    command.upgrade(configuration(migrated.url.render_as_string(hide_password=False)), "head")
    mapper_registry.metadata.create_all(created)

    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, mapper_registry.metadata) == []
    assert schema(migrated) == schema(created)
    assert len(schema(migrated)) > 30


def test_migrations_go_back_and_forth(
    application: Any, server: PostgresServer | None, tmp_path: Path
) -> None:
    engine = engine_for(server, tmp_path, "forth")
    settings = configuration(engine.url.render_as_string(hide_password=False))

    command.upgrade(settings, "head")
    command.downgrade(settings, "base")

    assert schema(engine) == {}
    command.upgrade(settings, "head")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM orders")).scalar() == 0


def test_an_instance_that_sells_goes_back_and_forth(
    app: Flask, server: PostgresServer | None
) -> None:
    reviewed()
    kept = ("orders", "order_lines", "listings", "variants", "product_cards", "producers")
    settings = configuration(db.engine.url.render_as_string(hide_password=False))
    db.session.remove()
    before = counts(*kept)

    command.stamp(settings, "head")
    command.downgrade(settings, "0002")
    older = counts(*kept)
    command.upgrade(settings, "head")

    assert min(before) > 0
    assert older == before == counts(*kept)
    assert db.session.execute(text("SELECT rating_count FROM product_cards")).scalars().all() == [0]
    if server is None:
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []


def counts(*tables: str) -> list[int]:
    """How many rows tables hold; no connection stays open that a migration would wait for."""
    found = [
        db.session.execute(text(f"SELECT count(*) FROM {one}")).scalar_one()  # noqa: S608 - our own names
        for one in tables
    ]
    db.session.remove()
    db.engine.dispose()
    return found
