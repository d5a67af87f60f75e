"""Builders: a call mentions what matters to the test, and the rest is made up."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from app.accounts.models import Membership, User
from app.foundation.actors import Actor, Grant, Role, Scope
from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.money import Money
from app.foundation.text import fold, slugify, sort_key
from app.places.models import Commune, CommuneKind, Province, ProvinceKind
from app.programme.models import (
    Authority,
    Category,
    CategoryLevel,
    Certificate,
    Recognition,
    RegisteredProduct,
)
from app.shop.catalogue.models import Listing, ListingState, Lot, NetUnit, Photo, Variant
from app.shop.stock.models import MovementKind, PlaceKind, StockLevel, StockMovement, StockPlace
from app.vendors.models import Producer, ProducerKind

NOW: Final = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY: Final = date(2026, 11, 24)
_numbers = itertools.count(1)

PROVINCES: Final = {"01": "Hà Nội", "08": "Tuyên Quang", "68": "Lâm Đồng"}
COMMUNES: Final = {
    "00004": ("01", "Ba Đình"),
    "00008": ("01", "Ngọc Hà"),
    "00706": ("08", "Hà Giang 1"),
    "22945": ("68", "Phan Thiết"),
}
# (code, level, parent, Vietnamese, English)
CATEGORIES: Final = (
    ("I", CategoryLevel.INDUSTRY, None, "Thực phẩm", "Food"),
    ("I.5", CategoryLevel.GROUP, "I", "Chè", "Tea"),
    ("I.2", CategoryLevel.GROUP, "I", "Thực phẩm thô, sơ chế", "Raw and semi-processed food"),
    ("11", CategoryLevel.SET, "I.5", "Chè tươi, chè chế biến", "Fresh and processed tea"),
    ("04", CategoryLevel.SET, "I.2", "Mật ong", "Honey"),
    ("IV", CategoryLevel.INDUSTRY, None, "Thủ công mỹ nghệ", "Handicrafts"),
    ("IV.1", CategoryLevel.GROUP, "IV", "Thủ công mỹ nghệ gia dụng", "Household handicrafts"),
    ("21", CategoryLevel.SET, "IV.1", "Gốm sứ, mây tre", "Ceramics and wickerwork"),
)


def both(vi: str, en: str | None = None) -> LocalizedText:
    """A text in both languages."""
    return LocalizedText({"vi": vi, "en": en or vi})


def reference_rows() -> None:
    """Rows that every test may count on: three provinces, four communes, eight categories."""
    for code, name in PROVINCES.items():
        db.session.add(
            Province(
                code=code,
                kind=ProvinceKind.CITY if code == "01" else ProvinceKind.PROVINCE,
                name=both(name),
                full_name=both(f"Tỉnh {name}", f"{name} Province"),
                slug=slugify(name),
                sort_key=sort_key(name),
                latitude=21.0,
                longitude=105.8,
            )
        )
    db.session.flush()
    for code, (province, name) in COMMUNES.items():
        db.session.add(
            Commune(
                code=code,
                province_code=province,
                kind=CommuneKind.WARD,
                name=both(name),
                full_name=both(f"Phường {name}", f"{name} Ward"),
                sort_key=sort_key(name),
                folded=fold(name),
                latitude=21.0,
                longitude=105.8,
            )
        )
    for position, (code, level, parent, vi, en) in enumerate(CATEGORIES):
        db.session.add(
            Category(
                code=code,
                level=level,
                parent_code=parent,
                name=both(vi, en),
                label=both(vi, en),
                slug=LocalizedText({"vi": slugify(vi), "en": slugify(en)}),
                icon="leaf",
                position=position,
            )
        )
        db.session.flush()
    db.session.add(
        Authority(
            key="demonstration",
            name=both("Cơ quan cấp giấy minh họa", "Demonstration authority"),
            is_demonstration=True,
        )
    )


def add(row: Any) -> Any:
    """Put a row into the session and give it its number."""
    db.session.add(row)
    db.session.flush()
    return row


def user(role: Role | None = None, scope: Scope | None = None, **values: Any) -> User:
    """Somebody who may sign in, with a role somewhere or none."""
    number = next(_numbers)
    made = User(
        **{
            "email": f"person{number}@example.test",
            "name": f"Person {number}",
            "fs_uniquifier": f"uniquifier-{number}",
            "active": True,
            "confirmed_at": NOW,
            "create_datetime": NOW,
            "language": "vi",
        }
        | values
    )
    if role and scope:
        made.memberships.append(Membership(role=role, scope_kind=scope.kind, scope_key=scope.key))
    add(made)
    return made


def actor(role: Role | None = None, scope: Scope | None = None) -> Actor:
    """Somebody who asks a service."""
    grants = (Grant(role, scope or Scope.territory()),) if role else ()
    return Actor(user_id=None, name="Clerk", grants=grants)


def producer(name: str = "HTX Chè Thử", **values: Any) -> Producer:
    """A producer, with a shelf of its own."""
    number = next(_numbers)
    made = Producer(
        **{
            "slug": f"{slugify(name)}-{number}",
            "name": both(name, f"{name} (English)"),
            "kind": ProducerKind.COOPERATIVE,
            "sort_key": sort_key(name),
            "province_code": "08",
            "commune_code": "00706",
            "created_at": NOW,
        }
        | values
    )
    add(made)
    add(StockPlace(kind=PlaceKind.PRODUCER, owner_id=made.id))
    return made


def registered(
    name: str = "Chè Shan tuyết",
    en: str = "Shan snow tea",
    *,
    by: Producer | None = None,
    **values: Any,
) -> RegisteredProduct:
    """A product of the register."""
    number = next(_numbers)
    made = RegisteredProduct(
        **{
            "public_id": f"p{number:07d}",
            "slug": slugify(name),
            "name": both(name, en),
            "producer_id": by.id if by else None,
            "set_code": "11",
            "province_code": by.province_code if by else "08",
            "commune_code": by.commune_code if by else None,
            "registered_at": NOW,
        }
        | values
    )
    add(made)
    return made


def recognition(
    product: RegisteredProduct, stars: int | None = 4, year: int | None = 2023
) -> Recognition:
    """A star that a source once reported."""
    made = Recognition(
        product_id=product.id, stars=stars, year=year, source_url="https://example.test/source"
    )
    add(made)
    return made


def certificate(product: RegisteredProduct, stars: int = 4, **values: Any) -> Certificate:
    """A certificate valid on the tests' day."""
    number = next(_numbers)
    issued = values.pop("issued_on", TODAY - timedelta(days=200))
    authority = db.session.query(Authority).filter_by(key="demonstration").one()
    made = Certificate(
        **{
            "serial": f"MH-{number:06d}",
            "product_id": product.id,
            "authority_id": authority.id,
            "stars": stars,
            "decision": "01/QĐ-MH",
            "criteria_set": "QD26-2026",
            "issued_on": issued,
            "expires_on": issued + timedelta(days=1_095),
            "is_demonstration": True,
        }
        | values
    )
    add(made)
    return made


