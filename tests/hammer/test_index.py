"""`kill -9` of the indexer under edits: the index comes to what the database says (R34, R36, F16)."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Final

import pytest

from app.search import indexer
from app.search.engine import CatchUp
from tests.hammer.indexing import (
    Indexers,
    delivered_again,
    found,
    indexers,
    is_in_step,
    rename,
    seconds_until,
    stock_the_shop,
    waiting,
    word_of,
)
from tests.hammer.scene import open_books
from tests.support.running import RunningShop, opened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask import Flask

pytestmark = pytest.mark.hammer
KILLS: Final = 50
PRODUCTS: Final = 400
QUIET: Final = 60.0
PAUSE: Final = 0.03
LIFE: Final = (0.2, 0.7)  # seconds
REBUILDS: Final = 6


def edit_until(over: Event, app: Flask, ids: Sequence[int]) -> dict[int, str]:
    """Rename one product after the other, and tell the last word of each."""
    words = {}
    with app.app_context():
        edit = 0
        while not over.is_set():
            number = edit % len(ids)
            word = word_of(number, 1 + edit // len(ids))
            rename(app, ids[number], word)
            words[ids[number]] = word
            edit += 1
            over.wait(PAUSE)
    return words


def kill_and_start(crew: Indexers, times: int, chance: random.Random) -> None:
    """Let an indexer work for a moment, kill it in whatever it does, start the next."""
    for _ in range(times):
        crew.start()
        time.sleep(chance.uniform(*LIFE))
        crew.kill()
    crew.start()


def killed_under_edits(shop: RunningShop, app: Flask, crew: Indexers, times: int) -> dict[int, str]:
    """Edit products while indexers are killed, and give the last word of each edited product."""
    open_books()
    ids = stock_the_shop(PRODUCTS)
    indexer.rebuild()
    crew.start()
    seconds_until(lambda: waiting() == 0, longest=QUIET)
    crew.kill()
    over = Event()
    with ThreadPoolExecutor(1) as pool:
        words = pool.submit(edit_until, over, app, ids)
        try:
            kill_and_start(crew, times, random.Random(2026))  # noqa: S311 - can be repeated
        finally:
            over.set()
        return words.result()


def test_the_index_comes_to_what_the_database_says(shop: RunningShop) -> None:
    with opened(shop.folder, shop.address) as app, indexers(shop) as crew:
        words = killed_under_edits(shop, app, crew, KILLS)

        took = seconds_until(lambda: waiting() == 0 and is_in_step(), longest=QUIET)

        again = delivered_again()
        print(  # noqa: T201 - for whoever reads the log
            f"in step {took:.1f} s after the last of {len(words)} edits; {again} messages died with an indexer"
        )
        assert again >= KILLS / 10, "hardly any was killed at work"
        assert len(words) >= KILLS
        assert {one: found(word) for one, word in words.items()} == {one: (one,) for one in words}


@pytest.mark.parametrize("shop", ["sqlite"], indirect=True)
def test_an_outbox_that_settles_before_the_index_is_written_loses_changes(
    shop: RunningShop,
) -> None:
    with opened(shop.folder, shop.address) as app, indexers(shop, "tests.hammer.hasty") as crew:
        killed_under_edits(shop, app, crew, KILLS // 2)
        seconds_until(lambda: waiting() == 0, longest=QUIET)

        with pytest.raises(TimeoutError):
            seconds_until(is_in_step, longest=5.0)


def rebuilt_under_edits(shop: RunningShop, app: Flask, crew: Indexers) -> dict[int, str]:
    """Edit products and index them while the index is built anew, again and again."""
    open_books()
    ids = stock_the_shop(PRODUCTS)
    indexer.rebuild()
    crew.start()
    over = Event()
    with ThreadPoolExecutor(1) as pool:
        words = pool.submit(edit_until, over, app, ids)
        try:
            for _ in range(REBUILDS):
                indexer.rebuild()
        finally:
            over.set()
        edited = words.result()
    seconds_until(lambda: waiting() == 0, longest=QUIET)
    return edited


def test_an_index_built_beside_edits_misses_none_of_them(shop: RunningShop) -> None:
    with opened(shop.folder, shop.address) as app, indexers(shop) as crew:
        words = rebuilt_under_edits(shop, app, crew)

        assert is_in_step()
        assert {one: found(word) for one, word in words.items()} == {one: (one,) for one in words}


@pytest.mark.parametrize("shop", ["sqlite"], indirect=True)
def test_without_catching_up_a_build_misses_edits(
    shop: RunningShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing_happened(seen: Mapping[int, int]) -> CatchUp:
        return CatchUp(total=len(seen))

    monkeypatch.setattr(indexer, "_changes_since", nothing_happened)
    with opened(shop.folder, shop.address) as app, indexers(shop) as crew:
        rebuilt_under_edits(shop, app, crew)

        assert indexer.differences().behind
