"""Filters, counts and orders agree with a plain reading of the rules."""

import pytest

from app.search.engine import SearchEngine
from app.shop.catalogue.narrowing import Filters, Sort
from tests.search.engines.goods import DAY, GOODS, SOON, any_query, ask
from tests.search.engines.oracle import expected_counts, expected_ids, expected_order

ORDERS = (Sort.RELEVANCE, Sort.NEWEST, Sort.PRICE_ASC, Sort.PRICE_DESC)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(sets=("TEA",)),
        Filters(sets=("TEA", "RICE")),
        Filters(sets=("NONE",)),
        Filters(province="48"),
        Filters(province="77"),
        Filters(star=4),
        Filters(star_min=4),
        Filters(star=3, star_min=4),
        Filters(producer_id=3),
        Filters(producer_id=99),
        Filters(price_min=100_000),
        Filters(price_max=100_000),
        Filters(price_min=100_000, price_max=200_000),
        Filters(price_min=0),
        Filters(price_min=300_000, price_max=100_000),
        Filters(price_max=10**17),
        Filters(only=()),
        Filters(only=(7, 14, 21, 999_999)),
        Filters(only=tuple(one.product_id for one in GOODS[:200])),
        Filters(sets=("TEA", "HONEY"), province="01", star_min=3, price_max=500_000),
        Filters(producer_id=1, only=tuple(one.product_id for one in GOODS[::2]), star=5),
    ],
)
@pytest.mark.parametrize("on", [DAY, DAY - SOON, DAY + SOON])
def test_each_filter_leaves_what_fits_it(goods: SearchEngine, filters: Filters, on: object) -> None:
    """With words and without; the first and the last day of a certificate count."""
    for words in ((), ("tra",)):
        query = ask(*words, filters=filters, on=on)
        hits = goods.search(query)
        assert set(hits.ids) == expected_ids(GOODS, query)
        assert hits.counts == expected_counts(GOODS, query)


@pytest.mark.parametrize("seed", range(48))
def test_counts_are_exact_whatever_is_asked(goods: SearchEngine, seed: int) -> None:
    """Each facet is counted without its own filter, and what would leave nothing is left out."""
    query = any_query(seed)
    hits = goods.search(query)

    assert set(hits.ids) == expected_ids(GOODS, query)
    assert hits.counts == expected_counts(GOODS, query)


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("limit", [1, 3, 40, 1_000])
@pytest.mark.parametrize("filters", [Filters(), Filters(star_min=3), Filters(price_min=100_000)])
def test_lists_stand_in_the_order_asked_for(
    goods: SearchEngine, sort: Sort, limit: int, filters: Filters
) -> None:
    """What has no price or was never listed stands last, equal ones in order of id."""
    query = ask(sort=sort, limit=limit, filters=filters)

    assert goods.search(query).ids == expected_order(GOODS, query)[:limit]


@pytest.mark.parametrize("sort", ORDERS[1:])
def test_what_words_find_stands_in_the_order_asked_for(goods: SearchEngine, sort: Sort) -> None:
    """Words choose, the column orders."""
    query = ask("tra", sort=sort)

    assert goods.search(query).ids == expected_order(GOODS, query)
