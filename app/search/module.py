"""What the composition root needs of this module."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.foundation.outbox import handle_topic
from app.search import cli, jobs
import app.search.models  # its tables
from app.search.embedded import WhooshEngine
from app.search.engine import SearchEngine
from app.search.finder import use_engine
from app.search.postgres_engine import PostgresEngine
from app.web.sitemaps import leave_out

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def register(app: "Flask") -> None:
    """Bring search."""
    settings: Settings = app.config["SETTINGS"]
    use_engine(choose_engine(settings.search_url, settings.instance, settings.database_url))
    handle_topic(jobs.PRODUCT_CHANGED, jobs.index_product)
    app.register_blueprint(routes.blueprint)
    leave_out("a part of the search field", "search.suggest")
    app.cli.add_command(cli.group)


def choose_engine(url: str, instance: Path, database_url: str = "") -> SearchEngine:
    """Choose the engine: the embedded one in the instance folder unless a URL names another.

    `postgres` is the shop's own database, `postgresql://…` another server.
    Raises `ValueError` for one that is not known, or that the shop's database cannot be.
    """
    if url in {"", "whoosh"}:
        return WhooshEngine(instance / "search")
    if url == "postgres":
        return PostgresEngine(database_url or "sqlite://")
    if url.startswith(("postgres://", "postgresql://")):
        return PostgresEngine(f"postgresql+psycopg://{url.partition('://')[2]}")
    message = f"SEARCH_URL names an engine that is not known: {url.partition('://')[0]}"
    raise ValueError(message)
