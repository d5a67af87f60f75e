"""What buyers and visitors teach: how popular each product is, counted anew each night.

Only people count, never deeds: a buyer counts once for a product in ninety days, a visitor once a
day, and nothing is learned from fewer than three. The scale is logarithmic and its top is that of the
busiest products but for the few that stand far above all others.
"""

from __future__ import annotations

from datetime import timedelta
from math import log1p
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, insert, select

from app.foundation.clock import local_date
from app.foundation.database import db
from app.foundation.outbox import enqueue_all
from app.search.models import SearchClick, SearchPopularity
from app.shop.catalogue.services import PRODUCT_CHANGED
from app.shop.orders.together import buyers_by_product

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

BUYERS_SINCE: Final = timedelta(days=90)
CLICKS_SINCE: Final = timedelta(days=28)
LEAST: Final = 3  # people
A_BUYER: Final = 5  # visitors
MOST: Final = 1_000
CAPPED_SHARE: Final = 0.98
BATCH: Final = 500
HIGHEST_RANK: Final = 12_700  # of a card: on sale, in stock, five stars, a photo, recognised
LEARNT_SHARE: Final = 40  # percent
STEP: Final = 20  # a smaller change is not worth writing to the index


def count_popularity(*, now: datetime) -> dict[int, int]:
    """Count anew how popular each product is; it takes long, so nobody else's writing waits for it."""
    return popularity(
        buyers_by_product(since=now - BUYERS_SINCE), clickers(local_date(now) - CLICKS_SINCE)
    )


def keep_popularity(scores: Mapping[int, int], *, now: datetime) -> list[int]:
    """Keep what was counted, and tell search of the products whose popularity is another; give these."""
    kept: dict[int, int] = dict(
        db.session.execute(select(SearchPopularity.product_id, SearchPopularity.score)).all()
    )
    changed = sorted(
        one
        for one in {*scores, *kept}
        if abs(scores.get(one, 0) - kept.get(one, 0)) >= STEP or (one in scores) != (one in kept)
    )
    if not changed:
        return []
    for start in range(0, len(changed), BATCH):
        some = changed[start : start + BATCH]
        db.session.execute(delete(SearchPopularity).where(SearchPopularity.product_id.in_(some)))
    rows = [{"product_id": one, "score": scores[one]} for one in changed if one in scores]
    if rows:
        db.session.execute(insert(SearchPopularity), rows)
    enqueue_all([(PRODUCT_CHANGED, {"product_id": one}) for one in changed], now=now)
    return changed


def popularity(buyers: Mapping[int, int], visitors: Mapping[int, int]) -> dict[int, int]:
    """Give each product that enough people chose a score from 1 to 1,000."""
    weights = {
        one: A_BUYER * _if_enough(buyers.get(one, 0)) + _if_enough(visitors.get(one, 0))
        for one in {*buyers, *visitors}
    }
    heard = sorted(weight for weight in weights.values() if weight)
    if not heard:
        return {}
    top = heard[min(len(heard) - 1, int(len(heard) * CAPPED_SHARE))]
    return {
        one: max(1, round(MOST * log1p(min(weight, top)) / log1p(top)))
        for one, weight in weights.items()
        if weight
    }


def clickers(since: date) -> dict[int, int]:
    """Count the visitors who opened products from results.

    Across days nobody can tell one visitor from another, so a product counts only with a day on which
    three came, and of each day one visitor is left out: who comes back daily adds nothing.
    """
    daily = (
        select(
            SearchClick.product_id,
            func.count(SearchClick.visitor.distinct()).label("visitors"),
        )
        .where(SearchClick.day >= since)
        .group_by(SearchClick.product_id, SearchClick.day)
        .subquery()
    )
    rows = db.session.execute(
        select(daily.c.product_id, func.sum(daily.c.visitors - 1) + 1)
        .group_by(daily.c.product_id)
        .having(func.max(daily.c.visitors) >= LEAST)
    )
    return {product_id: int(visitors) for product_id, visitors in rows}


def blended(rank: int, score: int) -> int:
    """Mix the place that a product has by its own facts with what people made of it, 0 to 1,000."""
    known = min(max(rank, 0), HIGHEST_RANK) * MOST // HIGHEST_RANK
    return (known * (100 - LEARNT_SHARE) + score * LEARNT_SHARE) // 100


def _if_enough(people: int) -> int:
    return people if people >= LEAST else 0
