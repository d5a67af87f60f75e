"""Whatever happens to the files of the index, search says that it is unavailable, and nothing worse.

Each file is taken away, cut short or overwritten, before it is opened and while it serves.
"""

import shutil
from pathlib import Path
from typing import Final

import pytest

from app.search.engine import SearchUnavailableError
from app.search.engines.embedded import WhooshEngine
from tests.search.breakage import (
    Damage,
    cut_a_byte,
    empty,
    fill_with_rubbish,
    halve,
    make_a_folder,
    remove,
    turn_a_byte,
)
from tests.search.engines.goods import GOODS, WORDS, ask

WHOLE: Final = len(GOODS[:40])


DAMAGES: Final = (
    remove,
    empty,
    halve,
    cut_a_byte,
    fill_with_rubbish,
    turn_a_byte,
    make_a_folder,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an index in several segments, with deletions."""
    engine = WhooshEngine(tmp_path_factory.mktemp("template") / "index", check_every=0)
    engine.rebuild(GOODS[:30])
    engine.update(GOODS[30:41])
    engine.delete([GOODS[40].product_id])
    return engine.home.root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    """Give a copy of it to break."""
    return Path(shutil.copytree(template, tmp_path / "index"))


def _files(root: Path) -> list[Path]:
    """List what a reader needs: the pointer, the contents, the segments."""
    build = root / (root / "current").read_text("ascii")
    return [root / "current", *sorted(build.glob("*.toc")), *sorted(build.glob("*.seg"))]


def _search_all(engine: WhooshEngine) -> int:
    """Ask for everything that is read late: every list of postings, every fact."""
    seen = 0
    for word in WORDS:
        engine.search(ask(word, pairs=(f"{word}_{word}",)))
    hits = engine.search(ask())
    seen += len(hits.facts)
    return seen


def test_the_index_is_whole_before_it_is_broken(root: Path) -> None:
    """The pointer, one list of contents and two segments."""
    assert len(_files(root)) == 4
    assert _search_all(WhooshEngine(root)) == WHOLE


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("at", range(4))
def test_what_is_broken_at_rest_is_not_opened(root: Path, at: int, damage: Damage) -> None:
    """The machine lost power: callers fall back to the database until it is built anew."""
    path = _files(root)[at]
    damage(path)
    engine = WhooshEngine(root, check_every=0)

    for asked in (engine.versions, lambda: _search_all(engine)):
        with pytest.raises(SearchUnavailableError):
            asked()
    _build_again(engine, path)


@pytest.mark.parametrize("check_every", [0, 3600])
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("at", range(4))
def test_what_breaks_while_it_serves_is_noticed_or_does_no_harm(
    root: Path, at: int, damage: Damage, check_every: float
) -> None:
    """Between two looks at the disk an open file still answers; what was cut or written over never does."""
    engine = WhooshEngine(root, check_every=check_every)
    assert engine.search(ask()).total == WHOLE
    path = _files(root)[at]
    damage(path)

    if check_every == 0 or (path.suffix == ".seg" and damage not in {remove, make_a_folder}):
        with pytest.raises(SearchUnavailableError):
            _search_all(engine)
    else:
        assert _search_all(engine) == WHOLE
    _build_again(engine, path)


def test_a_folder_that_is_gone_is_unavailable_until_it_is_built(root: Path) -> None:
    """Somebody removed it by hand."""
    engine = WhooshEngine(root, check_every=0)
    engine.search(ask("tra"))
    shutil.rmtree(root)

    with pytest.raises(SearchUnavailableError):
        engine.search(ask("tra"))
    with pytest.raises(SearchUnavailableError):
        engine.update(GOODS[:1])

    assert engine.rebuild(GOODS[:5]) == 5
    assert engine.search(ask()).total == 5


def test_an_index_of_another_make_is_unavailable(tmp_path: Path) -> None:
    """A deploy changed what is kept; the old index is not read wrong."""
    from whoosh import fields, index  # noqa: PLC0415, TID251 - as an older version wrote it

    engine = WhooshEngine(tmp_path, check_every=0)
    engine.rebuild(GOODS[:5])
    folder = engine.home.current()
    assert folder is not None
    shutil.rmtree(folder)
    folder.mkdir()
    writer = index.create_in(str(folder), fields.Schema(text=fields.TEXT)).writer()
    writer.add_document(text="tra")
    writer.commit()

    health = engine.health()
    assert not health.is_ready
    assert "this version" in health.problem


def test_a_broken_index_is_not_read_again_for_every_search(root: Path) -> None:
    """Between two looks at the disk the answer is known, unless another index took its place."""
    path = _files(root)[-1]
    whole = path.read_bytes()
    turn_a_byte(path)
    engine = WhooshEngine(root, check_every=3600)
    with pytest.raises(SearchUnavailableError):
        engine.search(ask("tra"))
    path.write_bytes(whole)

    with pytest.raises(SearchUnavailableError, match="not what was written"):
        engine.search(ask("tra"))

    WhooshEngine(root).rebuild(GOODS[:5])
    assert engine.search(ask()).total == 5


def _build_again(engine: WhooshEngine, path: Path) -> None:
    """Build it again, as the indexer does, and search it."""
    if path.is_dir():
        path.rmdir()
    assert engine.rebuild(GOODS[:WHOLE]) == WHOLE
    assert _search_all(engine) == WHOLE
