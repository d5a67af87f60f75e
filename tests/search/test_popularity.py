"""Buyers and visitors make a product popular, and no one of them alone can."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.foundation.clock import now, today
from app.foundation.database import db
from app.foundation.outbox import OutboxMessage, deliver_due
from app.foundation.work import unit_of_work
from app.search import queries
from app.search.jobs import PRODUCT_CHANGED, learn_at_night
from app.search.learning import blended, clickers, count_popularity, keep_popularity, popularity
from app.search.models import SearchClick, SearchPopularity
from app.shop.catalogue.models import ProductCard
from app.shop.orders.models import Order
from app.shop.orders.states import OrderState
from app.shop.orders.together import buyers_by_product
from tests.shop.catalogue.sale import on_sale
from tests.support import make
from tests.support.buying import on_sale as variant_on_sale
from tests.support.buying import placed


def opened(product_id: int, *, visitors: int, day: int = 1, query: str = "chè") -> None:
    """Let visitors of a day have opened a product."""
    with unit_of_work():
        db.session.add_all(
            SearchClick(
                day=make.TODAY - timedelta(days=day),
                visitor=f"visitor-{number}",
                query=query,
                product_id=product_id,
            )
            for number in range(visitors)
        )


def learn() -> list[int]:
    """Do what is done at night."""
    with unit_of_work():
        return keep_popularity(count_popularity(now=make.NOW), now=make.NOW)


def score_of(product_id: int) -> int | None:
    """What has been learnt of a product."""
    return db.session.scalar(
        select(SearchPopularity.score).where(SearchPopularity.product_id == product_id)
    )


@pytest.fixture
def tea(app: Flask) -> int:
    """A product whose index is up to date."""
    with unit_of_work():
        number = on_sale().id
    deliver_due(clock=lambda: make.NOW)
    return number


def messages() -> list[int]:
    """The products that search was told of."""
    return [
        row.payload["product_id"]
        for row in db.session.scalars(select(OutboxMessage))
        if row.topic == PRODUCT_CHANGED and row.done_at is None
    ]


def test_one_visitor_alone_teaches_nothing(tea: int) -> None:
    for day in range(1, 28):
        opened(tea, visitors=1, day=day)
    for query in ("trà", "tea", "shan", "tuyết"):
        opened(tea, visitors=1, query=query)

    assert clickers(make.TODAY - timedelta(days=28)) == {}
    assert learn() == []
    assert score_of(tea) is None


def test_several_visitors_of_a_day_do_and_search_is_told(tea: int) -> None:
    opened(tea, visitors=5)

    changed = learn()
    again = learn()

    assert (changed, again) == ([tea], [])
    assert messages() == [tea]
    assert score_of(tea) == 1_000
    rank = db.session.scalars(select(ProductCard.rank)).one()
    assert queries.documents([tea])[0].popularity == blended(rank, 1_000) > blended(rank, 0)


def test_a_buyer_counts_once_however_often_they_order(app: Flask) -> None:
    variant = variant_on_sale()
    product = db.session.scalars(select(ProductCard.product_id)).one()
    for email in ("lan@example.test", "LAN@example.test", "lan@example.test", "ba@example.test"):
        placed({variant: 1}, email=email)
    cancelled = placed({variant: 1}, email="tu@example.test")
    with unit_of_work():
        db.session.get_one(Order, cancelled.id).state = OrderState.CANCELLED

    counted = buyers_by_product(since=make.NOW - timedelta(days=90))
    learn()
    few = score_of(product)
    placed({variant: 1}, email="nam@example.test")
    learn()

    assert counted == {product: 2}
    assert few is None
    assert score_of(product) == 1_000
    assert buyers_by_product(since=make.NOW + timedelta(days=1)) == {}


def test_what_is_past_is_forgotten(tea: int) -> None:
    opened(tea, visitors=5, day=20)
    learn()

    with unit_of_work():
        later = keep_popularity(
            count_popularity(now=make.NOW + timedelta(days=30)), now=make.NOW + timedelta(days=30)
        )

    assert later == [tea]
    assert score_of(tea) is None
    assert queries.documents([tea])[0].popularity < 1_000


def test_the_night_teaches_and_forgets(tea: int, app: Flask) -> None:
    with unit_of_work():
        db.session.add_all(
            SearchClick(day=day, visitor=f"v{number}", query="chè", product_id=tea)
            for number in range(3)
            for day in (today(), today() - timedelta(days=900))
        )

    done = app.test_cli_runner().invoke(args=["search", "learn"])
    learn_at_night(now())

    db.session.rollback()
    assert done.exit_code == 0
    assert len(list(db.session.scalars(select(SearchClick)))) == 3
    assert score_of(tea) == 1_000


def test_the_busiest_few_do_not_make_all_others_small() -> None:
    visitors = dict.fromkeys(range(1, 200), 10) | {0: 1_000_000}

    scores = popularity({}, visitors)

    assert scores[0] == scores[1] == 1_000


def test_a_buyer_weighs_more_than_a_visitor_and_the_scale_is_flat() -> None:
    scores = popularity({1: 10, 2: 100}, {3: 10, 4: 2, 5: 3})

    assert scores[2] > scores[1] > scores[3] > scores[5] > 0
    assert scores[1] > scores[2] // 2, "ten times the buyers are not ten times the score"
    assert 4 not in scores


@given(
    st.dictionaries(st.integers(1, 50), st.integers(0, 10**6), max_size=50),
    st.dictionaries(st.integers(1, 50), st.integers(0, 10**6), max_size=50),
)
def test_a_score_is_between_one_and_a_thousand(
    buyers: dict[int, int], visitors: dict[int, int]
) -> None:
    for number, score in popularity(buyers, visitors).items():
        assert 1 <= score <= 1_000
        assert max(buyers.get(number, 0), visitors.get(number, 0)) >= 3


@given(st.integers(-10, 10**6), st.integers(0, 1_000))
def test_what_is_blended_is_between_nothing_and_a_thousand(rank: int, score: int) -> None:
    assert 0 <= blended(rank, score) <= 1_000
