"""What the shop asks, as queries and counts of tantivy."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from tantivy import FieldType, Index, Occur, Order, Query, Searcher

from app.search import engine
from app.search.engines.packing import day_number
from app.search.engines.tantivy_index import MOST_ID, MOST_VALUE, joined
from app.search.engines.tantivy_kept import Kept
from app.search.language.analysis import Slot
from app.shop.catalogue.narrowing import Filters, Sort, add_step

MOST_STARS: Final = 9
NEVER: Final = 10_000_000  # a day that no calendar has
MOST_CODES: Final = 10_000
KEPT_DAYS: Final = 10
FACETS: Final = {
    "sets": "category",
    "province": "province",
    "star": "star",
    "price": "price_step",
}

Native = Any


class Asking:
    """Turns what the shop asks into queries of one opened index."""

    def __init__(self, opened: Index, searcher: Searcher) -> None:
        """Take the layout from the index, and what can be left out from what is in it."""
        self._schema = opened.schema
        self._searcher = searcher
        self._are_begun: Kept[tuple[bool]] = Kept(KEPT_DAYS)

    def matching(
        self,
        query: engine.Query,
        *,
        without: str = "",
        is_scored: bool = True,
    ) -> Query:
        """Ask for what meets all slots and filters, but for the filter of one facet.

        `is_scored` leaves those that optional words raise, when there are only such words.
        """
        must = [self._of_slot(slot) for slot in query.slots if slot.required]
        more = [self._of_slot(slot) for slot in query.slots if not slot.required]
        more += [self._of_token(pair, engine.PAIR_BOOST) for pair in query.pairs]
        filters = filters_but(query.filters, without)
        narrow = [Query.const_score_query(one, 0.0) for one in self._of_filters(filters, query)]
        parts = [(Occur.Must, one) for one in (*must, *narrow)]
        if is_scored and more:
            # Where words only raise, those that are raised are asked for; the rest has its own order.
            parts += (
                [(Occur.Should, one) for one in more] if must else [(Occur.Must, _any_of(more))]
            )
        if not must and not narrow:
            parts.append((Occur.Must, Query.all_query()))
        return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)

    def of_products(self, numbers: Iterable[int]) -> Query:
        """Ask for products by number."""
        return Query.term_set_query(self._schema, "number", list(numbers))

    def _of_slot(self, slot: Slot) -> Query:
        ways = []
        for way in slot.alternatives:
            tokens = [self._of_token(token, way.boost) for token in dict.fromkeys(way.tokens)]
            if tokens:
                ways.append(_all_of(tokens))
        if not ways:
            return Query.empty_query()
        return ways[0] if len(ways) == 1 else _any_of(ways)

    def _of_token(self, token: str, boost: float) -> Query:
        if not token.isascii():  # nothing is kept by such a token
            return Query.empty_query()
        term = Query.term_query(self._schema, "text", token, index_option="freq")
        return term if boost == 1.0 else Query.boost_query(term, boost)

    def _of_filters(self, filters: Filters, query: engine.Query) -> list[Query]:
        wanted = []
        if filters.sets:
            wanted.append(_any_of([self._code("category", code) for code in filters.sets]))
        if filters.province is not None:
            wanted.append(self._code("province", filters.province))
        if filters.producer_id is not None:
            term = Query.term_query(self._schema, "producer", filters.producer_id, "basic")
            wanted.append(term)
        wanted += [
            self.of_products(some) for some in (filters.only, filters.matched) if some is not None
        ]
        day = day_number(query.on)
        if filters.star is not None:
            wanted += [self._code("star", str(filters.star)), *self._valid(day)]
        if filters.star_min is not None:
            stars = range(max(filters.star_min, 1), MOST_STARS + 1)
            wanted += [_any_of([self._code("star", str(one)) for one in stars]), *self._valid(day)]
        low, high = filters.price_min, filters.price_max
        if low is not None or high is not None:
            start = joined(low or 0, 0)
            stop = joined(MOST_VALUE if high is None or high > MOST_VALUE else high, MOST_ID)
            wanted.append(
                self._between("cheap_first", start, stop if high is None or high >= 0 else -1)
            )
        return wanted

    def counting(self, facets: Iterable[str], day: int) -> dict[str, Native]:
        """Describe what to count. Codes are counted fastest; of stars, those not valid as well."""
        described: dict[str, Native] = {
            facet: {"terms": {"field": FACETS[facet], "size": MOST_CODES}}
            for facet in dict.fromkeys((*facets, "province"))
        }
        if "star" in described:
            over = {"range": {"field": "star_until", "ranges": [{"to": day}]}}
            to_come = {"range": {"field": "star_from", "ranges": [{"from": day + 1}]}}
            described["star"]["aggs"] = (
                {"over": over} if self._all_begun(day) else {"over": over, "to_come": to_come}
            )
        return described

    def _all_begun(self, day: int) -> bool:
        """Tell whether no stars begin after a day, as is usual: then nobody need look at each."""
        known = self._are_begun.get(day)
        if known is None:
            asked = self._between("star_from", day + 1, NEVER)
            found: Native = self._searcher.search(asked, 1, order_by_field="number")
            known = self._are_begun.put(day, (found.count == 0,))
        return known[0]

    def _code(self, field: str, code: str) -> Query:
        return Query.term_query(self._schema, field, code, index_option="basic")

    def _valid(self, day: int) -> list[Query]:
        until = self._between("star_until", day, NEVER)
        return [until] if self._all_begun(day) else [until, self._between("star_from", 0, day)]

    def _between(self, field: str, low: int, high: int) -> Query:
        if low > high:
            return Query.empty_query()
        return Query.range_query(self._schema, field, FieldType.Integer, low, high)


def filters_but(filters: Filters, facet: str) -> Filters:
    """Give the filters with that of one facet off."""
    match facet:
        case "sets":
            return replace(filters, sets=())
        case "province":
            return replace(filters, province=None)
        case "star":
            return replace(filters, star=None, star_min=None)
        case "price":
            return replace(filters, price_min=None, price_max=None)
        case _:
            return filters


def order_of(sort: Sort) -> tuple[str, Order]:
    """Name the column of an order; that of relevance is for what no word tells apart."""
    match sort:
        case Sort.NEWEST:
            return "new_first", Order.Desc
        case Sort.PRICE_ASC:
            return "cheap_first", Order.Asc
        case Sort.PRICE_DESC:
            return "dear_first", Order.Desc
        case _:
            return "popular_first", Order.Desc


def counted(answer: dict[str, Native], facet: str) -> dict[str, int]:
    """Read how many products have each code of a facet; stars count while they are valid."""
    numbers = {
        one["key"]: one["doc_count"]
        - _outside(one, "over", "to")
        - _outside(one, "to_come", "from")
        for one in answer[facet]["buckets"]
    }
    return {code: number for code, number in numbers.items() if number}


def _outside(bucket: dict[str, Native], name: str, edge: str) -> int:
    """Read how many lie on the far side of an edge; the other side is counted with it."""
    sides = bucket[name]["buckets"] if name in bucket else []
    return sum(side["doc_count"] for side in sides if edge in side)


def prices_of(steps: dict[str, int]) -> dict[tuple[int | None, int | None], int]:
    """Add up steps of price to the ranges that hold them."""
    prices: dict[tuple[int | None, int | None], int] = {}
    for step, number in steps.items():
        add_step(prices, int(step), number)
    return prices


def _all_of(parts: list[Query]) -> Query:
    return (
        parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, one) for one in parts])
    )


def _any_of(parts: list[Query]) -> Query:
    return (
        parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Should, one) for one in parts])
    )
