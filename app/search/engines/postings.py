"""Scores products for words: posting arrays, kept within a number of bytes, and BM25F over them.

The sums are those of Whoosh's own matchers (AND and OR add up), for whole arrays at a time; a test
compares the two.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search.engine import PAIR_BOOST, Query
from app.search.engines.index import WEIGHTING, StoredSegment
from app.search.language.analysis import Slot

MOST_BYTES: Final = 48 << 20
ENTRY_BYTES: Final = 400  # what Python itself needs to keep one list

Documents = NDArray[np.int32]
Weights = NDArray[np.float32]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents by rising number, and the score of each."""

    documents: Documents
    values: Values


NOTHING: Final = Scored(np.empty(0, np.int32), np.empty(0, np.float64))


class PostingLists:
    """Lists of postings by segment and token, the ones used last."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """Start empty; `most_bytes` is what the lists together may take."""
        self.most_bytes = most_bytes
        self.kept_bytes = 0
        self._guard = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[Documents, Weights]] = OrderedDict()

    def of(self, segment: StoredSegment, token: str) -> tuple[Documents, Weights]:
        """Give the documents of a segment that have a token, and their weights."""
        key = (segment.name, token)
        with self._guard:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        found = segment.postings(token)
        with self._guard:
            if key not in self._kept:
                self._kept[key] = found
                self.kept_bytes += _size(found)
            while self.kept_bytes > self.most_bytes:
                self.kept_bytes -= _size(self._kept.popitem(last=False)[1])
        return found

    def forget_all_but(self, segments: Iterable[StoredSegment]) -> None:
        """Drop the lists of segments that are no longer in use."""
        names = {segment.name for segment in segments}
        with self._guard:
            for key in [key for key in self._kept if key[0] not in names]:
                self.kept_bytes -= _size(self._kept.pop(key))


def _size(found: tuple[Documents, Weights]) -> int:
    return found[0].nbytes + found[1].nbytes + ENTRY_BYTES


class Scoring:
    """Scores one query over one state of the index; after the deadline nothing more is read."""

    def __init__(
        self,
        segments: Sequence[tuple[StoredSegment, int]],
        lists: PostingLists,
        norms: Values,
        *,
        deadline: float,
    ) -> None:
        """Stand on segments with the number of their first document, and what lengths add."""
        self.segments = segments
        self.lists = lists
        self.norms = norms
        self.deadline = deadline
        self.is_late = False

    def of_query(self, query: Query, alive: NDArray[np.bool_]) -> Scored:
        """Score every living document that meets all required slots."""
        found: Scored | None = None
        for slot in query.slots:
            if slot.required and (found is None or len(found.documents)):
                scored = self._of_slot(slot)
                found = scored if found is None else _in_both(found, scored)
        if found is None:
            everything = np.flatnonzero(alive).astype(np.int32)
            found = Scored(everything, np.zeros(len(everything)))
        else:
            is_alive = alive[found.documents]
            found = Scored(found.documents[is_alive], found.values[is_alive])
        if len(found.documents):
            self._raise(found, query)
        return found

    def _raise(self, found: Scored, query: Query) -> None:
        more = [self._of_token(pair, PAIR_BOOST) for pair in query.pairs]
        more += [self._of_slot(slot) for slot in query.slots if not slot.required]
        for scored in more:
            if len(scored.documents):
                places = np.searchsorted(scored.documents, found.documents)
                places[places == len(scored.documents)] = 0
                same = scored.documents[places] == found.documents
                found.values[same] += scored.values[places[same]]

    def _of_slot(self, slot: Slot) -> Scored:
        """Add up the ways in which a slot is met; one is enough."""
        ways = [self._of_all(way.tokens, way.boost) for way in slot.alternatives]
        ways = [way for way in ways if len(way.documents)]
        if len(ways) <= 1:
            return ways[0] if ways else NOTHING
        sums = np.zeros(len(self.norms))
        is_met = np.zeros(len(self.norms), dtype=np.bool_)
        for way in ways:
            sums[way.documents] += way.values
            is_met[way.documents] = True
        documents = np.flatnonzero(is_met).astype(np.int32)
        return Scored(documents, sums[documents])

    def _of_all(self, tokens: Sequence[str], boost: float) -> Scored:
        found: Scored | None = None
        for token in tokens:
            scored = self._of_token(token, boost)
            found = scored if found is None else _in_both(found, scored)
            if not len(found.documents):
                return NOTHING
        return found or NOTHING

    def _of_token(self, token: str, boost: float) -> Scored:
        if self.is_late or time.monotonic() > self.deadline:
            self.is_late = True
            return NOTHING
        lists = [(self.lists.of(segment, token), first) for segment, first in self.segments]
        lists = [one for one in lists if len(one[0][0])]
        if not lists:
            return NOTHING
        documents = np.concatenate([ids + np.int32(first) for (ids, _), first in lists])
        weights = np.concatenate([kept for (_, kept), _first in lists]).astype(np.float64)
        rarity = math.log(len(self.norms) / (len(documents) + 1)) + 1
        values = weights / (weights + self.norms[documents])
        return Scored(documents, values * (boost * rarity * (WEIGHTING.K1 + 1)))


def norms_of(lengths: NDArray[np.int32], token_count: int) -> Values:
    """Say how much the length of each text tells against it."""
    mean = token_count / max(len(lengths), 1) or 1.0
    slope = WEIGHTING.K1 * WEIGHTING.B / mean
    norms: Values = WEIGHTING.K1 * (1 - WEIGHTING.B) + slope * lengths
    return norms


def _in_both(left: Scored, right: Scored) -> Scored:
    """Add up the scores of what is in both."""
    if len(left.documents) > len(right.documents):
        left, right = right, left
    if not len(left.documents):
        return NOTHING
    places = np.searchsorted(right.documents, left.documents)
    places[places == len(right.documents)] = 0
    same = right.documents[places] == left.documents
    return Scored(left.documents[same], left.values[same] + right.values[places[same]])
