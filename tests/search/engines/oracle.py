"""What a search must find, narrow, count and order, in plain Python over the documents."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from app.search.documents import SearchDocument
from app.search.engine import Query
from app.search.language.analysis import Slot
from app.shop.catalogue.narrowing import PRICE_RANGES, Counts, Filters, Sort


def expected_ids(goods: Iterable[SearchDocument], query: Query) -> set[int]:
    """Find the products that meet all required slots and fit all filters."""
    return {one.product_id for one in _met(goods, query) if _fits(one, query.filters, query.on)}


def expected_counts(goods: Iterable[SearchDocument], query: Query) -> Counts:
    """Count what each choice leaves, with all filters but its own facet's."""
    met, asked, on = _met(goods, query), query.filters, query.on

    def left(filters: Filters) -> list[SearchDocument]:
        return [one for one in met if _fits(one, filters, on)]

    sets = Counter(one.category_codes[0] for one in left(replace(asked, sets=())))
    provinces = Counter(one.province_code for one in left(replace(asked, province=None)))
    rated = [one for one in left(replace(asked, star=None, star_min=None)) if _is_valid(one, on)]
    priced = left(replace(asked, price_min=None, price_max=None))
    prices = {
        edges: sum(_is_between(one.price, *edges) for one in priced) for edges in PRICE_RANGES
    }
    return Counts(
        total=len(left(asked)),
        sets={code: number for code, number in sets.items() if code},
        provinces={code: number for code, number in provinces.items() if code},
        stars={stars: number for stars, number in Counter(o.stars for o in rated).items() if stars},
        prices={edges: number for edges, number in prices.items() if number},
    )


def expected_order(goods: Iterable[SearchDocument], query: Query) -> tuple[int, ...]:
    """Order by a column; what has no value stands last, equal ones in order of id."""
    found = [one for one in _met(goods, query) if _fits(one, query.filters, query.on)]
    keys: dict[Sort, Callable[[SearchDocument], tuple[int, ...]]] = {
        Sort.RELEVANCE: lambda one: (-one.popularity,),  # when there are no words
        Sort.NEWEST: lambda one: (-one.listed_at,),
        Sort.PRICE_ASC: lambda one: (one.price is None, one.price or 0),
        Sort.PRICE_DESC: lambda one: (one.price is None, -(one.price or 0)),
    }
    key = keys[query.sort]
    return tuple(
        one.product_id for one in sorted(found, key=lambda one: (*key(one), one.product_id))
    )


def _met(goods: Iterable[SearchDocument], query: Query) -> list[SearchDocument]:
    required = [slot for slot in query.slots if slot.required]
    return [one for one in goods if all(_meets(_tokens(one), slot) for slot in required)]


def _tokens(document: SearchDocument) -> set[str]:
    return {token for token, _weight in document.weighted_tokens()}


def _meets(tokens: set[str], slot: Slot) -> bool:
    return any(all(token in tokens for token in way.tokens) for way in slot.alternatives)


def _is_valid(document: SearchDocument, on: date) -> bool:
    from_day, until = document.stars_from, document.stars_until
    return from_day is not None and until is not None and from_day <= on <= until


def _is_between(price: int | None, least: int | None, most: int | None) -> bool:
    if price is None:
        return False
    return (least is None or price >= least) and (most is None or price <= most)


def _fits(one: SearchDocument, asked: Filters, on: date) -> bool:
    is_priced = asked.price_min is not None or asked.price_max is not None
    return all(
        (
            not asked.sets or one.category_codes[0] in asked.sets,
            asked.province is None or one.province_code == asked.province,
            asked.star is None or (one.stars == asked.star and _is_valid(one, on)),
            asked.star_min is None or (one.stars >= asked.star_min and _is_valid(one, on)),
            asked.producer_id is None or one.producer_id == asked.producer_id,
            not is_priced or _is_between(one.price, asked.price_min, asked.price_max),
            asked.only is None or one.product_id in asked.only,
        )
    )
