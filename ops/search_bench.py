"""The part of `make bench` that measures search: every kind of query against its budget, at every size.

Whoosh answers for up to 20,000 products and tantivy for more. Queries are made from the names of the
catalogue, each asked once, and what an engine kept of earlier answers is forgotten before the next. The engine's part of a
search may be several questions; its processor time does not depend on what else the machine does. Slow
is printed, never failed.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.search.engine import RERANKED, Hits, Query, SearchEngine
from app.search.engines.embedded import WhooshEngine
from app.search.engines.tantivy_engine import TantivyEngine
from app.search.language.synonyms import Thesaurus
from app.search.language.tokens import fold, words
from app.search.mending.lexicon import Lexicon
from app.search.seeking.seek import seek
from app.search.suggesting.suggest import Entry, SuggestionList
from app.shop.catalogue.narrowing import Filters, Sort
from ops.search_catalogue import TODAY, document, documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.search.documents import SearchDocument

SIZES: Final = "20000"
LARGEST_WHOOSH: Final = 50_000
PAGE: Final = 24
LATE_PAGE: Final = 50
ASKED: Final = 120
WARMING: Final = 20
EDITS: Final = 15
SUGGESTED: Final = 5_000
LEXICON_OF: Final = 20_000
MIB: Final = 1 << 20
NO_WORDS: Final = ("xqzw", "qwvx", "zxqj", "vwqz")


@dataclass(frozen=True, slots=True)
class Budget:
    """What 95 of 100 searches may take, in milliseconds: the engine's part and the whole."""

    engine: float
    whole: float | None = None


BUDGETS: Final = (
    (50_000, Budget(engine=40, whole=60)),
    (500_000, Budget(engine=15)),
    (10_000_000, Budget(engine=40)),
)
SUGGESTION_BUDGET: Final = 10.0
EDIT_BUDGET: Final = 200.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One search of a shopper: words, and what they are narrowed and ordered by."""

    text: str
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    page: int = 1


class Watched:
    """An engine whose searches are timed, so that a whole search can be told from the engine's part."""

    def __init__(self, engine: SearchEngine) -> None:
        """Stand before an engine."""
        self._engine = engine
        self.spent = self.processor = 0.0

    def search(self, query: Query) -> Hits:
        """Ask and add up the time."""
        start, processor = time.perf_counter(), time.thread_time()
        try:
            return self._engine.search(query)
        finally:
            self.spent += time.perf_counter() - start
            self.processor += time.thread_time() - processor

    def forget(self) -> None:
        """Let nothing be answered from what was found before, where answers are kept."""
        if isinstance(self._engine, TantivyEngine):
            self._engine.forget()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the engine has
        """Leave the rest to the engine."""
        return getattr(self._engine, name)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--search", default=SIZES, help="sizes: 20000,200000,1000000")
    parser.add_argument("--keep", type=Path, help="a folder in which indexes stay for next time")
    given = parser.parse_args(arguments)
    run(given.search, given.keep)
    return 0


def run(sizes: str, keep: Path | None) -> None:
    """Measure catalogues of some sizes, in a folder that stays or in one that does not."""
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for size in (int(one) for one in sizes.split(",") if one):
            if size <= LARGEST_WHOOSH:
                measure("whoosh", WhooshEngine(folder / f"whoosh-{size}"), size)
            measure("tantivy", TantivyEngine(folder / f"tantivy-{size}"), size)


def measure(name: str, engine: WhooshEngine | TantivyEngine, size: int) -> None:
    """Build an index unless it is there, ask it every kind of query, and print the figures."""
    print(f"\nsearch: {name}, {size:,} products, load average {os.getloadavg()[0]:.1f}")
    before = memory()
    if engine.health().documents != size:
        shutil.rmtree(engine.home.root, ignore_errors=True)
        start = time.perf_counter()
        engine.rebuild(documents(size))
        print(f"built in {time.perf_counter() - start:.0f} s, words read and all")
        before = memory()
    lexicon = Lexicon.of(documents(min(size, LEXICON_OF)))
    watched = Watched(engine)
    budget = next(budget for most, budget in BUDGETS if size <= most)
    print(
        f"{'query':<24}{'found':>9}{'engine p50':>12}{'p95':>8}{'budget':>8}{'CPU p95':>9}"
        f"{'whole p50':>11}{'p95':>8}{'budget':>8}"
    )
    for kind, searches in kinds(size).items():
        report(kind, budget, _timed(watched, searches, lexicon))
    current = engine.home.current()
    weight = sum(path.stat().st_size for path in current.iterdir()) / MIB if current else 0
    print(f"index {weight:.0f} MiB; memory grew by {memory() - before:.0f} MiB to its peak")
    edits = [_edit(engine, size, at) for at in range(EDITS)]
    _line("edit to searchable", edits, EDIT_BUDGET)
    if size <= LARGEST_WHOOSH and name == "whoosh":
        _line("suggestions", _suggestions(size), SUGGESTION_BUDGET)


