"""What hammer tests of search share: goods, edits that can be found by one word, indexers to be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from app.foundation import clock
from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.outbox import MessageState, OutboxMessage
from app.foundation.work import in_unit_of_work
from app.programme.models import RegisteredProduct
from app.search import indexer
from app.search.engine import SearchUnavailableError
from app.search.finder import find
from app.shop.catalogue.asking import Ask
from app.shop.catalogue.services import refresh_card, refresh_cards
from tests.support import make
from tests.support.running import ROOT, end_group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from tests.support.running import RunningShop

STEP: Final = 0.1


def stock_the_shop(count: int) -> list[int]:
    """Products of the register with cards; the index is told of none of them yet."""
    producer = make.producer()
    ids = [make.registered(f"Chè {word_of(number, 0)}", by=producer).id for number in range(count)]
    refresh_cards(ids, now=clock.now())
    db.session.commit()
    return ids


def word_of(number: int, edit: int) -> str:
    """A word that one edit of one product has, and nothing else: far from the others, with any spelling."""
    letters = "bdghklmnpqrstvwx"
    value = number * 1_000 + edit
    return "z" + "".join(letters[value >> shift & 15] + "a" for shift in range(0, 24, 4))


def rename(app: Flask, product_id: int, word: str) -> None:
    """Let the register say another name, as an officer would, and wake whoever delivers."""

    def write() -> None:
        product = db.session.get_one(RegisteredProduct, product_id)
        product.name = LocalizedText(vi=f"Chè {word}", en=f"Tea {word}")
        refresh_card(product_id, now=clock.now())

    in_unit_of_work(write)
    app.extensions["jobs"].wake()


def found(word: str) -> tuple[int, ...]:
    """What a shopper finds by a word, in the index and not in the database."""
    answer = find(Ask(text=word, today=clock.today(), is_literal=True))
    db.session.rollback()
    return () if answer.notes.is_degraded else answer.ids


def waiting() -> int:
    """How many messages are not delivered."""
    db.session.rollback()
    pending = OutboxMessage.state != MessageState.DONE
    return db.session.execute(select(func.count()).where(pending)).scalar_one()


def delivered_again() -> int:
    """How many messages were claimed by somebody who did not live to settle them."""
    db.session.rollback()
    again = OutboxMessage.attempts > 1
    return db.session.execute(select(func.count()).where(again)).scalar_one()


def seconds_until(is_so: Callable[[], bool], *, longest: float) -> float:
    """Wait for something and tell how long it took. Raises `TimeoutError` when it never came."""
    started = time.monotonic()
    while not is_so():
        if time.monotonic() - started > longest:
            raise TimeoutError
        time.sleep(STEP)
    return time.monotonic() - started


def is_in_step() -> bool:
    """Whether the index has every product of the shop, in the version of the shop."""
    try:
        return indexer.differences().count == 0
    except SearchUnavailableError:
        return False


class Indexers:
    """Starts a jobs process in a moment, as often as one is killed."""

    def __init__(self, shop: RunningShop, application: str) -> None:
        """Load the application once; every indexer is forked from there."""
        self._pid = 0
        with (shop.folder / "indexers.log").open("ab") as log:
            self._root = subprocess.Popen(
                [sys.executable, "-m", "tests.hammer.indexers", application],
                cwd=ROOT,
                env=shop.surroundings(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def start(self) -> None:
        """Start one."""
        assert self._root.stdin is not None
        assert self._root.stdout is not None
        self._root.stdin.write("\n")
        self._root.stdin.flush()
        self._pid = int(self._root.stdout.readline())

    def kill(self) -> None:
        """`kill -9` it."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def end(self) -> None:
        """Leave nothing behind."""
        end_group(self._root)
        for stream in (self._root.stdin, self._root.stdout):
            if stream is not None:
                stream.close()


@contextmanager
def indexers(shop: RunningShop, application: str = "wsgi") -> Iterator[Indexers]:
    """Indexers of a shop, ready to be started."""
    ready = Indexers(shop, application)
    try:
        yield ready
    finally:
        ready.end()
