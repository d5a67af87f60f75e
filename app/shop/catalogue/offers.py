"""The offer on a product's page: pictures, choices with prices, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.foundation.money import Money
from app.shop.catalogue.models import NetUnit
from app.shop.catalogue.supply import Supply
from app.web.pictures import PictureView, picture_view

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.foundation.localized import LocalizedText
    from app.shop.catalogue.models import Listing, Variant

LOW: Final = 5
MOST: Final = 99
PER: Final = 1_000  # grams in a kilogram, millilitres in a litre
PER_WORDS: Final = {NetUnit.GRAM: "kg", NetUnit.MILLILITRE: "l"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One variant; `left` is told only when few are left, `most` is what one line of a cart takes."""

    variant_id: int
    label: str
    sku: str
    price: Money
    unit_price: Money | None
    unit: str
    grams: int
    is_available: bool
    is_only_collected: bool
    left: int | None
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be bought of a product."""

    summary: LocalizedText
    ingredients: LocalizedText | None
    usage: LocalizedText | None
    storage: LocalizedText | None
    shelf_life_days: int | None
    is_illustrative: bool
    pictures: list[PictureView]
    choices: list[Choice]

    @property
    def first(self) -> Choice:
        """The choice that is on when the page opens: the first that can be had."""
        return next((one for one in self.choices if one.is_available), self.choices[0])

    def choice(self, variant_id: int | None) -> Choice:
        """Find one of the choices; any other number means the first."""
        return next((one for one in self.choices if one.variant_id == variant_id), self.first)

    @property
    def is_available(self) -> bool:
        """Whether anything can be had."""
        return any(one.is_available for one in self.choices)


def offer_view(
    listing: Listing | None,
    available: Mapping[int, Supply] | None,
    *,
    is_in_stock: bool,
    lang: str,
) -> Offer | None:
    """Prepare the offer of a published listing; none without anything to choose.

    `available` tells what can be had of each variant; where nobody counts, the card's word stands.
    """
    variants = [one for one in listing.variants if one.is_active] if listing else []
    if listing is None or not variants:
        return None
    return Offer(
        summary=listing.summary,
        ingredients=listing.ingredients,
        usage=listing.usage,
        storage=listing.storage,
        shelf_life_days=listing.shelf_life_days,
        is_illustrative=listing.is_illustrative,
        pictures=pictures(listing, lang),
        choices=[
            choice(
                one,
                None if available is None else available.get(one.id, Supply()),
                is_in_stock,
                lang,
            )
            for one in variants
        ],
    )


def pictures(listing: Listing, lang: str) -> list[PictureView]:
    """Prepare the photos whose files are there."""
    views = [
        picture_view(
            photo.key,
            alt=photo.alt.in_language(lang),
            alt_lang=photo.alt.language(lang),
            is_illustrative=photo.is_illustrative,
        )
        for photo in listing.photos
    ]
    return [one for one in views if one]


def choice(variant: Variant, supply: Supply | None, is_in_stock: bool, lang: str) -> Choice:  # noqa: FBT001
    """Prepare one variant."""
    return Choice(
        variant_id=variant.id,
        label=variant.label.in_language(lang),
        sku=variant.sku,
        price=variant.price,
        unit_price=unit_price(variant),
        unit=PER_WORDS.get(variant.net_unit, ""),
        grams=variant.weight_grams,
        is_available=is_in_stock if supply is None else supply.most > 0,
        is_only_collected=supply is not None and supply.is_only_collected,
        left=supply.most if supply is not None and 0 < supply.most <= LOW else None,
        most=MOST if supply is None else max(1, min(supply.most, MOST)),
    )


def unit_price(variant: Variant) -> Money | None:
    """Tell the price of a kilogram or a litre, rounded half up to the đồng."""
    if variant.net_unit not in PER_WORDS or variant.net_quantity <= 0:
        return None
    quantity = variant.net_quantity
    return Money((variant.price.dong * PER + quantity // 2) // quantity)