def listing(
    product: RegisteredProduct, *, dong: int = 125_000, stock: int = 10, **values: Any
) -> Listing:
    """A published listing with one variant on the producer's shelf. Its card must be refreshed."""
    number = next(_numbers)
    assert product.producer_id is not None
    made = Listing(
        **{
            "product_id": product.id,
            "producer_id": product.producer_id,
            "state": ListingState.PUBLISHED,
            "summary": both("Chè ngon vùng cao.", "Good highland tea."),
            "created_at": NOW,
            "changed_at": NOW,
        }
        | values
    )
    made.variants.append(
        Variant(
            sku=f"SKU-{number}",
            label=both("Gói 200 g", "200 g bag"),
            net_quantity=200,
            net_unit=NetUnit.GRAM,
            weight_grams=250,
            price=Money(dong),
        )
    )
    made.photos.append(
        Photo(key="drawn/te/tea~640~332", alt=both("Gói chè", "A bag of tea"), is_illustrative=True)
    )
    add(made)
    if stock:
        place = (
            db.session.query(StockPlace)
            .filter_by(kind=PlaceKind.PRODUCER, owner_id=product.producer_id)
            .one()
        )
        shelve(made.variants[0], place, stock)
    return made


def lot(listing: Listing, code: str | None = None, **values: Any) -> Lot:
    """A lot of a listing, with two stations on its way."""
    number = next(_numbers)
    made = Lot(
        **{
            "code": code or f"LO-{number:04d}",
            "listing_id": listing.id,
            "made_on": TODAY - timedelta(days=20),
            "best_before": TODAY + timedelta(days=300),
            "steps": [
                {
                    "title": both("Hái chè", "Plucked"),
                    "detail": both("Buổi sáng", "In the morning"),
                    "on": "2026-11-03",
                },
                {"title": {"vi": "Đóng gói"}, "detail": None, "on": None},
            ],
        }
        | values
    )
    add(made)
    return made


def shelve(variant: Variant, place: StockPlace, quantity: int) -> StockLevel:
    """Put goods on a shelf, as a receipt does."""
    level = add(StockLevel(variant_id=variant.id, place_id=place.id, on_hand=quantity))
    add(
        StockMovement(
            level_id=level.id, kind=MovementKind.RECEIPT, quantity=quantity, cause="seed", at=NOW
        )
    )
    made: StockLevel = level
    return made
