"""An index with real products, and a way to ask it as a shopper does."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from app.search.engine import Query, SearchEngine
from app.search.engines.embedded import WhooshEngine
from app.search.language.synonyms import Thesaurus
from app.search.mending.lexicon import Lexicon
from app.search.seeking.seek import Sought, seek
from tests.search.register import DOCUMENTS, NAMES
from tests.support import make
from tests.support.databases import PostgresServer, postgres_server

Ask = Callable[[str], list[str]]
LEXICON: Final = Lexicon.of(DOCUMENTS)


def found(engine: SearchEngine, text: str, **wanted: Any) -> Sought:
    """Search as a shopper does, with the words of the register to mend by."""
    query = Query(on=make.TODAY, **wanted)
    return seek(engine, text, query, lexicon=LEXICON, thesaurus=Thesaurus())


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    """Give an index of real products that tests only read."""
    engine = WhooshEngine(tmp_path_factory.mktemp("shelf"))
    engine.rebuild(DOCUMENTS)
    return engine


@pytest.fixture
def ask(shelf: WhooshEngine) -> Ask:
    """Search as a shopper: words in, Vietnamese names out, best first."""
    return lambda text: [NAMES[number] for number in found(shelf, text).hits.ids]


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    """Give an index of real products that a test may change; it looks at the disk every time."""
    engine = WhooshEngine(tmp_path / "index", check_every=0)
    engine.rebuild(DOCUMENTS[:10])
    return engine


@pytest.fixture(scope="session")
def search_server(server: PostgresServer | None) -> Iterator[PostgresServer]:
    """A PostgreSQL server for engines: that of the run, or one of our own."""
    if server:
        yield server
        return
    with postgres_server() as running:
        yield running
