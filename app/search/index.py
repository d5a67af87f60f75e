"""Whoosh itself: its schema, its queries, its warnings. The only file that imports it.

Whoosh 2.7.4 is correct and frozen. Nothing typed by a shopper ever reaches its query parser:
queries are built from terms.
"""

import os
import time
import warnings
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from app.search.analysis import Slot
from app.search.documents import SearchDocument
from app.search.engine import Query

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import analysis, collectors, columns, fields, index, scoring, searching
    from whoosh import query as queries
    from whoosh.codec import whoosh3 as codec  # Whoosh itself imports it late, outside this block
    from whoosh.util import filelock

LockError = index.LockError
FileLock = filelock.FileLock
CODEC: Final = codec.W3Codec
TEXT: Final = "text"
CLOCK_EVERY: Final = 64
PAIR_BOOST: Final = 0.5
# Long descriptions are no fault of a product, so length counts for little.
WEIGHTING: Final = scoring.BM25F(B=0.3, K1=1.2)

# Whoosh has no types: its schemas, readers, writers, queries and tokens.
Native = Any


class WeightedTokens(analysis.Tokenizer):
    """Splits text that was analysed before: tokens parted by spaces, each with its weight."""

    def __call__(self, value: str, **_: object) -> Iterator[Native]:
        """Yield one Whoosh token for each `text^weight`."""
        token = analysis.Token(boosts=True)
        for part in value.split(" "):
            token.text, _sign, weight = part.partition("^")
            token.boost = float(weight or 1)
            yield token


def _schema() -> Native:
    return fields.Schema(
        key=fields.ID(unique=True, stored=True),
        text=fields.TEXT(analyzer=WeightedTokens(), phrase=False),
        number=fields.COLUMN(columns.NumericColumn("q")),
        stars=fields.COLUMN(columns.NumericColumn("B")),
        popularity=fields.COLUMN(columns.NumericColumn("q")),
        name=fields.STORED,
        head=fields.STORED,
        version=fields.STORED,
        digest=fields.STORED,
    )


def field_values(document: SearchDocument) -> dict[str, object]:
    """Lay a document out in the fields of the index."""
    values: dict[str, object] = {
        "key": str(document.product_id),
        "text": " ".join(f"{token}^{weight}" for token, weight in document.weighted_tokens()),
        "number": document.product_id,
        "stars": document.stars,
        "popularity": document.popularity,
        "name": " ".join(dict.fromkeys(document.name_tokens())),
        "head": " ".join(document.head_tokens()),
        "version": document.version,
    }
    return values | {"digest": blake2b(repr(values).encode(), digest_size=16).digest()}


class _OutOfTimeError(Exception):
    pass


class _Everything(collectors.Collector):
    """Collects every match with its score and gives up at a deadline."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.found: list[tuple[float, int]] = []

    def collect_matches(self) -> None:
        matcher, offset, found = self.matcher, self.offset, self.found
        while matcher.is_active():
            found.append((matcher.score(), offset + matcher.id()))
            if len(found) % CLOCK_EVERY == 0 and time.monotonic() > self.deadline:
                raise _OutOfTimeError
            matcher.next()

    def collect(self, sub_docnum: int) -> None:
        raise NotImplementedError

    def sort_key(self, sub_docnum: int) -> None:
        raise NotImplementedError

    def results(self) -> None:
        raise NotImplementedError


def create_index(folder: Path) -> Native:
    """Start an empty index in an empty folder."""
    return index.create_in(str(folder), _schema())


def open_index(folder: Path) -> Native:
    """Open the newest state of the index in a folder."""
    return index.open_dir(str(folder))


def latest_generation(folder: Path) -> int:
    """Read from the names of the files which state is the newest; nothing is opened."""
    return int(index.TOC._latest_generation(os.listdir(folder), index._DEF_INDEX_NAME))  # noqa: SLF001, PTH208


def find(searcher: Native, query: Query, deadline: float) -> tuple[list[tuple[float, int]], bool]:
    """List (score, number of document) of all matches, and whether the deadline cut them short."""
    required = [_slot_query(slot) for slot in query.slots if slot.required]
    if not required:
        return [], False
    extra = [queries.Term(TEXT, pair, boost=PAIR_BOOST) for pair in query.pairs]
    extra += [_slot_query(slot) for slot in query.slots if not slot.required]
    wanted = required[0] if len(required) == 1 else queries.And(required)
    if extra:
        wanted = queries.AndMaybe(wanted, queries.Or(extra))
    collector = _Everything(deadline)
    try:
        context = searching.SearchContext(needs_current=True, weighting=WEIGHTING)
        searcher.search_with_collector(wanted, collector, context)
    except _OutOfTimeError:
        return collector.found, True
    return collector.found, False


def is_known(searcher: Native, slot: Slot) -> bool:
    """Tell whether the index has all words of some way to meet a slot."""
    reader = searcher.reader()
    return any(all((TEXT, token) in reader for token in way.tokens) for way in slot.alternatives)


def _slot_query(slot: Slot) -> Native:
    ways = []
    for way in slot.alternatives:
        terms = [queries.Term(TEXT, token, boost=way.boost) for token in way.tokens]
        ways.append(terms[0] if len(terms) == 1 else queries.And(terms))
    return ways[0] if len(ways) == 1 else queries.Or(ways)
