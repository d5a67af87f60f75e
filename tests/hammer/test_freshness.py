"""An edit is found within two seconds while others search; how long it took is printed (F16).

The time depends on the machine, so only a generous bound fails.
"""

from __future__ import annotations

import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Final

import pytest

from app.search import indexer
from tests.hammer.indexing import found, rename, seconds_until, stock_the_shop, word_of
from tests.hammer.scene import open_books
from tests.support.running import RunningShop, opened, running

if TYPE_CHECKING:
    from tests.support.shopper import Shopper

pytestmark = pytest.mark.hammer
READERS: Final = 20
EDITS: Final = 20
PRODUCTS: Final = 400
THINKING: Final = 0.5
WANTED: Final = 2.0
LONGEST: Final = 10.0


def search_until(over: Event, reader: Shopper, words: list[str], chance: random.Random) -> int:
    """Search for this and that, as somebody who looks at what is found, and count the searches."""
    count = 0
    while not over.wait(chance.uniform(0, 2 * THINKING)):
        answer = reader.get(f"/en/products?q={chance.choice(words)}")
        assert answer.status == 200, answer
        count += 1
    return count


def test_an_edit_is_found_in_two_seconds_while_twenty_people_search(shop: RunningShop) -> None:
    shop.workers = 2
    shop.with_jobs = True
    with opened(shop.folder, shop.address) as app:
        open_books()
        ids = stock_the_shop(PRODUCTS)
        indexer.rebuild()
        words = [word_of(number, 0) for number in range(PRODUCTS)] + ["che", "tea"]
        over = Event()
        took = []
        with running(shop), ThreadPoolExecutor(READERS) as pool:
            seconds_until(lambda: found("tea") != (), longest=LONGEST)
            chance = random.Random(2026)  # noqa: S311 - a rehearsal that can be repeated
            readers = [
                pool.submit(search_until, over, shop.shopper(), words, random.Random(number))  # noqa: S311
                for number in range(READERS)
            ]
            try:
                editor = shop.shopper()
                for number in range(EDITS):
                    word = word_of(number, 1)
                    rename(app, ids[number], word)
                    started = time.monotonic()
                    while f"Tea {word}" not in editor.get(f"/en/products?q={word}").text:
                        assert time.monotonic() - started < LONGEST, shop.log()
                        time.sleep(0.02)
                    took.append(time.monotonic() - started)
                    time.sleep(chance.uniform(0.1, 0.5))
            finally:
                over.set()
            searches = sum(reader.result(LONGEST) for reader in readers)
        p95 = statistics.quantiles(took, n=20)[-1]
        verdict = "within" if p95 <= WANTED else "OVER"
        print(  # noqa: T201 - for whoever reads the log
            f"edit to found: p50 {statistics.median(took):.2f} s, p95 {p95:.2f} s, "
            f"{verdict} {WANTED:.0f} s, beside {searches} searches"
        )
        assert max(took) < LONGEST
