"""A product on sale, with its card written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.foundation.database import db
from app.shop.catalogue.models import ProductCard
from app.shop.catalogue.services import mark_availability, refresh_card
from tests.support import make

if TYPE_CHECKING:
    from app.programme.models import RegisteredProduct


def card(product: RegisteredProduct) -> ProductCard:
    """Write a product's card, and give it."""
    refresh_card(product.id, now=make.NOW)
    db.session.flush()
    made = db.session.get(ProductCard, product.id)
    assert made is not None
    return made


def on_sale(
    name: str = "Chè Shan tuyết",
    en: str = "Shan snow tea",
    *,
    stars: int | None = 4,
    dong: int = 125_000,
    **values: Any,
) -> RegisteredProduct:
    """A certified product with a listing that is in stock."""
    product = make.registered(name, en, **({"by": make.producer()} | values))
    if stars:
        make.certificate(product, stars)
    listing = make.listing(product, dong=dong)
    card(product)
    mark_availability(listing.id, is_in_stock=True, now=make.NOW)
    return product


def path_of(product: RegisteredProduct, lang: str = "en") -> str:
    """The path of a product's page."""
    return f"/{lang}/products/{product.slug}-{product.public_id}"
