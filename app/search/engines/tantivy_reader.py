"""One opened state of a tantivy index, and what is asked of it: the first hits, counts, facts, versions."""

import os
import threading
from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from app.search.engine import RERANKED, Facts, Hits, Query
from app.search.engines import tantivy_files as files
from app.search.engines import tantivy_index as index
from app.search.engines import tantivy_query as asking
from app.search.engines.packing import Packed, day_number, unpack
from app.shop.catalogue.narrowing import Counts, Filters, Sort

KEPT_FACTS: Final = 4_000
KEPT_COUNTS: Final = 500
FURTHER: Final = 4
ANY_DAY: Final = date(2000, 1, 1)

# A product's number, its score, and where it stands in the index.
Found = tuple[int, float, index.Native]


class FactsKept:
    """Facts of the products that were found lately, by the digest of all that is known of them."""

    def __init__(self, most: int = KEPT_FACTS) -> None:
        """Start with none."""
        self.most = most
        self._kept: OrderedDict[int, Packed] = OrderedDict()
        self._guard = threading.Lock()

    def of(self, searcher: index.Native, hits: list[Found], day: int) -> dict[int, Facts]:
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


class Reader:
    """One state of the index, opened; safe for several threads."""

    def __init__(self, state: files.State, copies: files.Copies, facts: FactsKept) -> None:
        """Open copies of the files of a state, or the files where there are no copies."""
        self.state = state
        self.copies = copies
        self.process = os.getpid()
        with files.shown_as_folder(state, copies) as folder:
            opened = index.open_index(folder)
            self.searcher = opened.searcher()
        self._asking = asking.Asking(opened)
        self._facts = facts
        self._counts: OrderedDict[object, Counts] = OrderedDict()
        self._guard = threading.Lock()

    def is_safe(self) -> bool:
        """Tell whether nobody can have cut short what is mapped: it is copied, or as long as it was."""
        return bool(self.copies) or files.are_whole(self.state)

    def search(self, query: Query) -> Hits:
        """Find, count what is asked for, and read the facts of the first."""
        counts = self._counts_of(query)
        hits = self._best(query) if counts.total and query.limit > 0 else []
        facts: dict[int, Facts] = {}
        if hits and query.sort is Sort.RELEVANCE:
            facts = self._facts.of(self.searcher, hits[:RERANKED], day_number(query.on))
        return Hits(
            ids=tuple(number for number, _score, _address in hits),
            scores=tuple(score for _number, score, _address in hits),
            counts=counts,
            facts=facts,
            generation=self.state.generation,
        )

    def known(self, numbers: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Read the version and the digest of some products."""
        wanted = list(numbers)
        if not wanted:
            return {}
        found = self._read(self._asking.of_products(wanted), len(wanted), "version", "digest")
        return {number: (version, digest) for number, version, digest in found}

    def versions(self) -> dict[int, int]:
        """Read the version of every product."""
        every = self._asking.matching(Query(on=ANY_DAY))
        return dict(self._read(every, max(1, self.searcher.num_docs), "version"))

    def _read(self, query: index.Native, limit: int, *columns: str) -> list[tuple[Any, ...]]:
        """Read columns of what a query finds, each row after the product's number."""
        found = self.searcher.search(query, limit, count=False, order_by_field="number").hits
        addresses = [address for _number, address in found]
        values = [self.searcher.fast_field_values(column, addresses) for column in columns]
        return list(zip([number for number, _address in found], *values, strict=True))

    def _best(self, query: Query) -> list[Found]:
        """Find the first hits. Where words only raise, what they raise comes before the rest."""
        is_required = any(slot.required for slot in query.slots)
        has_words = query.sort is Sort.RELEVANCE and (query.slots or query.pairs)
        hits = self._by_score(query) if has_words else []
        if has_words and is_required:
            return hits
        raised = {number for number, _score, _address in hits}
        rest = self._in_order(query, query.limit + len(raised))
        return [*hits, *(hit for hit in rest if hit[0] not in raised)][: query.limit]

    def _in_order(self, query: Query, limit: int) -> list[Found]:
        field, direction = asking.order_of(query.sort)
        asked = self._asking.matching(query, is_scored=False)
        found = self.searcher.search(
            asked, limit, count=False, order_by_field=field, order=direction
        ).hits
        return [(number, 0.0, address) for number, (_key, address) in self._numbered(found)]

    def _by_score(self, query: Query) -> list[Found]:
        """Find those of the highest scores; where the last is shared by others, look a little further."""
        asked, limit = self._asking.matching(query), query.limit + 1
        while True:
            found = self.searcher.search(asked, limit, count=False).hits
            is_all = len(found) < limit or self.searcher.num_segments == 1
            if is_all or found[-1][0] < found[query.limit - 1][0] or limit > query.limit * FURTHER:
                break
            limit *= 2
        hits = [(number, score, address) for number, (score, address) in self._numbered(found)]
        hits.sort(key=lambda hit: (-hit[1], hit[0]))
        return hits[: query.limit]

    def _numbered(self, found: list[Any]) -> Iterable[tuple[int, Any]]:
        addresses = [address for _key, address in found]
        numbers: list[Any] = self.searcher.fast_field_values("number", addresses)
        return zip(numbers, found, strict=True)

    def _counts_of(self, query: Query) -> Counts:
        """Count once in the life of a state: whoever turns a page asks the same again."""
        required = tuple(slot for slot in query.slots if slot.required)
        key = (required, query.filters, query.on, query.wants_counts)
        with self._guard:
            known = self._counts.get(key)
        if known is not None:
            return known
        made = self._count(query)
        with self._guard:
            self._counts[key] = made
            while len(self._counts) > KEPT_COUNTS:
                self._counts.popitem(last=False)
        return made

    def _count(self, query: Query) -> Counts:
        """Count the whole and each facet without its own filter: one run, and one more a filter."""
        if not query.wants_counts:
            asked = self._asking.matching(query, is_scored=False)
            found: index.Native = self.searcher.search(asked, 1)
            return Counts(total=found.count)
        facets = tuple(asking.FACETS)
        narrowed = [facet for facet in facets if _is_narrowed(query.filters, facet)]
        answer = self._ask(query, [facet for facet in facets if facet not in narrowed])
        total = sum(asking.counted(answer, "province").values())
        codes = {facet: asking.counted(answer, facet) for facet in facets if facet not in narrowed}
        for facet in narrowed:
            codes[facet] = asking.counted(self._ask(query, [facet], without=facet), facet)
        codes["province"].pop(index.NOWHERE, None)
        return Counts(
            total=total,
            sets=codes["sets"],
            provinces=codes["province"],
            stars=self._valid_stars(query, codes["star"]) if codes["star"] else {},
            prices=asking.prices_of(codes["price"]),
        )

    def _valid_stars(self, query: Query, stars: dict[str, int]) -> dict[int, int]:
        """Take away those whose stars ran out or have not begun, which are few."""
        answer = self._ask(query, ["star"], without="star", with_invalid_stars=True)
        invalid = asking.counted(answer, "star")
        valid = {int(star): number - invalid.get(star, 0) for star, number in stars.items()}
        return {star: number for star, number in valid.items() if number}

    def _ask(
        self,
        query: Query,
        facets: list[str],
        without: str = "",
        *,
        with_invalid_stars: bool = False,
    ) -> dict[str, Any]:
        asked = self._asking.matching(
            query, without=without, is_scored=False, with_invalid_stars=with_invalid_stars
        )
        answer: dict[str, Any] = self.searcher.aggregate(asked, asking.counting(facets))
        return answer


def _is_narrowed(filters: Filters, facet: str) -> bool:
    return filters != asking.filters_but(filters, facet)
