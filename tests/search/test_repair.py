"""An index that is missing, damaged, behind or somebody else's is noticed and mended without anybody's help."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.foundation import chores, clock
from app.foundation.database import db
from app.foundation.outbox import deliver_due
from app.foundation.work import unit_of_work
from app.search import finder, indexer, jobs, queries
from app.search.engine import SearchUnavailableError
from app.search.engines.embedded import WhooshEngine
from app.search.engines.home import POINTER, REBUILDING
from app.shop.catalogue.models import ProductCard
from app.shop.catalogue.services import refresh_cards
from tests.search.breakage import Damage, empty, halve, remove
from tests.search.test_shop import asked
from tests.support import make
from tests.support.browser import Browser

MOST_FILES = 50
FEWEST_FILES = 4  # two parts, the list of parts, the pointer
DAMAGES: dict[str, Damage] = {"deleted": remove, "emptied": empty, "halved": halve}


@pytest.fixture
def teas(app: Flask) -> list[int]:
    """Five products in the shop and in the index, the last of them added after the index was built."""
    with unit_of_work():
        producer = make.producer()
        ids = [make.registered(f"Chè số {number}", by=producer).id for number in range(5)]
        refresh_cards(ids[:4], now=make.NOW)
    jobs.rebuild_index()
    _change(ids)
    return ids


def _change(ids: list[int]) -> None:
    with unit_of_work():
        refresh_cards(ids, now=make.NOW)
    assert deliver_due(clock=lambda: make.NOW).failed == 0


@pytest.fixture
def wishes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The chores that were asked for."""
    heard: list[str] = []
    monkeypatch.setattr(chores, "_askers", [heard.append])
    monkeypatch.setattr(jobs, "_reported", [])
    return heard


def _engine() -> WhooshEngine:
    found = finder.engine()
    assert isinstance(found, WhooshEngine)
    return found


def _files() -> list[Path]:
    home = _engine().home
    folder = home.current()
    assert folder is not None
    return [*sorted(folder.iterdir()), home.root / POINTER]


def _another_process() -> None:
    """What was opened so far is forgotten, as in a process that starts now."""
    finder.use_engine(WhooshEngine(_engine().home.root, check_every=0))


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("is_opened", [True, False])
def test_any_file_may_be_damaged_while_the_shop_is_open(
    teas: list[int], wishes: list[str], browser: Browser, *, kind: str, is_opened: bool
) -> None:
    for number in range(MOST_FILES):
        if number >= len(_files()):
            break
        path = _files()[number]
        DAMAGES[kind](path)
        if not is_opened:
            _another_process()

        page = browser.get("catalogue.products", q="chè số")

        assert len(page.all(data_testid="product-card")) == 5, path.name
        chores.named("search.repair")(clock.now())
        answer = asked("chè số")
        assert not answer.notes.is_degraded, path.name
        assert set(answer.ids) == set(teas), path.name
        assert indexer.differences().count == 0
        _change(teas[:1])  # so that there is an older part and a newer one again
    assert number >= FEWEST_FILES


def test_all_of_it_may_be_lost(teas: list[int], wishes: list[str]) -> None:
    shutil.rmtree(_engine().home.root)

    assert asked("chè số").notes.is_degraded
    assert wishes == [finder.REPORTED]
    assert asked("chè số").notes.is_degraded
    assert wishes == [finder.REPORTED]  # asked once, and not by every reader
    chores.named(finder.REPORTED)(clock.now())

    assert not asked("chè số").notes.is_degraded


def test_a_look_at_a_whole_index_leaves_it_alone(teas: list[int]) -> None:
    before = _engine().health().generation

    chores.named("search.repair")(clock.now())

    assert _engine().health().generation == before


def test_an_index_that_looks_whole_and_cannot_be_read_twice_is_built_anew(
    teas: list[int], wishes: list[str]
) -> None:
    before = _engine().health().generation

    chores.named(finder.REPORTED)(make.NOW)
    assert _engine().health().generation == before
    chores.named(finder.REPORTED)(make.NOW + jobs.REPORTED_AGAIN / 2)

    assert _engine().health().generation != before


