"""Forks jobs processes from one that has the application loaded: one for every line that it reads.

The hourly comparison is left out, so that what converges does so by its messages alone. Between claiming
and writing they take their time, so that many are killed there.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Final

from app.foundation import chores
from app.foundation.database import db
from app.jobs.queue import work
from app.search import indexer

if TYPE_CHECKING:
    from collections.abc import Sequence

SLOWNESS: Final = 0.15
index_at_once = indexer.index_products


def index_slowly(product_ids: Sequence[int]) -> None:
    """Index as ever, after a while."""
    time.sleep(SLOWNESS)
    index_at_once(product_ids)


def main() -> None:
    """Start one indexer a line and tell its number."""
    app = importlib.import_module(sys.argv[1]).app
    indexer.index_products = index_slowly
    chores._hourly.clear()
    chores._first.clear()
    with app.app_context():
        db.engine.dispose()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            with app.app_context():
                work(app)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
