"""What one search leaves for the next: facts of products, and whatever else is dear to find twice."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from app.search.engine import Facts
from app.search.engines.packing import Packed, unpack
from app.search.engines.tantivy_index import Native

KEPT_FACTS: Final = 4_000

# A product's number, its score, and where it stands in the index.
Found = tuple[int, float, Native]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Best:
    """The first that were found, and how many there are in all; None where that was not counted."""

    found: list[Found] = field(default_factory=list)
    total: int | None = None


class Kept(Generic[Value]):
    """What was found lately, a number of things; safe for several threads."""

    def __init__(self, most: int) -> None:
        """Start with none."""
        self.most = most
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        """Give what is kept, if it is."""
        with self._guard:
            return self._kept.get(key)

    def put(self, key: Hashable, value: Value) -> Value:
        """Keep something, and what was put first no longer."""
        with self._guard:
            self._kept[key] = value
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return value

    def clear(self) -> None:
        """Keep nothing."""
        with self._guard:
            self._kept.clear()


class FactsKept:
    """Facts of the products that were found lately, by the digest of all that is known of them."""

    def __init__(self, most: int = KEPT_FACTS) -> None:
        """Start with none."""
        self.most = most
        self._kept: OrderedDict[int, Packed] = OrderedDict()
        self._guard = threading.Lock()

    def of(self, searcher: Native, hits: list[Found], day: int) -> dict[int, Facts]:
        """Give the facts of hits on a day, reading those that are not at hand."""
        digests = searcher.fast_field_values("digest", [address for _one, _score, address in hits])
        with self._guard:
            known = {digest: self._kept[digest] for digest in digests if digest in self._kept}
        made: dict[int, Packed] = {}
        for digest, (_one, _score, address) in zip(digests, hits, strict=True):
            if digest not in known:
                made[digest] = unpack(searcher.doc(address).get_first("facts"))
        known |= made
        with self._guard:
            self._kept |= made
            for digest in digests:
                if digest in self._kept:
                    self._kept.move_to_end(digest)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return {
            number: known[digest].on(day)
            for digest, (number, _score, _address) in zip(digests, hits, strict=True)
        }
