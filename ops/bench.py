"""`make bench`: every kind of page under load, against its budget and against a page that does nothing; then search.

Processor time a request is the figure to trust: it does not depend on how many processes answer. The
database's share counts. A page counts only if its answer is the right one. Slow is printed, never failed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ops import search_bench
from ops.load import CONNECTIONS, pss_of, rss_of
from ops.stand import WORKERS, Stand, open_stand, run_round, say
from tests.support.databases import postgres_server


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a page may cost: in milliseconds of processor time, and as a multiple of hello."""

    small: float
    large: float
    ratio: float | None = None


BUDGETS: Final = {
    "list": Budget(small=10, large=16, ratio=30),
    "category": Budget(small=10, large=16, ratio=30),
    "list, anonymous": Budget(small=2.5, large=2.5),
    "home, anonymous": Budget(small=2.5, large=2.5),
    "product": Budget(small=9, large=9, ratio=27),
    "search": Budget(small=15, large=25, ratio=45),
    "add to cart": Budget(small=5, large=5, ratio=15),
    "place order": Budget(small=12, large=12),
    "guest checkout": Budget(small=60, large=60),
}
MEMORY: Final = Budget(small=220, large=300)
# Growth from the smaller to the larger catalogue that is still flat, and that of a list.
FLAT: Final = 1.1
LIST_GROWTH: Final = 1.6
LARGE: Final = 10_000


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", choices=["pages", "search"], help="one part of it")
    parser.add_argument(
        "--search", default=search_bench.SIZES, help="sizes for search: 20000,200000,1000000"
    )
    parser.add_argument("--products", default="2400", help="sizes of the catalogue: 2400,20000")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2, help="length of a turn")
    parser.add_argument(
        "--keep",
        type=Path,
        help="a folder in which SQLite catalogues and indexes stay for next time",
    )
    given = parser.parse_args()
    status = 0 if given.only == "search" else measure_pages(given)
    if given.only != "pages":
        search_bench.run(given.search, given.keep)
    return status


def measure_pages(given: argparse.Namespace) -> int:
    """Measure the pages and print."""
    if shutil.which("wrk") is None:
        say("make bench needs wrk: apt install wrk")
        return 1
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server()) if given.database == "postgres" else None
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stands = [
            stack.enter_context(open_stand(int(size), folder / f"{given.database}-{size}", server))
            for size in given.products.split(",")
        ]
        for number in range(given.rounds):
            for stand in stands:
                say(f"{stand.size} products, round {number + 1} of {given.rounds} …")
                run_round(stand, seconds=given.seconds, backwards=bool(number % 2))
        for stand in stands:
            stand.memory = rss_of(stand.roots[:1]), pss_of(stand.roots[:1])
            report(stand)
        for stand in stands[1:]:
            report_growth(stands[0], stand)
    return 0


def report(stand: Stand) -> None:
    """Print the figures of a catalogue: medians of the turns."""
    hello = median(stand, "hello", "cpu_ms")
    say(f"\n{stand.size} products, {WORKERS} sync workers, {CONNECTIONS} connections")
    say(
        f"{'page':<18}{'req/s':>8}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms':>8}{'budget':>8}"
        f"{'x hello':>9}{'budget':>8}{'bytes':>9}"
    )
    for name, turns in stand.turns.items():
        cpu, budget = median(stand, name, "cpu_ms"), BUDGETS.get(name)
        allowed = budget and (budget.large if stand.size > LARGE else budget.small)
        ratio = budget.ratio if budget else None
        marks = ["over budget"] if allowed and cpu > allowed else []
        marks += ["over the ratio"] if ratio and cpu / hello > ratio else []
        errors = sum(turn.errors for turn in turns)
        marks += [f"{errors} ERRORS"] if errors else []
        say(
            f"{name:<18}{median(stand, name, 'rate'):>8.0f}{median(stand, name, 'p50'):>8.1f}"
            f"{median(stand, name, 'p95'):>8.1f}{cpu:>8.2f}{allowed or '':>8}{cpu / hello:>9.1f}"
            f"{ratio or '':>8}{stand.weights.get(name, ''):>9}  {', '.join(marks)}"
        )
    allowed = MEMORY.large if stand.size > LARGE else MEMORY.small
    resident, shared = stand.memory
    say(
        f"resident memory {resident:.0f} MiB, budget {allowed:.0f} (shared pages counted once: {shared:.0f})"
    )


def report_growth(small: Stand, large: Stand) -> None:
    """Print how a page's cost grew with the catalogue."""
    say(f"\ngrowth of CPU from {small.size} to {large.size} products")
    for name in small.turns:
        grown = median(large, name, "cpu_ms") / median(small, name, "cpu_ms")
        limit = LIST_GROWTH if name in {"list", "category", "search"} else FLAT
        say(f"{name:<18}{grown:>6.2f}  {'over ' + str(limit) if grown > limit else ''}")


def median(stand: Stand, name: str, figure: str) -> float:
    """The middle of a figure's turns."""
    return statistics.median(float(getattr(turn, figure)) for turn in stand.turns[name])


if __name__ == "__main__":
    sys.exit(main())
