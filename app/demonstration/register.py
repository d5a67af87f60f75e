"""The register of the demonstration: real names with source and year, certificates of no real authority."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from app.demonstration.bulk import insert_numbered, insert_rows
from app.demonstration.files import both, printed, public_id, rows
from app.foundation.actors import SYSTEM
from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.text import slugify, sort_key
from app.programme import queries as programme
from app.programme.models import (
    Authority,
    Category,
    CategoryLevel,
    Certificate,
    Recognition,
    RegisteredProduct,
)
from app.programme.services import issue_certificate
from app.shop.stock.models import PlaceKind, StockPlace
from app.vendors.models import Producer, ProducerKind

if TYPE_CHECKING:
    from datetime import datetime

AUTHORITY: Final = "demonstration"
DECISION: Final = "Minh họa"


def load_categories() -> None:
    """Bring the 49 categories, parents first."""
    known = set(db.session.scalars(select(Category.code)))
    insert_rows(
        Category,
        [
            {
                "code": said["code"],
                "level": CategoryLevel(said["level"]),
                "parent_code": said["parent"],
                "name": both(said["name"]),
                "label": both(said["label"]),
                "slug": both(said["slug"]),
                "icon": said["icon"],
                "position": position,
            }
            for position, said in enumerate(rows("categories"))
            if said["code"] not in known
        ],
    )
    programme.forget_categories()


def load_authority() -> Authority:
    """Find the authority that issues what only illustrates, or make it."""
    found = db.session.scalar(select(Authority).where(Authority.key == AUTHORITY))
    if found is None:
        found = Authority(
            key=AUTHORITY,
            name=LocalizedText(
                {"vi": "Cơ quan cấp giấy minh họa", "en": "Demonstration authority"}
            ),
            is_demonstration=True,
        )
        db.session.add(found)
        db.session.flush()
    return found


def load_producers(*, now: datetime) -> None:
    """Bring the producers, each with a shelf of its own."""
    known = set(db.session.scalars(select(Producer.slug)))
    made = [
        {
            "slug": said["key"],
            "name": both(said["name"]),
            "kind": ProducerKind(said["kind"]),
            "sort_key": sort_key(said["name"]["vi"]),
            "province_code": said["province_code"],
            "commune_code": said["commune_code"],
            "printed_place": said["place_as_printed"],
            "source_url": said["source_url"],
            "source_year": said["year"],
            "created_at": now,
        }
        for said in rows("producers")
        if said["key"] not in known
    ]
    ids = insert_numbered(Producer, made)
    insert_rows(StockPlace, [{"kind": PlaceKind.PRODUCER, "owner_id": one} for one in ids])


def load_products(*, now: datetime) -> None:
    """Bring the registered products with what their sources reported of them."""
    known = set(db.session.scalars(select(RegisteredProduct.public_id)))
    producers = producer_ids()
    said_new = [said for said in rows("products") if public_id(said["key"]) not in known]
    ids = insert_numbered(
        RegisteredProduct,
        [
            {
                "public_id": public_id(said["key"]),
                "slug": slugify(said["name"]["vi"]),
                "name": both(said["name"]),
                "also_known_as": both(said["also_known_as"]),
                "producer_id": producers[said["producer"]] if said["producer"] else None,
                "set_code": said["category"],
                "province_code": said["province_code"],
                "commune_code": said["commune_code"],
                "printed_origin": printed(said["origin_as_printed"]),
                "registered_at": now,
            }
            for said in said_new
        ],
    )
    insert_rows(
        Recognition,
        [
            {"product_id": product_id, **said["recognition"]}
            for product_id, said in zip(ids, said_new, strict=True)
        ],
    )


def load_certificates(*, now: datetime) -> None:
    """Issue the illustrative certificates, as an office would."""
    authority = load_authority()
    held = {
        (product, issued)
        for product, issued in db.session.execute(
            select(Certificate.product_id, Certificate.issued_on)
        )
    }
    products = {
        product.public_id: product for product in db.session.scalars(select(RegisteredProduct))
    }
    for said in rows("products"):
        product = products[public_id(said["key"])]
        if not said["certified"]:
            continue
        issued_on = date.fromisoformat(said["certified"]["issued_on"])
        if (product.id, issued_on) not in held:
            issue_certificate(
                product,
                actor=SYSTEM,
                authority=authority,
                stars=said["certified"]["stars"],
                decision=DECISION,
                issued_on=issued_on,
                now=now,
            )


def producer_ids() -> dict[str, int]:
    """Number the producers by their key."""
    found = db.session.execute(select(Producer.slug, Producer.id))
    return dict(found.all())


def product_ids() -> dict[str, int]:
    """Number the products by their public id."""
    found = db.session.execute(select(RegisteredProduct.public_id, RegisteredProduct.id))
    return dict(found.all())
