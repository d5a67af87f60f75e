"""A market of many products, made at random and the same each time."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from app.foundation.database import db
from app.foundation.money import Money
from app.foundation.text import slugify, sort_key
from app.programme.models import RegisteredProduct
from app.shop.catalogue.cards import rank_of
from app.shop.catalogue.models import ProductCard
from tests.support import make

if TYPE_CHECKING:
    from app.vendors.models import Producer

NAMES = ("Chè", "Mật ong", "Gốm", "Cà phê", "Nước mắm", "Bánh đa", "Đường thốt nốt")
SETS = {"11": ("I.5", "I"), "04": ("I.2", "I"), "21": ("IV.1", "IV")}
PRICES = (20_000, 99_999, 100_000, 100_001, 200_000, 350_000, 500_000, 900_000)


def fill(count: int, *, seed: int = 1) -> list[Producer]:
    """Put so many products with their cards into the register, and give their producers."""
    luck = random.Random(seed)  # noqa: S311 - the same market each time
    producers = [make.producer(f"HTX {number}") for number in range(4)]
    products, cards = [], []
    for number in range(count):
        set_code = luck.choice(list(SETS))
        producer = luck.choice(producers)
        name = f"{luck.choice(NAMES)} {number}"
        place = luck.choice(list(make.PROVINCES))
        public_id = f"m{seed}x{number:05d}"
        products.append(
            RegisteredProduct(
                public_id=public_id,
                slug=slugify(name),
                name=make.both(name),
                producer_id=producer.id,
                set_code=set_code,
                province_code=place,
                registered_at=make.NOW,
            )
        )
        is_listed = luck.random() < 0.7
        is_certified = luck.random() < 0.6
        begins = make.TODAY - timedelta(days=luck.choice((0, 1, 500, 1_095, 1_096, 1_200, -1)))
        card = {
            "public_id": public_id,
            "slug": slugify(name),
            "name": make.both(name, f"{name} in English"),
            "sort_key": sort_key(name),
            "producer_id": producer.id,
            "producer_name": producer.name,
            "producer_slug": producer.slug,
            "province_code": place,
            "set_code": set_code,
            "group_code": SETS[set_code][0],
            "industry_code": SETS[set_code][1],
            "certified_stars": luck.choice((3, 4, 5)) if is_certified else None,
            "certified_from": begins if is_certified else None,
            "certified_until": begins + timedelta(days=1_095) if is_certified else None,
            "recognised_year": luck.choice((None, 2022, 2024)),
            "is_listed": is_listed,
            "is_in_stock": is_listed and luck.random() < 0.9,
            "variant_id": number if is_listed else None,
            "variant_count": luck.choice((1, 2)) if is_listed else 0,
            "variant_label": make.both("Gói 200 g", "200 g bag") if is_listed else None,
            "price": Money(luck.choice(PRICES)) if is_listed else None,
            "photo_key": luck.choice(("drawn/te/tea~640~332", "drawn/ho/honey~640~332"))
            if is_listed
            else None,
            "listed_at": make.NOW - timedelta(hours=number) if is_listed else None,
        }
        card["rank"] = rank_of(card, today=make.TODAY)
        cards.append(card)
    db.session.add_all(products)
    db.session.flush()
    db.session.add_all(
        ProductCard(product_id=product.id, **card)
        for product, card in zip(products, cards, strict=True)
    )
    db.session.flush()
    return producers
