"""What the composition root needs of this module."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.search import cli, jobs, routes
from app.search.embedded import WhooshEngine
from app.search.engine import SearchEngine
from app.search.finder import use_engine
from app.search.postgres_engine import PostgresEngine
from app.search.tantivy_engine import TantivyEngine
from app.web.sitemaps import leave_out

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings

# A reader looks for a newer state this often, so it is behind the indexer by no more.
CHECK_EVERY: Final = 0.4


def register(app: "Flask") -> None:
    """Bring search."""
    settings: Settings = app.config["SETTINGS"]
    use_engine(choose_engine(settings.search_url, settings.instance, settings.database_url))
    jobs.register_jobs()
    app.register_blueprint(routes.blueprint)
    leave_out("a part of the search field", "search.suggest")
    leave_out("results of a search", "search.others")
    app.cli.add_command(cli.group)


def choose_engine(url: str, instance: Path, database_url: str = "") -> SearchEngine:
    """Choose the engine: the embedded one in the instance folder unless a URL names another.

    `postgres` is the shop's own database, `postgresql://…` another server.
    Raises `ValueError` for one that is not known, or that the shop's database cannot be.
    """
    if url in {"", "whoosh"}:
        return WhooshEngine(instance / "search", check_every=CHECK_EVERY)
    if url == "tantivy":
        return TantivyEngine(instance / "search-tantivy", check_every=CHECK_EVERY)
    if url == "postgres":
        return PostgresEngine(database_url or "sqlite://")
    if url.startswith(("postgres://", "postgresql://")):
        return PostgresEngine(f"postgresql+psycopg://{url.partition('://')[2]}")
    message = f"SEARCH_URL names an engine that is not known: {url.partition('://')[0]}"
    raise ValueError(message)
