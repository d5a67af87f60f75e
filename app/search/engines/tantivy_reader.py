"""One opened state of a tantivy index, and what is asked of it: the first hits, counts, facts, versions."""

import os
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from app.search.engine import RERANKED, Facts, Hits, Query
from app.search.engines import tantivy_files as files
from app.search.engines import tantivy_index as index
from app.search.engines import tantivy_query as asking
from app.search.engines.packing import day_number
from app.search.engines.tantivy_kept import Best, FactsKept, Kept
from app.shop.catalogue.narrowing import Counts, Filters, Sort

KEPT_COUNTS: Final = 500
KEPT_BESTS: Final = 50
LONGEST_KEPT: Final = 1_000
TIED: Final = 400
FURTHER: Final = 4
ANY_DAY: Final = date(2000, 1, 1)


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
        self._asking = asking.Asking(opened, self.searcher)
        self._facts = facts
        self._counts: Kept[Counts] = Kept(KEPT_COUNTS)
        self._bests: Kept[Best] = Kept(KEPT_BESTS)

    def is_safe(self) -> bool:
        """Tell whether nobody can have cut short what is mapped: it is copied, or as long as it was."""
        return bool(self.copies) or files.are_whole(self.state)

    def search(self, query: Query) -> Hits:
        """Find, count what is asked for, and read the facts of the first."""
        counts = self._counts_of(query) if query.wants_counts else None
        best = Best()
        if query.limit > 0 and (counts is None or counts.total):
            best = self._best(query)
        hits = best.found[: query.limit]
        facts: dict[int, Facts] = {}
        if hits and query.sort is Sort.RELEVANCE:
            facts = self._facts.of(self.searcher, hits[:RERANKED], day_number(query.on))
        return Hits(
            ids=tuple(number for number, _score, _address in hits),
            scores=tuple(score for _number, score, _address in hits),
            counts=Counts(total=self._total(query, best)) if counts is None else counts,
            facts=facts,
            generation=self.state.generation,
            out_of=self.searcher.num_docs,
        )

    def forget(self) -> None:
        """Forget what was found before, so that a search can be measured by itself."""
        self._counts.clear()
        self._bests.clear()

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

    def _total(self, query: Query, best: Best) -> int:
        """Count what is found, unless finding the first of it did so by the way."""
        if best.total is not None:
            return best.total
        return self._in_order(query, 1).total or 0

    def _best(self, query: Query) -> Best:
        """Find the first hits. Where words only raise, what they raise comes before the rest."""
        is_required = any(slot.required for slot in query.slots)
        has_words = query.sort is Sort.RELEVANCE and (query.slots or query.pairs)
        if not has_words:
            return self._in_order(query, query.limit)
        raised = self._by_score_once(query)
        if is_required:
            return raised
        first = raised.found[: query.limit]
        known = {number for number, _score, _address in first}
        rest = self._in_order(query, query.limit + len(known))
        found = [*first, *(hit for hit in rest.found if hit[0] not in known)]
        return Best(found, rest.total)

    def _in_order(self, query: Query, limit: int) -> Best:
        """Find by a column: nothing has a score, which makes it the quickest way to count as well."""
        column, direction = asking.order_of(query.sort)
        asked = self._asking.matching(query, is_scored=False)
        answer: index.Native = self.searcher.search(
            asked, limit, order_by_field=column, order=direction
        )
        found = [(number, 0.0, address) for number, (_key, address) in self._numbered(answer.hits)]
        return Best(found, answer.count)

    def _by_score_once(self, query: Query) -> Best:
        """Find those of the highest scores, unless a question for fewer or for its counts just did."""
        key = (query.slots, query.pairs, query.filters, query.on)
        wanted = max(query.limit, RERANKED)
        known = self._bests.get(key)
        if known is not None and (len(known.found) >= wanted or len(known.found) == known.total):
            return known
        made = self._by_score(query, wanted)
        return self._bests.put(key, made) if wanted <= LONGEST_KEPT else made

    def _by_score(self, query: Query, wanted: int) -> Best:
        """Find more than is wanted: equal scores are common, and are put in order among all of them.

        What is a little further costs next to nothing, and to ask again as much as the first time.
        """
        asked = self._asking.matching(query)
        most = wanted if self.searcher.num_segments == 1 else wanted * FURTHER
        limit = min(wanted + TIED, most)
        answer: index.Native = self.searcher.search(asked, limit)
        found = answer.hits
        if limit < most and len(found) == limit and found[-1][0] == found[wanted - 1][0]:
            found = self.searcher.search(asked, most, count=False).hits
        if len(found) > wanted:
            last = found[wanted - 1][0]
            found = [hit for hit in found if hit[0] >= last]
        hits = [(number, score, address) for number, (score, address) in self._numbered(found)]
        hits.sort(key=lambda hit: (-hit[1], hit[0]))
        return Best(hits[:wanted], answer.count)

    def _numbered(self, found: list[Any]) -> Iterable[tuple[int, Any]]:
        addresses = [address for _key, address in found]
        numbers: list[Any] = self.searcher.fast_field_values("number", addresses)
        return zip(numbers, found, strict=True)

    def _counts_of(self, query: Query) -> Counts:
        """Count once in the life of a state: whoever turns a page asks the same again."""
        required = tuple(slot for slot in query.slots if slot.required)
        key = (required, query.filters, query.on)
        return self._counts.get(key) or self._counts.put(key, self._count(query))

    def _count(self, query: Query) -> Counts:
        """Count the whole and each facet without its own filter: one run, and one more a filter."""
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
            stars={int(star): number for star, number in codes["star"].items()},
            prices=asking.prices_of(codes["price"]),
        )

    def _ask(self, query: Query, facets: list[str], without: str = "") -> dict[str, Any]:
        asked = self._asking.matching(query, without=without, is_scored=False)
        counting = self._asking.counting(facets, day_number(query.on))
        answer: dict[str, Any] = self.searcher.aggregate(asked, counting)
        return answer


def _is_narrowed(filters: Filters, facet: str) -> bool:
    return filters != asking.filters_but(filters, facet)
