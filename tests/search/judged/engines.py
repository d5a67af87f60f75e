"""Opening each engine in a folder of its own, those that are installed."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from app.search.engines.embedded import WhooshEngine
from app.search.engines.postgres_engine import PostgresEngine
from config import database_url
from tests.search.judged.plain import PlainEngine
from tests.support.databases import postgres_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.search.engine import SearchEngine

ENGINES: Final = ("plain", "whoosh", "tantivy", "postgres")
TANTIVY: Final = "app.search.engines.tantivy_engine"


class EngineMissingError(Exception):
    """An engine, or what it runs on, is not here."""


@contextmanager
def opened(name: str, folder: Path) -> Iterator[SearchEngine]:
    """Open an engine by its name. Raises `EngineMissingError` when it is not here."""
    if name == "plain":
        yield PlainEngine()
    elif name == "whoosh":
        yield WhooshEngine(folder, time_limit=TIME_LIMIT)
    elif name == "tantivy":
        if find_spec(TANTIVY) is None or find_spec("tantivy") is None:
            raise EngineMissingError("tantivy is not here")
        yield import_module(TANTIVY).TantivyEngine(folder)
    elif name == "postgres":
        with postgres_server() as server:
            address = database_url(server.create("judged"), folder)
            yield PostgresEngine(address, time_limit=TIME_LIMIT)
    else:
        message = f"there is no engine {name!r}"
        raise EngineMissingError(message)


# The machine that judges may be busy: an answer cut short says nothing of the order.
TIME_LIMIT: Final = 30.0
