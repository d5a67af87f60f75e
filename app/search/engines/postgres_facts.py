"""What ranking needs of the first hits, read from PostgreSQL once and kept while a product's words stay."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Final

from sqlalchemy import Connection, text

from app.search.engine import Facts
from app.search.engines.postgres_tables import on

MOST_KEPT: Final = 2_000  # some ten kilobytes each

READ: Final = """
SELECT product_id, facts_key, facts FROM $table WHERE product_id = ANY(CAST(:ids AS bigint[]))"""

_Words = tuple[frozenset[str], frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A product found, with the number that stands for its words."""

    product_id: int
    key: int
    stars: int
    popularity: int


class KeptFacts:
    """The words of products that were found lately, in one process."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: OrderedDict[int, _Words] = OrderedDict()
        self._guard = threading.Lock()

    def of(self, hits: Sequence[Hit], connection: Connection, build: int) -> dict[int, Facts]:
        """Give the facts of hits; one that was deleted meanwhile has none."""
        with self._guard:
            known = {hit.product_id: self._kept.get(hit.key) for hit in hits}
            for hit in hits:
                if hit.key in self._kept:
                    self._kept.move_to_end(hit.key)
        missing = [product_id for product_id, words in known.items() if words is None]
        if missing:
            fresh = connection.execute(text(on(READ, build)), {"ids": missing}).all()
            read = {row.facts_key: _words(row.facts) for row in fresh}
            known |= {row.product_id: read[row.facts_key] for row in fresh}
            with self._guard:
                self._kept |= read
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        return {
            hit.product_id: Facts(
                name_tokens=words[0],
                head_tokens=words[1],
                context_tokens=words[2],
                stars=hit.stars,
                popularity=hit.popularity,
            )
            for hit in hits
            if (words := known[hit.product_id]) is not None
        }


def _words(facts: str) -> _Words:
    name, head, context = (_set(part.split()) for part in facts.split("\n"))
    return name, head, context


def _set(tokens: Iterable[str]) -> frozenset[str]:
    return frozenset(map(intern, tokens))
