"""Villages to visit, and showrooms with goods that producers left there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.demonstration.bulk import insert_numbered, insert_rows
from app.demonstration.files import both, number_of, printed, public_id, rows
from app.demonstration.register import product_ids
from app.demonstration.shelves import first_sku, receive_all, variants_by_sku
from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.money import Money
from app.foundation.text import sort_key
from app.showrooms.models import Showroom
from app.showrooms.services import NewShowroom, create_showroom
from app.villages.models import Village, VillageProduct

if TYPE_CHECKING:
    from datetime import datetime

    from app.demonstration.files import Row
    from app.demonstration.progress import Tell


def load_villages(*, now: datetime) -> None:
    """Bring the villages, their visits and what is made there."""
    known = set(db.session.scalars(select(Village.slug)))
    products = product_ids()
    said_new = [said for said in rows("villages") if said["key"] not in known]
    ids = insert_numbered(Village, [_village(said, now) for said in said_new])
    links = {
        (village_id, products[public_id(key)])
        for village_id, said in zip(ids, said_new, strict=True)
        for key in said["products"]
    }
    insert_rows(
        VillageProduct,
        [{"village_id": village, "product_id": product} for village, product in sorted(links)],
    )


def load_showrooms(*, now: datetime) -> None:
    """Open the showrooms, each with a shelf."""
    known = set(db.session.scalars(select(Showroom.slug)))
    for said in rows("showrooms"):
        if said["key"] not in known:
            create_showroom(
                NewShowroom(
                    slug=said["key"],
                    name=LocalizedText.of(said["name"]),
                    printed_address=said["address_as_printed"],
                    province_code=said["province_code"],
                    commune_code=said["commune_code"],
                    hours=LocalizedText.of(said["hours"]),
                    source_url=said["source_url"],
                ),
                now=now,
            )


def load_consignments(*, now: datetime, tell: Tell) -> None:
    """Put goods of several producers on the showrooms' shelves."""
    variants = variants_by_sku()
    found = db.session.execute(select(Showroom.slug, Showroom.place_id))
    places = dict(found.all())
    wanted = [
        (
            variants[first_sku(key)],
            places[said["key"]],
            4 + number_of(f"{said['key']}/{key}") % 20,
        )
        for said in rows("showrooms")
        for key in said["stocks"]
        if first_sku(key) in variants
    ]
    receive_all(wanted, now=now, tell=tell)


def _village(said: Row, now: datetime) -> Row:
    visit = said["visit"] or {}
    price = visit.get("price_per_person")
    return {
        "slug": said["key"],
        "name": both(said["name"]),
        "sort_key": sort_key(said["name"]["vi"]),
        "known_for": both(said["known_for"]),
        "province_code": said["province_code"],
        "commune_code": said["commune_code"],
        "printed_origin": printed(said["origin_as_printed"]),
        "recognised_stars": said["recognition"].get("stars"),
        "recognised_year": said["recognition"].get("year"),
        "source_url": said["recognition"]["source_url"],
        "visit": both(visit.get("what")),
        "visit_hours": visit.get("duration_hours"),
        "visit_people": visit.get("max_people"),
        "visit_price": None if price is None else Money(price),
        "created_at": now,
    }
