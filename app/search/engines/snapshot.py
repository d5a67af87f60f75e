"""One state of the index, opened to be searched; it never changes.

What a commit did not touch is taken over from the state before: a segment is written once, so only
new segments are read, and which documents are deleted.
"""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.search.engine import RERANKED, Facts, Hits, Query
from app.search.engines import index
from app.search.engines.blocks import DamagedError
from app.search.engines.columns import Columns, Narrowing, order
from app.search.engines.facts import Tokens, TokenSets
from app.search.engines.index import StoredSegment
from app.search.engines.postings import PostingLists, Scoring, norms_of
from app.shop.catalogue.narrowing import Counts, Sort


@dataclass(frozen=True, slots=True)
class Caches:
    """What several states of an index share, since segments never change."""

    lists: PostingLists = field(default_factory=PostingLists)
    sets: TokenSets = field(default_factory=TokenSets)


class Snapshot:
    """A state of the index: its segments, its columns, which documents live."""

    def __init__(
        self, folder: Path, generation: int, parts: list[tuple[StoredSegment, Columns, set[int]]]
    ) -> None:
        """Put segments, their columns and their deleted documents together."""
        self.folder = folder
        self.number = generation
        self.generation = f"{folder.name}/{generation}"
        self.process = os.getpid()
        self.parts = {segment.name: (segment, columns) for segment, columns, _deleted in parts}
        self.segments: list[tuple[StoredSegment, int]] = []
        self.alive = np.ones(sum(segment.size for segment, *_ in parts), dtype=np.bool_)
        first = 0
        for segment, _columns, deleted in parts:
            self.segments.append((segment, first))
            if deleted:
                self.alive[np.fromiter(deleted, np.intp, len(deleted)) + first] = False
            first += segment.size
        self.columns = Columns.of_all([columns for _segment, columns, _deleted in parts])
        self.norms = norms_of(
            self.columns.lengths, sum(segment.token_count for segment, *_ in parts)
        )
        path = index.contents_path(folder, generation)
        self._contents, self._contents_state = path, path.stat().st_mtime_ns

    @classmethod
    def open(cls, folder: Path, generation: int, before: Self | None) -> Self:
        """Open a state, taking over from the one before what did not change.

        Raises `DamagedError`, `OSError` and whatever reading rubbish raises.
        """
        known = {} if before is None or before.folder != folder else before.parts
        parts = []
        for stored in index.segments_of(folder, generation):
            name = str(stored.segment_id())
            if name in known:
                segment, columns = known[name]
                segment.check_file()
            else:
                segment = StoredSegment(folder, stored)
                columns = Columns.of_segment(segment)
            parts.append((segment, columns, set(stored.deleted_docs())))
        return cls(folder, generation, parts)

    def check_files(self) -> None:
        """Look whether all files are still there. Raises `DamagedError` or `OSError`."""
        if self._contents.stat().st_mtime_ns != self._contents_state:
            raise DamagedError(self._contents.name, "has changed")
        for segment, _first in self.segments:
            segment.check_file()

    @property
    def document_count(self) -> int:
        """How many products are in it."""
        return int(np.count_nonzero(self.alive))

    def versions(self) -> dict[int, int]:
        """Tell which version of each product is kept."""
        numbers, versions = self.columns.number[self.alive], self.columns.version[self.alive]
        return dict(zip(numbers.tolist(), versions.tolist(), strict=True))

    def places_of(self, product_ids: set[int]) -> dict[int, int]:
        """Find the documents of products, by product."""
        wanted = np.fromiter(product_ids, np.int64, len(product_ids))
        places = np.flatnonzero(np.isin(self.columns.number, wanted) & self.alive)
        return dict(zip(self.columns.number[places].tolist(), places.tolist(), strict=True))

    def search(self, query: Query, caches: Caches, *, time_limit: float) -> Hits:
        """Find products. Raises what reading a damaged file raises."""
        deadline = time.monotonic() + time_limit
        scoring = Scoring(self.segments, caches.lists, self.norms, deadline=deadline)
        found = scoring.of_query(query, self.alive)
        narrowing = Narrowing(self.columns, found.documents, query.filters, query.on)
        fits = narrowing.fitting()
        documents = narrowing.documents[fits]
        values = found.values[narrowing.places[fits]]
        best = order(self.columns, documents, values, query)
        chosen = documents[best]
        ids = self.columns.number[chosen].tolist()
        facts: dict[int, Facts] = {}
        if query.sort is Sort.RELEVANCE:
            facts = self._facts(chosen[:RERANKED], query, caches)
        return Hits(
            ids=tuple(ids),
            scores=tuple(values[best].tolist()),
            counts=narrowing.counts() if query.wants_counts else Counts(total=len(documents)),
            facts=facts,
            generation=self.generation,
            partial=scoring.is_late,
            out_of=self.document_count,
        )

    def _facts(
        self, documents: NDArray[np.int32], query: Query, caches: Caches
    ) -> dict[int, Facts]:
        columns = self.columns
        sets: dict[int, Tokens] = {}
        for segment, first in self.segments:
            places = documents[(documents >= first) & (documents < first + segment.size)].tolist()
            found = caches.sets.of(segment, [place - first for place in places]) if places else []
            sets.update(zip(places, found, strict=True))
        stars = np.where(columns.is_valid(documents, query.on), columns.stars[documents], 0)
        rows = zip(
            documents.tolist(),
            columns.number[documents].tolist(),
            stars.tolist(),
            columns.popularity[documents].tolist(),
            strict=True,
        )
        return {
            number: Facts(
                name_tokens=sets[place][0],
                head_tokens=sets[place][1],
                context_tokens=sets[place][2],
                stars=rating,
                popularity=popularity,
            )
            for place, number, rating, popularity in rows
        }