def memory() -> float:
    """Read the most memory that this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def kinds(size: int) -> dict[str, list[Asked]]:
    """Make the searches of each kind from names of the catalogue; those of the last part are cold."""
    chance = random.Random(size)  # noqa: S311 - repeatable
    drawn = [document(chance.randrange(1, size + 1)) for _ in range(ASKED + WARMING)]
    names = [words(one.name_vi) for one in drawn]
    first = [" ".join(name[: 1 + at % 2]) for at, name in enumerate(names)]
    made: dict[str, list[Asked]] = {
        "one word": [Asked(chance.choice(name)) for name in names],
        "3 words, no marks": [Asked(fold(" ".join(name[:3]))) for name in names],
        "3 words, marks": [Asked(" ".join(name[:3])) for name in names],
        "name and place": [Asked(" ".join((*name[:2], *name[-2:]))) for name in names],
        "prefix": [Asked(_cut(name)) for name in names],
        "typo": [Asked(_misspelt(name, chance)) for name in names],
        "province, star, counts": [
            Asked(text, Filters(province=one.province_code, star_min=3))
            for text, one in zip(first, drawn, strict=True)
        ],
        "price range, counts": [
            Asked(text, Filters(price_min=50_000, price_max=300_000)) for text in first
        ],
        "by price, page 1": [Asked(text, sort=Sort.PRICE_ASC) for text in first],
        f"by price, page {LATE_PAGE}": [
            Asked(text, sort=Sort.PRICE_DESC, page=LATE_PAGE) for text in first
        ],
        "nothing found": [
            Asked(f"{chance.choice(NO_WORDS)}{chance.randrange(1_000)}") for _ in names
        ],
    }
    return made


def _cut(name: list[str]) -> str:
    """Leave off the end of the second word, as somebody does who is still typing."""
    return f"{name[0]} {name[1][: max(1, len(name[1]) - 1)]}"


def _misspelt(name: list[str], chance: random.Random) -> str:
    """Swap two letters of one of the first words."""
    bare = [fold(word) for word in name[:3]]
    at = chance.randrange(len(bare))
    word = bare[at]
    where = chance.randrange(max(1, len(word) - 1))
    bare[at] = word[:where] + word[where : where + 2][::-1] + word[where + 2 :]
    return " ".join(bare)


@dataclass(slots=True)
class Times:
    """What searches of one kind took, in milliseconds, and how much they found."""

    engine: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    found: list[int] = field(default_factory=list)


def _timed(engine: Watched, searches: Iterable[Asked], lexicon: Lexicon) -> Times:
    times, thesaurus, seen = Times(), Thesaurus(), set[Asked]()
    for number, asked in enumerate(searches):
        if asked in seen:
            continue
        seen.add(asked)
        query = Query(
            filters=asked.filters,
            sort=asked.sort,
            on=TODAY,
            limit=max(RERANKED, asked.page * PAGE),
        )
        engine.forget()
        engine.spent = engine.processor = 0.0
        start = time.perf_counter()
        found = seek(engine, asked.text, query, lexicon=lexicon, thesaurus=thesaurus)
        spent = time.perf_counter() - start
        if number >= WARMING:
            times.engine.append(engine.spent * 1_000)
            times.processor.append(engine.processor * 1_000)
            times.whole.append(spent * 1_000)
            times.found.append(found.hits.total)
    return times


def report(kind: str, budget: Budget, times: Times) -> None:
    """Print the figures of one kind of query."""
    engine, whole = _late(times.engine), _late(times.whole)
    marks = ["engine over budget"] if engine > budget.engine else []
    marks += ["whole over budget"] if budget.whole and whole > budget.whole else []
    print(
        f"{kind:<24}{statistics.median(times.found):>9.0f}{statistics.median(times.engine):>12.2f}"
        f"{engine:>8.2f}{budget.engine:>8.0f}{_late(times.processor):>9.2f}"
        f"{statistics.median(times.whole):>11.2f}{whole:>8.2f}"
        f"{budget.whole or '':>8}  {', '.join(marks)}",
        flush=True,
    )


def _late(times: list[float]) -> float:
    """Give what 95 of 100 stay under."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def _line(name: str, times: list[float], budget: float) -> None:
    late = _late(times)
    mark = "over budget" if late > budget else ""
    print(f"{name}: p50 {statistics.median(times):.2f} ms, p95 {late:.2f}, budget {budget:.0f}  {mark}")  # fmt: skip


def _edit(engine: WhooshEngine | TantivyEngine, size: int, at: int) -> float:
    """Rename a product and wait until it is found by its new name."""
    word = f"doiten{at}{time.time_ns() % 1_000_000}"
    edited = replace(document(1 + at * size // EDITS), version=2 + time.time_ns(), name_en=word)
    query = Query(on=TODAY)
    start = time.perf_counter()
    engine.update([edited])
    while not seek(engine, word, query, lexicon=Lexicon(), thesaurus=Thesaurus()).hits.ids:
        time.sleep(0.001)
    return (time.perf_counter() - start) * 1_000


def _suggestions(size: int) -> list[float]:
    """Time what a shopper waits for at every key stroke."""
    names = [document(number) for number in range(1, min(size, SUGGESTED) + 1)]
    suggestions = SuggestionList(_entries(names))
    times = []
    for one in names[:ASKED]:
        for length in range(1, min(12, len(one.name_vi))):
            start = time.perf_counter()
            suggestions.suggest(one.name_vi[:length], lang="vi")
            times.append((time.perf_counter() - start) * 1_000)
    return times


def _entries(made: list[SearchDocument]) -> Iterator[Entry]:
    for one in made:
        yield Entry(one.name_vi, "product", "vi", one.popularity)
        yield Entry(one.name_en, "product", "en", one.popularity)
        yield Entry(one.producer, "producer", "", one.popularity)


if __name__ == "__main__":
    sys.exit(main())
