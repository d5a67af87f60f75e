"""Lots to trace, for a few products of each kind that has a journey; all of it illustrative."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from app.demonstration.bulk import insert_rows
from app.demonstration.files import number_of, public_id, rows
from app.demonstration.register import product_ids
from app.foundation.clock import local_date
from app.foundation.database import db
from app.shop.catalogue.models import Listing, Lot

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.demonstration.files import Row

EACH: Final = 4  # products of a journey
AGES: Final = (75, 30)  # a product's lots were made about so many days ago


def load_lots(*, now: datetime) -> None:
    """Give lots to some of what is on sale, once."""
    products = product_ids()
    listings = dict(db.session.execute(select(Listing.product_id, Listing.id)).all())
    traced = set(db.session.scalars(select(Lot.listing_id)))
    goods = sorted(
        (said for said in rows("products") if said["listing"]),
        key=lambda said: number_of(f"lot:{said['key']}"),
    )
    made: list[Row] = []
    for journey in rows("journeys"):
        of_kind = [said for said in goods if said["category"] in journey["sets"]]
        for said in of_kind[:EACH]:
            listing_id = listings.get(products[public_id(said["key"])])
            if listing_id is not None and listing_id not in traced:
                made += _lots(listing_id, said, journey, local_date(now))
    insert_rows(Lot, made)


def _lots(listing_id: int, said: Row, journey: Row, today: date) -> list[Row]:
    spread = number_of(said["key"]) % 14
    days = said["listing"]["shelf_life_days"]
    lots = []
    for age in AGES:
        made_on = today - timedelta(days=age + spread)
        lots.append(
            {
                "code": f"{public_id(said['key'])[:5].upper()}-{made_on:%y%m%d}",
                "listing_id": listing_id,
                "made_on": made_on,
                "best_before": made_on + timedelta(days=days) if days else None,
                "steps": [
                    {
                        "title": step["title"],
                        "detail": step["detail"],
                        "on": (made_on + timedelta(days=step["after"])).isoformat(),
                    }
                    for step in journey["steps"]
                ],
                "is_illustrative": True,
            }
        )
    return lots
