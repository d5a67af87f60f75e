"""Builders of villages and visits."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any, Final

from app.foundation.money import Money
from app.foundation.text import slugify, sort_key
from app.villages.models import Village, VillageProduct, VisitRequest
from tests.support import make

_numbers = itertools.count(1)
DAY: Final = make.TODAY + timedelta(days=30)


def village(name: str = "Bản Thử", **values: Any) -> Village:
    """A village that takes up to twelve people."""
    number = next(_numbers)
    made: Village = make.add(
        Village(
            **{
                "slug": f"{slugify(name)}-{number}",
                "name": make.both(name, f"{name} village"),
                "sort_key": sort_key(name),
                "known_for": make.both("Nhà sàn", "Stilt houses"),
                "province_code": "08",
                "commune_code": "00706",
                "source_url": "https://example.test/village",
                "visit": make.both("Xem làm chè", "See tea being made"),
                "visit_hours": 3,
                "visit_people": 12,
                "visit_price": Money(250_000),
                "host_email": "host@example.test",
                "created_at": make.NOW,
            }
            | values
        )
    )
    return made


def makes(place: Village, product: Any) -> None:
    """Link a product to the village that makes it."""
    make.add(VillageProduct(village_id=place.id, product_id=product.id))


def visit(place: Village, **values: Any) -> VisitRequest:
    """A request that waits for an answer."""
    number = next(_numbers)
    made: VisitRequest = make.add(
        VisitRequest(
            **{
                "number": f"TQ-{number:06d}",
                "village_id": place.id,
                "on_date": DAY,
                "people": 2,
                "name": "Ann Guest",
                "phone": "+84912345678",
                "email": "ann@example.com",
                "language": "en",
                "asked_at": make.NOW,
            }
            | values
        )
    )
    return made
