"""Made-up products for trying the shop at the size of the country; the same seed makes the same ones."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from app.demonstration import pictures
from app.demonstration.bulk import insert_numbered, insert_rows
from app.demonstration.files import public_id, words_for_names
from app.demonstration.register import DECISION, load_authority, producer_ids
from app.demonstration.shelves import CAUSE, places_of
from app.foundation.clock import local_date
from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.money import Money
from app.foundation.text import slugify, sort_key
from app.places import queries as places
from app.programme.models import Certificate, RegisteredProduct
from app.programme.services import CRITERIA_SET, MONTHS_VALID, months_after
from app.shop.catalogue import cards
from app.shop.catalogue.models import Listing, ListingState, NetUnit, Photo, ProductCard, Variant
from app.shop.stock.models import MovementKind, PlaceKind, StockLevel, StockMovement, StockPlace
from app.vendors.models import Producer, ProducerKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from app.demonstration.files import Row
    from app.demonstration.progress import Tell
    from app.places.queries import CommuneRow

BATCH: Final = 2_000
PRODUCTS_EACH: Final = 6
LISTED_SHARE: Final = 0.9
CERTIFIED_SHARE: Final = 0.7
IN_STOCK_SHARE: Final = 0.92
STARS: Final = (3, 3, 3, 3, 3, 4, 4, 4, 5)
KINDS: Final = (
    (ProducerKind.COOPERATIVE, "Hợp tác xã", "Cooperative"),
    (ProducerKind.ENTERPRISE, "Công ty TNHH", "Co., Ltd."),
    (ProducerKind.HOUSEHOLD, "Hộ kinh doanh", "household business"),
    (ProducerKind.COOPERATIVE_GROUP, "Tổ hợp tác", "cooperative group"),
)
UNITS: Final = {
    NetUnit.GRAM: ("Gói {} g", "{} g pack"),
    NetUnit.MILLILITRE: ("Chai {} ml", "{} ml bottle"),
    NetUnit.PIECE: ("{} chiếc", "set of {}"),
}
SUMMARY: Final = LocalizedText(
    {
        "vi": "Hàng minh họa để thử chợ với nhiều sản phẩm; tên, giá và ảnh đều không có thật.",
        "en": "Made-up goods to try the market with many products; name, price and photo are not real.",
    }
)


@dataclass(frozen=True, slots=True)
class Invented:
    """One made-up product, before it is written down."""

    key: str
    name: LocalizedText
    stem: Row
    commune: CommuneRow
    producer: str
    price: int
    stock: int
    stars: int | None
    age: int


def batches(count: int) -> Iterator[tuple[int, int]]:
    """Cut the work into pieces that one transaction takes."""
    for start in range(0, count, BATCH):
        yield start, min(BATCH, count - start)


def batch(start: int, count: int, number: int, *, now: datetime) -> Callable[[Tell], None]:
    """Prepare one piece: products `start` to `start + count` of the seed `number`."""

    def work(tell: Tell) -> None:
        invented = {public_id(one.key): one for one in invent(range(start, start + count), number)}
        known = set(
            db.session.scalars(
                select(RegisteredProduct.public_id).where(RegisteredProduct.public_id.in_(invented))
            )
        )
        made = [one for public, one in invented.items() if public not in known]
        if made:
            _write(made, now=now, tell=tell)

    return work


def invent(numbers: Sequence[int], number: int) -> list[Invented]:
    """Make products up from stems, qualifiers and communes, each from the seed and its own number."""
    words = words_for_names()
    communes = [row for one in places.provinces() for row in places.communes_of(one.code)]
    return [_invented(at, number, words, communes) for at in numbers]


def _invented(at: int, number: int, words: Row, communes: Sequence[CommuneRow]) -> Invented:
    maker = at // PRODUCTS_EACH
    # A producer's products share its commune, so that is drawn from the producer's own number.
    commune = random.Random(f"{number}:producer:{maker}").choice(communes)  # noqa: S311
    chance = random.Random(f"{number}:product:{at}")  # noqa: S311 - no secret, and repeatable
    stem, qualifier = chance.choice(words["stems"]), chance.choice(words["qualifiers"])
    name = {
        lang: pattern.format(
            stem=stem["name"][lang], qualifier=qualifier[lang], commune=commune.name[lang]
        )
        for lang, pattern in words["pattern"].items()
    }
    is_listed = chance.random() < LISTED_SHARE
    return Invented(
        key=f"invented-{number}-{at}",
        name=LocalizedText({lang: text[:1].upper() + text[1:] for lang, text in name.items()}),
        stem=stem,
        commune=commune,
        producer=f"minh-hoa-{number}-{maker}",
        price=chance.randrange(stem["price_min"], stem["price_max"] + 1) // 1_000 * 1_000
        if is_listed
        else 0,
        stock=chance.randrange(5, 200) if chance.random() < IN_STOCK_SHARE else 0,
        stars=chance.choice(STARS) if chance.random() < CERTIFIED_SHARE else None,
        age=chance.randrange(1_200),
    )


def _write(made: Sequence[Invented], *, now: datetime, tell: Tell) -> None:
    today = local_date(now)
    _write_producers(made, now=now)
    producers = producer_ids()
    ids = insert_numbered(
        RegisteredProduct,
        [
            {
                "public_id": public_id(one.key),
                "slug": slugify(one.name["vi"]),
                "name": one.name,
                "producer_id": producers[one.producer],
                "set_code": one.stem["category"],
                "province_code": one.commune.province_code,
                "commune_code": one.commune.code,
                "is_illustrative": True,
                "registered_at": now,
            }
            for one in made
        ],
    )
    tell(0.2, "made-up products")
    paired = list(zip(ids, made, strict=True))
    authority = load_authority().id
    insert_rows(
        Certificate, [_certificate(one, who, authority, today) for one, who in paired if who.stars]
    )
    tell(0.3, "made-up products")
    stocked = _write_offers(paired, producers, now=now)
    tell(0.6, "made-up products")
    values = cards.card_values(ids, today=today)
    for product_id, card in values.items():
        card["is_in_stock"] = product_id in stocked
        card["rank"] = cards.rank_of(card, today=today)
    insert_rows(ProductCard, [{"product_id": one, **card} for one, card in values.items()])
    db.session.expunge_all()  # thousands of rows were read to write the cards


def _write_producers(made: Sequence[Invented], *, now: datetime) -> None:
    known = set(db.session.scalars(select(Producer.slug)))
    wanted = {one.producer: one.commune for one in made if one.producer not in known}
    rows = []
    for slug, commune in wanted.items():
        chance = random.Random(slug)  # noqa: S311
        kind, vi, en = chance.choice(KINDS)
        name = f"{commune.name['vi']} {slug.rsplit('-', 1)[-1]}"
        rows.append(
            {
                "slug": slug,
                "name": LocalizedText({"vi": f"{vi} {name}", "en": f"{name} {en}"}),
                "kind": kind,
                "sort_key": sort_key(f"{vi} {name}"),
                "province_code": commune.province_code,
                "commune_code": commune.code,
                "is_illustrative": True,
                "created_at": now,
            }
        )
    ids = insert_numbered(Producer, rows)
    insert_rows(StockPlace, [{"kind": PlaceKind.PRODUCER, "owner_id": one} for one in ids])


def _certificate(product_id: int, made: Invented, authority: int, today: date) -> Row:
    issued_on = today - timedelta(days=made.age)
    return {
        "serial": f"MH-{issued_on.year}-{public_id(made.key).upper()}",
        "product_id": product_id,
        "authority_id": authority,
        "stars": made.stars,
        "decision": DECISION,
        "criteria_set": CRITERIA_SET,
        "issued_on": issued_on,
        "expires_on": months_after(issued_on, MONTHS_VALID),
        "is_demonstration": True,
    }


def _write_offers(
    paired: Sequence[tuple[int, Invented]], producers: dict[str, int], *, now: datetime
) -> set[int]:
    """Write listings with sizes, pictures and stock, and tell which products are in stock."""
    offered = [(one, who) for one, who in paired if who.price]
    listings = insert_numbered(
        Listing, [_listing(one, producers[who.producer], who, now) for one, who in offered]
    )
    variants = insert_numbered(
        Variant, [_variant(at, who) for at, (_, who) in zip(listings, offered, strict=True)]
    )
    insert_rows(
        Photo,
        [row for at, (_, who) in zip(listings, offered, strict=True) for row in _photos(at, who)],
    )
    shelves = places_of(PlaceKind.PRODUCER)
    stocked = [
        (variant, one, who)
        for variant, (one, who) in zip(variants, offered, strict=True)
        if who.stock
    ]
    levels = insert_numbered(
        StockLevel,
        [
            {
                "variant_id": variant,
                "place_id": shelves[producers[who.producer]],
                "on_hand": who.stock,
            }
            for variant, _, who in stocked
        ],
    )
    insert_rows(
        StockMovement,
        [
            {
                "level_id": level,
                "kind": MovementKind.RECEIPT,
                "quantity": who.stock,
                "cause": CAUSE,
                "at": now,
            }
            for level, (_, _, who) in zip(levels, stocked, strict=True)
        ],
    )
    return {one for _, one, _ in stocked}


def _listing(product_id: int, producer_id: int, made: Invented, now: datetime) -> Row:
    since = now - timedelta(days=made.age)
    return {
        "product_id": product_id,
        "producer_id": producer_id,
        "state": ListingState.PUBLISHED,
        "summary": SUMMARY,
        "is_illustrative": True,
        "created_at": since,
        "changed_at": since,
    }


def _variant(listing_id: int, made: Invented) -> Row:
    unit = NetUnit(made.stem["net_unit"])
    quantity = made.stem["net_quantity"]
    vi, en = UNITS[unit]
    return {
        "listing_id": listing_id,
        "sku": f"{public_id(made.key).upper()}-1",
        "label": LocalizedText({"vi": vi.format(quantity), "en": en.format(quantity)}),
        "net_quantity": quantity,
        "net_unit": unit,
        "weight_grams": 300 if unit is NetUnit.PIECE else round(quantity * 1.2) + 50,
        "price": Money(max(made.price, 1_000)),
    }


def _photos(listing_id: int, made: Invented) -> list[Row]:
    shown = pictures.like(made.name["vi"], made.stem["category"])
    return pictures.photos(listing_id, made.key, made.name, shown=shown)
