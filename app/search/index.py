"""Whoosh itself: its schema, its queries, its warnings. The only file that imports it.

Whoosh 2.7.4 is correct and frozen. Nothing typed by a shopper ever reaches its query parser:
terms are looked up one by one.
"""

import os
import time
import warnings
from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from app.search.analysis import Slot
from app.search.documents import SearchDocument
from app.search.engine import Query

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import analysis, columns, fields, index, matching, scoring
    from whoosh.codec import whoosh3 as codec  # Whoosh itself imports it late, outside this block
    from whoosh.filedb import filestore
    from whoosh.util import filelock

LockError = index.LockError
FileLock = filelock.FileLock
CODEC: Final = codec.W3Codec
TEXT: Final = "text"
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
        context=fields.STORED,
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
        "context": " ".join(dict.fromkeys(document.context_tokens())),
        "version": document.version,
    }
    return values | {"digest": blake2b(repr(values).encode(), digest_size=16).digest()}


def create_index(folder: Path) -> Native:
    """Start an empty index in an empty folder."""
    return index.create_in(str(folder), _schema())


def open_index(folder: Path) -> Native:
    """Open the newest state of the index in a folder.

    Its files are read, not mapped: mapped ones would stand in the memory of every process.
    """
    return filestore.FileStorage(str(folder), supports_mmap=False).open_index()


def latest_generation(folder: Path) -> int:
    """Read from the names of the files which state is the newest; nothing is opened."""
    return int(index.TOC._latest_generation(os.listdir(folder), index._DEF_INDEX_NAME))  # noqa: SLF001, PTH208


class Scores:
    """Scores the products of one opened state of the index, whole blocks of postings at a time.

    The sums are those of Whoosh's own matchers (BM25F; AND and OR add up), which ask ten methods
    for every posting and take ten times as long.
    """

    def __init__(self, searcher: Native) -> None:
        """Read once what every score needs: how long each text is, and which are deleted."""
        self.searcher = searcher
        self.leaves: list[tuple[Native, int]] = list(searcher.reader().leaf_readers())
        slope = WEIGHTING.K1 * WEIGHTING.B / (searcher.avg_field_length(TEXT) or 1)
        flat = WEIGHTING.K1 * (1 - WEIGHTING.B)
        self.norms = array("d")
        self.deleted: set[int] = set()
        for leaf, offset in self.leaves:
            for number in range(leaf.doc_count_all()):
                self.norms.append(flat + slope * (leaf.doc_field_length(number, TEXT, 1) or 0))
                if leaf.is_deleted(number):
                    self.deleted.add(offset + number)
        self.deadline = float("inf")
        self.is_late = False

    def of_query(self, query: Query, deadline: float) -> dict[int, float]:
        """Score every product that meets all required slots; after the deadline nothing is read."""
        self.deadline, self.is_late = deadline, False
        required = [self._of_slot(slot) for slot in query.slots if slot.required]
        if not required:
            return {}
        found = _in_all(required)
        extra = [self._of_token(pair, PAIR_BOOST) for pair in query.pairs] if found else []
        extra += [self._of_slot(slot) for slot in query.slots if found and not slot.required]
        for scores in extra:
            for number in found.keys() & scores.keys():
                found[number] += scores[number]
        return found

    def _of_slot(self, slot: Slot) -> dict[int, float]:
        found: dict[int, float] = {}
        for way in slot.alternatives:
            scores = _in_all([self._of_token(token, way.boost) for token in way.tokens])
            if not found:
                found = scores
                continue
            for number, score in scores.items():
                found[number] = found.get(number, 0.0) + score
        return found

    def _of_token(self, token: str, boost: float) -> dict[int, float]:
        scores: dict[int, float] = {}
        norms = self.norms
        if (TEXT, token) not in self.searcher.reader():
            return scores
        most = boost * self.searcher.idf(TEXT, token) * (WEIGHTING.K1 + 1)
        for leaf, offset in self.leaves:
            if (TEXT, token) not in leaf:
                continue
            for ids, weights in self._blocks(leaf.postings(TEXT, token)):
                for number, weight in zip(ids, weights, strict=False):
                    scores[offset + number] = most * weight / (weight + norms[offset + number])
        for number in self.deleted & scores.keys():
            del scores[number]
        return scores

    def _blocks(self, matcher: Native) -> Iterator[tuple[Iterable[int], Iterable[float]]]:
        """Give the numbers and weights of a posting list, a block at a time, until time is up."""
        while not isinstance(matcher, codec.W3LeafMatcher):
            if not isinstance(matcher, matching.FilterMatcher):  # a list of one or two
                while matcher.is_active():
                    yield (matcher.id(),), (matcher.weight(),)
                    matcher.next()
                return
            matcher = matcher.child  # what it leaves out is deleted, and left out by us
        while matcher.is_active():
            if time.monotonic() > self.deadline:
                self.is_late = True
                return
            matcher._read_ids()  # noqa: SLF001 - frozen, and its public way is ten calls a posting
            matcher._read_weights()  # noqa: SLF001
            yield matcher._ids, matcher._weights  # noqa: SLF001
            matcher._next_block()  # noqa: SLF001


def _in_all(parts: list[dict[int, float]]) -> dict[int, float]:
    """Add up the scores of what is in every part."""
    if len(parts) == 1:
        return parts[0]
    first, *others = sorted(parts, key=len)
    return {
        number: score + sum(scores[number] for scores in others)
        for number, score in first.items()
        if all(number in scores for scores in others)
    }