def test_a_change_that_meets_a_lost_index_builds_it(teas: list[int]) -> None:
    shutil.rmtree(_engine().home.root)
    with unit_of_work():
        refresh_cards(teas[:1], now=make.NOW)

    assert deliver_due(clock=lambda: make.NOW).done == 1

    assert set(asked("chè số").ids) == set(teas)


def test_a_repair_that_another_process_is_at_waits(teas: list[int]) -> None:
    engine = _engine()
    engine.lock_timeout = 0.0
    with engine.home.holding(REBUILDING, timeout=0):
        (engine.home.root / POINTER).unlink()
        with unit_of_work():
            refresh_cards(teas[:1], now=make.NOW)

        chores.named("search.repair")(clock.now())
        outcome = deliver_due(clock=lambda: make.NOW)

        assert (outcome.done, outcome.failed, outcome.later) == (0, 0, 1)
    chores.named("search.repair")(clock.now())
    assert set(asked("chè số").ids) == set(teas)


def test_another_number_of_products_is_noticed_within_a_minute(teas: list[int]) -> None:
    _engine().delete(teas[:2])

    chores.named("search.repair")(clock.now())

    assert indexer.differences() == indexer.Differences(compared=5)


def test_every_hour_all_versions_are_compared(app: Flask, teas: list[int]) -> None:
    engine = _engine()
    engine.delete(teas[:1])
    ghost = replace(queries.documents(teas[1:2])[0], product_id=999_999)
    engine.update([ghost, replace(ghost, product_id=teas[2], version=1_000)])
    with unit_of_work():
        db.session.execute(
            update(ProductCard)
            .where(ProductCard.product_id == teas[3])
            .values(version=ProductCard.version + 1)
        )
    expected = indexer.Differences(
        compared=5,
        missing=(teas[0],),
        behind=(teas[3],),
        ahead=(teas[2],),
        unknown=(999_999,),
    )
    assert indexer.differences() == expected

    told = app.test_cli_runner().invoke(args=["search", "reconcile"])

    assert [line for line in told.output.splitlines() if not line.startswith("{")] == [
        "5 compared: 1 missing, 1 behind, 1 ahead, 1 not in the shop",
        "brought in line",
    ]
    assert indexer.differences().count == 0
    shutil.rmtree(engine.home.root)
    with pytest.raises(SearchUnavailableError):
        indexer.differences()
    assert app.test_cli_runner().invoke(args=["search", "reconcile"]).exit_code == 1
    chores.named("search.reconcile")(clock.now())
    assert indexer.differences().count == 0


def test_a_rebuild_does_not_make_writers_wait_and_loses_none_of_their_changes(
    teas: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = _engine()
    engine.lock_timeout = 0.0
    read = queries.all_documents

    def reading_while_others_write() -> object:
        yield from read()
        with unit_of_work():
            card = db.session.get_one(ProductCard, teas[0])
            card.name = make.both("Mật ong", "Honey")
            card.version += 1
            db.session.delete(db.session.get_one(ProductCard, teas[1]))
            db.session.flush()
        indexer.index_products(teas[:2])  # into the old one, at once
        with unit_of_work():
            late = make.registered("Chè muộn", by=make.producer())
            refresh_cards([late.id], now=make.NOW)

    monkeypatch.setattr(queries, "all_documents", reading_while_others_write)

    assert indexer.rebuild() == 5

    assert indexer.differences().count == 0
    assert asked("honey").ids == (teas[0],)
    assert set(asked("chè số").ids) == set(teas[2:])
    assert len(asked("chè muộn").ids) == 1


def test_the_words_to_mend_by_reach_every_process(
    teas: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [1_000.0]
    monkeypatch.setattr("app.search.finder.time.monotonic", lambda: moment[0])
    assert finder.lexicon().words["che"] == 4  # of when the index was built
    night = make.NOW.astimezone(clock.VIETNAM).replace(hour=jobs.LEXICON_HOUR)

    chores.named("search.lexicon")(night + timedelta(hours=1))
    moment[0] += finder.LEXICON_AGE
    assert finder.lexicon().words["che"] == 4
    chores.named("search.lexicon")(night)
    assert finder.lexicon().words["che"] == 4
    moment[0] += finder.LEXICON_AGE

    assert finder.lexicon().words["che"] == 5
