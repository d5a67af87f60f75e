"""Two at once: reviews of the same goods, reviews of the same product, reports of the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.foundation.actors import NOBODY
from app.foundation.database import db
from app.shop.reviews.models import Review
from app.shop.reviews.queries import desk
from app.shop.reviews.services.marks import report_review
from app.shop.reviews.services.reviews import write_review
from app.shop.reviews.states import ReviewState
from tests.shop.orders.test_races import together
from tests.shop.reviews.making import bought, card_of, received, reviewed, said
from tests.support.buying import on_sale
from tests.support.make import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask


def writing(order_number: str, rating: int) -> Callable[[], Any]:
    """Review what an order brought."""

    def work() -> None:
        write_review(bought(order_number), said(rating), actor=NOBODY, now=NOW)

    return work


def test_of_eight_equal_reviews_one_row_is_left(app: Flask) -> None:
    one = received()
    number, product_id = one.order.number, one.product_id

    outcomes = together(app, *[writing(number, 5) for _ in range(8)])

    assert set(outcomes) <= {"done", "conflict"}
    assert "done" in outcomes
    assert db.session.query(Review).count() == 1
    assert card_of(product_id) == (1, 5)


def test_eight_buyers_at_once_are_all_counted(app: Flask) -> None:
    variant_id = on_sale(stock=100)
    numbers = [
        received(variant_id, email=f"buyer{at}@example.test").order.number for at in range(8)
    ]

    outcomes = together(app, *[writing(number, 1 + at % 5) for at, number in enumerate(numbers)])

    product_id = db.session.query(Review.product_id).first()
    assert outcomes == ["done"] * 8
    assert product_id is not None
    assert card_of(product_id[0]) == (8, sum(1 + at % 5 for at in range(8)))
    assert desk.breaches() == []


def test_reports_at_once_are_all_counted(app: Flask) -> None:
    review_id, product_id = (one := reviewed()).id, one.product_id

    def reporting(visitor: str) -> Callable[[], None]:
        return lambda: report_review(
            db.session.get_one(Review, review_id), visitor=visitor, now=NOW
        )

    outcomes = together(app, *[reporting(f"net:{at % 4}") for at in range(8)])

    found = db.session.get_one(Review, review_id)
    assert outcomes == ["done"] * 8
    assert (found.state, found.reports) == (ReviewState.PENDING, 4)
    assert card_of(product_id) == (0, 0)
