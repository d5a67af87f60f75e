"""Every engine there is, one after the other; a new engine adds one line to `ENGINES`."""

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from app.search.engine import SearchEngine
from app.search.engines.embedded import WhooshEngine
from app.search.engines.postgres_engine import PostgresEngine
from app.search.engines.tantivy_engine import TantivyEngine
from config import database_url
from tests.search.engines.goods import GOODS

if TYPE_CHECKING:
    from tests.support.databases import PostgresServer

# Opens an engine on an index that is kept in a folder, or is named like it; twice gives two handles.
Open = Callable[[pytest.FixtureRequest, Path], SearchEngine]

_pools: Final[list[PostgresEngine]] = []
_roots: Final[set[Path]] = set()


def _postgres(request: pytest.FixtureRequest, root: Path) -> SearchEngine:
    """Open an engine on a database named like the folder; other handles let go of idle connections."""
    server: PostgresServer = request.getfixturevalue("search_server")
    name = f"search_{blake2b(bytes(root), digest_size=8).hexdigest()}"
    for other in _pools:
        other.close()
    if root not in _roots:
        _roots.add(root)
        server.copy("template0", name)
    _pools.append(PostgresEngine(database_url(server.database_url(name), root), time_limit=4))
    return _pools[-1]


ENGINES: Final[dict[str, Open]] = {
    "whoosh": lambda _request, root: WhooshEngine(root, check_every=0),
    "tantivy": lambda _request, root: TantivyEngine(root, check_every=0),
    "postgres": _postgres,
}


@pytest.fixture(scope="session", params=list(ENGINES))
def open_engine(request: pytest.FixtureRequest) -> Callable[[Path], SearchEngine]:
    """Give the way to open an engine."""
    return lambda root: ENGINES[request.param](request, root)


@pytest.fixture(scope="session")
def goods(
    open_engine: Callable[[Path], SearchEngine], tmp_path_factory: pytest.TempPathFactory
) -> SearchEngine:
    """Give an engine with many products that tests only read."""
    engine = open_engine(tmp_path_factory.mktemp("goods"))
    engine.rebuild(GOODS)
    return engine


@pytest.fixture
def another(
    open_engine: Callable[[Path], SearchEngine], tmp_path: Path
) -> Callable[[], SearchEngine]:
    """Give the way to open one more handle on the index that a test may change."""
    return lambda: open_engine(tmp_path / "index")


@pytest.fixture
def engine(another: Callable[[], SearchEngine]) -> SearchEngine:
    """Give an engine with ten products that a test may change."""
    engine = another()
    engine.rebuild(GOODS[:10])
    return engine
