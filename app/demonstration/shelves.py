"""What the demonstration sells: listings, cards and stock, all of it illustrative."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from app.demonstration import pictures
from app.demonstration.bulk import insert_numbered, insert_rows
from app.demonstration.files import both, number_of, public_id, rows
from app.demonstration.register import producer_ids, product_ids
from app.foundation.actors import SYSTEM
from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.money import Money
from app.programme.models import RegisteredProduct
from app.shop.catalogue.models import Listing, ListingState, NetUnit, Photo, ProductCard, Variant
from app.shop.catalogue.services import refresh_card
from app.shop.stock.models import PlaceKind, StockLevel, StockPlace
from app.shop.stock.services import receive

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.demonstration.files import Row
    from app.demonstration.progress import Tell

CAUSE: Final = "demonstration"
DAYS: Final = 300


def load_listings(*, now: datetime) -> None:
    """Put the goods on sale, each with its sizes and a drawn picture."""
    products, producers = product_ids(), producer_ids()
    listed = set(db.session.scalars(select(Listing.product_id)))
    said_new = [
        said
        for said in rows("products")
        if said["listing"] and said["producer"] and products[public_id(said["key"])] not in listed
    ]
    made = []
    for said in said_new:
        since = now - timedelta(days=number_of(said["key"]) % DAYS)
        made.append(
            {
                "product_id": products[public_id(said["key"])],
                "producer_id": producers[said["producer"]],
                "state": ListingState.PUBLISHED,
                "summary": both(said["listing"]["summary"]),
                "ingredients": both(said["listing"]["ingredients"]),
                "usage": both(said["listing"]["usage"]),
                "storage": both(said["listing"]["storage"]),
                "shelf_life_days": said["listing"]["shelf_life_days"],
                "is_illustrative": True,
                "created_at": since,
                "changed_at": since,
            }
        )
    ids = insert_numbered(Listing, made)
    paired = list(zip(ids, said_new, strict=True))
    insert_rows(Variant, [row for one, said in paired for row in _variants(one, said)])
    insert_rows(
        Photo,
        [
            row
            for one, said in paired
            for row in pictures.photos(one, said["key"], LocalizedText.of(said["name"]))
        ],
    )


def load_cards(*, now: datetime, tell: Tell) -> None:
    """Write the card of each product that has none or was drawn before it was on sale."""
    missing = list(
        db.session.scalars(
            select(RegisteredProduct.id)
            .outerjoin(ProductCard, ProductCard.product_id == RegisteredProduct.id)
            .where(ProductCard.product_id.is_(None))
            .order_by(RegisteredProduct.id)
        )
    )
    for at, product_id in enumerate(missing):
        refresh_card(product_id, now=now)
        tell(at / len(missing), "product cards")


def load_stock(*, now: datetime, tell: Tell) -> None:
    """Let the producers' shelves receive what the data says, once."""
    places = places_of(PlaceKind.PRODUCER)
    producers, wanted = producer_ids(), []
    variants = variants_by_sku()
    for said in rows("products"):
        if said["listing"] and said["producer"]:
            place = places[producers[said["producer"]]]
            wanted += [
                (variants[_sku(said, at)], place, size["stock"])
                for at, size in enumerate(said["listing"]["variants"])
            ]
    receive_all(wanted, now=now, tell=tell)


def receive_all(wanted: Iterable[tuple[int, int, int]], *, now: datetime, tell: Tell) -> None:
    """Receive (variant, place, quantity) where that shelf never held the variant."""
    held = {
        (variant, place)
        for variant, place in db.session.execute(select(StockLevel.variant_id, StockLevel.place_id))
    }
    missing = [one for one in wanted if one[2] > 0 and one[:2] not in held]
    for at, (variant_id, place_id, quantity) in enumerate(missing):
        receive(variant_id, place_id, quantity, cause=CAUSE, actor=SYSTEM, now=now)
        tell(at / len(missing), "stock")


def places_of(kind: PlaceKind) -> dict[int, int]:
    """Number the shelves of a kind by their owner."""
    found = db.session.execute(
        select(StockPlace.owner_id, StockPlace.id).where(StockPlace.kind == kind)
    )
    return dict(found.all())


def variants_by_sku() -> dict[str, int]:
    """Number the variants by their article number."""
    found = db.session.execute(select(Variant.sku, Variant.id))
    return dict(found.all())


def first_sku(key: str) -> str:
    """Tell the article number of a product's first size."""
    return f"{public_id(key).upper()}-1"


def _sku(said: Row, at: int) -> str:
    return f"{public_id(said['key']).upper()}-{at + 1}"


def _variants(listing_id: int, said: Row) -> list[Row]:
    return [
        {
            "listing_id": listing_id,
            "sku": _sku(said, at),
            "label": both(size["label"]),
            "net_quantity": size["net_quantity"],
            "net_unit": NetUnit(size["net_unit"]),
            "weight_grams": size["weight_g"],
            "price": Money(size["price"]),
            "position": at,
        }
        for at, size in enumerate(said["listing"]["variants"])
    ]
