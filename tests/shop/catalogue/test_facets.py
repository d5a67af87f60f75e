"""Every count of every facet, against a count of its own."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.foundation.database import db
from app.shop.catalogue import facets
from app.shop.catalogue.models import ProductCard
from app.shop.catalogue.narrowing import PRICE_RANGES, STARS, Filters, Sort
from app.shop.catalogue.queries import card_rows
from tests.shop.catalogue import market
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from flask import Flask

SETS = tuple(market.SETS)


def _fits(card: ProductCard, filters: Filters) -> bool:
    """Read the filters as a person would, without SQL."""
    valid = (
        card.certified_from is not None
        and card.certified_until is not None
        and card.certified_from <= make.TODAY <= card.certified_until
    )
    dong = card.price.dong if card.price else None
    return (
        (not filters.sets or card.set_code in filters.sets)
        and (filters.province is None or card.province_code == filters.province)
        and (filters.star is None or (valid and card.certified_stars == filters.star))
        and (filters.producer_id is None or card.producer_id == filters.producer_id)
        and (filters.price_min is None or (dong is not None and dong >= filters.price_min))
        and (filters.price_max is None or (dong is not None and dong <= filters.price_max))
        and (filters.matched is None or card.product_id in filters.matched)
    )


def _random_filters(luck: random.Random, ids: list[int], producers: list[int]) -> Filters:
    prices = luck.choice([(None, None), *PRICE_RANGES, (100_000, 100_000), (150_000, 400_000)])
    return Filters(
        sets=luck.choice([(), (), SETS[:1], SETS[:2]]),
        province=luck.choice([None, None, *make.PROVINCES]),
        star=luck.choice([None, None, *STARS]),
        producer_id=luck.choice([None, None, None, *producers]),
        price_min=prices[0],
        price_max=prices[1],
        matched=luck.choice([None, None, tuple(luck.sample(ids, 60)), ()]),
    )


@pytest.mark.parametrize("seed", range(3))
def test_every_count_is_what_following_the_choice_would_show(app: Flask, seed: int) -> None:
    producers = [one.id for one in market.fill(150, seed=seed)]
    cards = db.session.query(ProductCard).all()
    luck = random.Random(seed)  # noqa: S311 - the same filters each time

    def direct(filters: Filters) -> int:
        return sum(_fits(card, filters) for card in cards)

    for _ in range(25):
        filters = _random_filters(luck, [card.product_id for card in cards], producers)
        counts = facets.count(filters, today=make.TODAY)

        assert counts.total == direct(filters)
        for code in SETS:
            assert counts.sets.get(code, 0) == direct(replace(filters, sets=(code,)))
        for code in make.PROVINCES:
            assert counts.provinces.get(code, 0) == direct(replace(filters, province=code))
        for star in STARS:
            assert counts.stars.get(star, 0) == direct(replace(filters, star=star))
        for least, most in PRICE_RANGES:
            expected = direct(replace(filters, price_min=least, price_max=most))
            assert counts.prices.get((least, most), 0) == expected


def test_all_counts_come_in_one_statement(app: Flask) -> None:
    market.fill(20)

    with counted_statements() as seen:
        facets.count(Filters(star=4, province="08"), today=make.TODAY)

    assert len(seen) == 1


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_together_show_each_product_once_in_order(app: Flask, sort: Sort) -> None:
    market.fill(70)

    shown = [
        row
        for offset in range(0, 80, 24)
        for row in card_rows(Filters(), sort=sort, offset=offset, limit=24, today=make.TODAY)
    ]

    assert len({row.product_id for row in shown}) == 70
    priced = [row.price.dong for row in shown if row.price]
    if sort is Sort.PRICE_ASC:
        assert priced == sorted(priced)
    if sort is Sort.PRICE_DESC:
        assert priced == sorted(priced, reverse=True)
    if sort in {Sort.PRICE_ASC, Sort.PRICE_DESC}:
        assert all(row.price is None for row in shown[len(priced) :])
    if sort is Sort.NAME:
        assert [row.sort_key for row in shown] == sorted(row.sort_key for row in shown)
    if sort is Sort.NEWEST:
        dated = [row.listed_at for row in shown if row.listed_at]
        assert dated == sorted(dated, reverse=True)
    if sort is Sort.RELEVANCE:
        ranks = [row.rank for row in shown]
        assert ranks == sorted(ranks, reverse=True)


def test_what_a_text_matched_stands_in_the_order_of_the_match(app: Flask) -> None:
    market.fill(10)
    ids = [card.product_id for card in db.session.query(ProductCard).all()]
    wanted = tuple(reversed(ids[2:8]))

    rows = card_rows(
        Filters(matched=wanted), sort=Sort.RELEVANCE, offset=1, limit=3, today=make.TODAY
    )

    assert tuple(row.product_id for row in rows) == wanted[1:4]
