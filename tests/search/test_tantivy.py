"""What only the engine for large catalogues does: copies without a name, files that break under it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from app.search.engine import SearchUnavailableError
from app.search.engines.tantivy_engine import TantivyEngine
from app.shop.catalogue.narrowing import Counts
from tests.search.breakage import Damage, empty, halve, remove, turn_a_byte
from tests.search.engines.goods import GOODS, WORDS, ask, slot

WHOLE: Final = 40
# Searches without a pause, says so, and searches on until it is told to stop; prints how often it could.
SERVER: Final = """
import sys, threading
from pathlib import Path
from app.search.engine import SearchUnavailableError
from app.search.engines.tantivy_engine import TantivyEngine
from tests.search.engines.goods import WORDS, ask
engine, stop = TantivyEngine(Path(sys.argv[1]), check_every=float(sys.argv[2])), threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
found = refused = rounds = 0
is_last = False
while not is_last:
    is_last = stop.is_set()
    for word in WORDS:
        try:
            assert engine.search(ask(word, limit=100 + found % 800)).total
            found += 1
        except SearchUnavailableError:
            refused += 1
    rounds += 1
    if rounds == 1:
        print("ready", flush=True)
print(found, refused, flush=True)
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an index in two segments, with deletions."""
    engine = TantivyEngine(tmp_path_factory.mktemp("template") / "index", check_every=0)
    engine.rebuild(GOODS[:30])
    engine.update(GOODS[30:41])
    engine.delete([GOODS[40].product_id])
    return engine.home.root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    """Give a copy of it to break."""
    return Path(shutil.copytree(template, tmp_path / "index"))


def _files(root: Path) -> list[Path]:
    """List what a reader needs: the pointer, the contents, the parts of segments."""
    build = root / (root / "current").read_text("ascii")
    return [root / "current", *sorted(one for one in build.iterdir() if one.suffix != ".lock")]


def _kinds(root: Path) -> list[str]:
    return sorted({path.suffix or path.name for path in _files(root)})


def _one_of(root: Path, kind: str) -> Path:
    return next(path for path in _files(root) if (path.suffix or path.name) == kind)


KINDS: Final = [
    ".del",
    ".fast",
    ".fieldnorm",
    ".idx",
    ".json",
    ".pos",
    ".store",
    ".term",
    "current",
]


def test_every_kind_of_file_is_broken_below(root: Path) -> None:
    assert _kinds(root) == KINDS
    assert TantivyEngine(root).search(ask()).total == WHOLE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("damage", [remove, empty, halve, turn_a_byte])
def test_what_is_broken_at_rest_is_unavailable_until_it_is_built_anew(
    root: Path, kind: str, damage: Damage
) -> None:
    """The machine lost power; the one file that tantivy makes again is its list of files."""
    path = _one_of(root, kind)
    damage(path)
    engine = TantivyEngine(root, check_every=0)

    try:
        assert engine.search(ask()).total == WHOLE
    except SearchUnavailableError:
        assert not engine.health().is_ready
    else:
        assert path.name == ".managed.json" or (kind == ".json" and damage is turn_a_byte)

    assert engine.rebuild(GOODS[:WHOLE]) == WHOLE
    assert engine.search(ask()).total == WHOLE


@pytest.mark.parametrize("check_every", [0, 3600])
@pytest.mark.parametrize("damage", [remove, empty, halve])
def test_a_process_lives_on_when_files_are_cut_short_under_it(
    root: Path, damage: Damage, check_every: int
) -> None:
    """Mapped where they lie, they would end it with a bus error."""
    command = [sys.executable, "-c", SERVER, str(root), str(check_every)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        assert server.stdout.readline() == "ready\n"
        for path in _files(root)[::-1]:
            damage(path)
        said, _none = server.communicate("")

    found, refused = map(int, said.split())
    assert server.returncode == 0
    assert found >= len(
        WORDS
    )  # all of the first round; of the next as many as came before the damage
    assert refused > 0 if check_every == 0 else refused == 0


def test_copies_have_no_name_and_go_with_their_reader(root: Path) -> None:
    """A process that was killed leaves nothing behind, and one that lives does not fill the disk."""
    engine = TantivyEngine(root, check_every=0)
    engine.search(ask())
    files = len(list(root.rglob("*")))
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    for version in range(12):
        engine.update([GOODS[0].__class__(product_id=5_000, version=version, name_vi="Trà")])
        engine.search(ask("tra"))

    assert not [path for path in root.iterdir() if path.name.startswith("tmp")]
    assert files > 0
    assert len(os.listdir("/proc/self/fd")) < before + 80  # noqa: PTH208


def test_an_index_that_is_too_large_to_copy_is_measured_before_a_search(root: Path) -> None:
    """What is mapped where it lies and was cut short is not touched."""
    engine = TantivyEngine(root, check_every=3600, largest_copied=0)
    assert engine.search(ask()).total == WHOLE

    halve(_one_of(root, ".store"))

    with pytest.raises(SearchUnavailableError):
        engine.search(ask())


def test_a_broken_index_is_not_read_again_for_every_search(root: Path) -> None:
    """Between two looks at the disk the answer is known; whoever builds it anew clears it."""
    shutil.rmtree(_one_of(root, ".store").parent)
    engine = TantivyEngine(root, check_every=3600)
    with pytest.raises(SearchUnavailableError):
        engine.search(ask())
    TantivyEngine(root).rebuild(GOODS[:5])

    with pytest.raises(SearchUnavailableError):
        engine.search(ask())
    assert engine.rebuild(GOODS[:6]) == 6
    assert engine.search(ask()).total == 6


def test_another_layout_is_unavailable(root: Path) -> None:
    """A deploy changed the fields; the old index is not read wrong."""
    path = _one_of(root, ".json").parent / "meta.json"
    path.write_text(path.read_text().replace('"popular_first"', '"loved_first"'))

    health = TantivyEngine(root).health()

    assert not health.is_ready
    assert "another layout" in health.problem


def test_where_words_only_raise_the_rest_stands_by_popularity(root: Path) -> None:
    """What has the word first, then the best known; none is left out or said twice."""
    engine = TantivyEngine(root)
    wished = slot("tra", required=False)
    having = engine.search(ask("tra")).ids
    by_popularity = engine.search(ask()).ids

    found = engine.search(ask(wished)).ids

    assert found == (*having, *(one for one in by_popularity if one not in having))
    assert engine.search(ask(wished, limit=len(having) + 2)).ids == found[: len(having) + 2]


def test_counts_of_a_state_are_counted_once(root: Path) -> None:
    """Whoever turns the page asks the same again; a change is counted anew."""
    engine = TantivyEngine(root, check_every=0)
    first = engine.search(ask(limit=3))
    assert engine.search(ask(limit=9)).counts is first.counts

    engine.delete([GOODS[0].product_id])

    assert engine.search(ask(limit=3)).counts != first.counts
    assert engine.search(ask(limit=3, wants_counts=False)).counts == Counts(total=WHOLE - 1)


def test_what_a_probe_found_is_what_the_page_shows(root: Path) -> None:
    """A question for a few and for no counts leaves its answer to the one for all of it."""
    engine = TantivyEngine(root)
    probe = engine.search(ask("tra", limit=2, wants_counts=False))

    page = engine.search(ask("tra", limit=30))

    assert probe.ids == page.ids[:2]
    assert probe.total == page.total == len(page.ids)
    assert page == TantivyEngine(root).search(ask("tra", limit=30))


def test_what_was_found_can_be_forgotten(root: Path) -> None:
    """A bench asks for the time of a search, not of remembering one."""
    engine = TantivyEngine(root)
    before = engine.search(ask("tra"))

    engine.forget()

    after = engine.search(ask("tra"))
    assert after == before
    assert after.counts is not before.counts
