"""The index is damaged while people search: nobody meets an error, and it is whole again by itself (R36)."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Final

import pytest

from app.search import indexer
from app.search.engines.embedded import WhooshEngine
from app.search.engines.home import POINTER, IndexHome
from app.search.finder import use_engine
from tests.hammer.indexing import is_in_step, seconds_until, stock_the_shop, word_of
from tests.hammer.scene import open_books
from tests.support.running import RunningShop, opened, running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shopper import Shopper

pytestmark = pytest.mark.hammer
READERS: Final = 4
PRODUCTS: Final = 40
LONGEST: Final = 90.0


def search_until(over: Event, reader: Shopper, chance: random.Random) -> int:
    """Look for one product after the other; each is found, in the index or without it."""
    count = 0
    while not over.wait(0.1):
        word = word_of(chance.randrange(PRODUCTS), 0)
        answer = reader.get(f"/en/products?q={word}")
        assert answer.status == 200, answer
        assert f"Chè {word}" in reader.get(f"/vi/products?q={word}").text
        count += 1
    return count


def lose_the_pointer(home: IndexHome) -> None:
    """Nothing says any more which build is in use."""
    (home.root / POINTER).unlink()


def halve_every_file(home: IndexHome) -> None:
    """As if the disk had been full."""
    for path in files(home):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def delete_every_file(home: IndexHome) -> None:
    """As if somebody had cleaned up."""
    for path in files(home):
        path.unlink()


def files(home: IndexHome) -> list[Path]:
    """What the build in use is made of."""
    folder = home.current()
    assert folder is not None
    return [path for path in folder.iterdir() if path.stat().st_size]


@pytest.mark.parametrize("shop", ["sqlite"], indirect=True)
@pytest.mark.parametrize("damage", [lose_the_pointer, halve_every_file, delete_every_file])
def test_nobody_meets_an_error_and_the_index_is_whole_again(
    shop: RunningShop, damage: Callable[[IndexHome], None]
) -> None:
    shop.workers = 2
    shop.with_jobs = True
    with opened(shop.folder, shop.address):
        open_books()
        stock_the_shop(PRODUCTS)
        indexer.rebuild()
        home = IndexHome(shop.folder / "search")
        over = Event()
        with running(shop), ThreadPoolExecutor(READERS) as pool:
            seconds_until(is_in_step, longest=LONGEST)
            readers = [
                pool.submit(search_until, over, shop.shopper(), random.Random(number))  # noqa: S311
                for number in range(READERS)
            ]
            try:
                before = home.current()
                damage(home)

                took = seconds_until(lambda: home.current() not in {None, before}, longest=LONGEST)
            finally:
                over.wait(1.0)
                over.set()
            print(f"{damage.__name__}: built anew after {took:.1f} s")  # noqa: T201
            assert min(reader.result(LONGEST) for reader in readers) > 0
            use_engine(WhooshEngine(home.root))
            assert is_in_step()
