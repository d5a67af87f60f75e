"""The tokens of products by part, which ranking asks for by the hundred, kept as sets."""

import sys
import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from typing import Final, Generic, TypeVar

from app.search.engines.index import StoredSegment

MOST_PRODUCTS: Final = 8_000
MOST_PARTS: Final = 4_000

# The tokens of its name, of what it is, of who makes it and where.
Tokens = tuple[frozenset[str], frozenset[str], frozenset[str]]
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class _Kept(Generic[Key, Value]):
    """The values put last, a number of them."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.values: OrderedDict[Key, Value] = OrderedDict()

    def put(self, key: Key, value: Value) -> Value:
        self.values[key] = value
        if len(self.values) > self.most:
            self.values.popitem(last=False)
        return value


class TokenSets:
    """Token sets by segment and document: neither ever changes, so what is kept stays true.

    Many products share their makers and kinds, and so the sets of these.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._guard = threading.Lock()
        self._products: _Kept[tuple[str, int], Tokens] = _Kept(MOST_PRODUCTS)
        self._parts: _Kept[str, frozenset[str]] = _Kept(MOST_PARTS)

    def of(self, segment: StoredSegment, places: Sequence[int]) -> list[Tokens]:
        """Give the token sets of documents of a segment; what is not kept is read in one go."""
        name = segment.name
        with self._guard:
            kept = self._products.values
            found = {at: kept[name, at] for at in places if (name, at) in kept}
        missing = [at for at in places if at not in found]
        if missing:
            texts = segment.facts(missing)
            with self._guard:
                for at, (own, head, context) in zip(missing, texts, strict=True):
                    tokens = (_set_of(own), self._shared(head), self._shared(context))
                    found[at] = self._products.put((name, at), tokens)
        return [found[at] for at in places]

    def _shared(self, part: str) -> frozenset[str]:
        known = self._parts.values.get(part)
        return self._parts.put(part, _set_of(part)) if known is None else known


def _set_of(part: str) -> frozenset[str]:
    return frozenset(map(sys.intern, part.split()))
