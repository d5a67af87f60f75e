"""What the composition root needs of this module."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext as _l

from app.foundation.actors import Permission
from app.search import cli, jobs
from app.search.engine import SearchEngine
from app.search.engines.embedded import WhooshEngine
from app.search.engines.postgres_engine import PostgresEngine
from app.search.engines.tantivy_engine import TantivyEngine
from app.search.finder import use_engine
from app.search.routes import desk, log, public, redirects, results
from app.web.navigation import DeskEntry, add_desk_entry
from app.web.sentences import add_sentences
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
    for blueprint in (public.blueprint, log.bp, desk.bp, results.bp, redirects.bp):
        app.register_blueprint(blueprint)
    leave_out("a part of the search field", "search.suggest")
    leave_out("results of a search", "search.others")
    app.cli.add_command(cli.group)
    add_desk_entry(
        "office",
        DeskEntry(
            endpoint="search_desk.report",
            label=_l("Search"),
            icon="search",
            permission=Permission.SEARCH_MANAGE,
            position=70,
            parts=(desk.bp.name, results.bp.name, redirects.bp.name),
        ),
    )
    add_sentences(
        {
            "search_too_few_words": _l("Write at least two different words, one a line."),
            "search_too_many_words": _l("At most %(most)s words for one thing, please."),
            "search_long_word": _l("One of these words is too long: at most %(most)s characters."),
            "search_word_taken": _l("“%(word)s” stands in another group already."),
            "search_no_query": _l("Write at least one word."),
            "search_query_taken": _l("This query leads somewhere already."),
            "search_bad_path": _l(
                "Give a page of this site in the language of the field, such as /vi/provinces; "
                "not a search."
            ),
            "search_rule_taken": _l(
                "This query has a rule for this product already, or too many rules."
            ),
            "search_too_many": _l(
                "There are %(most)s already, and no more can be kept. First take away what is not "
                "needed any more."
            ),
        }
    )


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
