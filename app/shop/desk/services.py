"""One saving of a producer's form: registers, offers, shelves, shows and sells, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.foundation.errors import DomainError, InvalidInputError
from app.programme.services import register_product
from app.shop.catalogue.models import ListingState, NetUnit
from app.shop.catalogue.photos import add_photo
from app.shop.catalogue.services import (
    ListingCommand,
    VariantCommand,
    change_listing,
    create_listing,
    publish_listing,
)
from app.shop.desk.queries import has_product_named
from app.shop.stock.models import PlaceKind
from app.shop.stock.services import adjust, open_place, receive

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.foundation.actors import Actor
    from app.foundation.money import Money
    from app.foundation.picture_store import PreparedPicture
    from app.programme.models import RegisteredProduct
    from app.shop.catalogue.models import Listing, Variant
    from app.vendors.models import Producer

    Texts = Mapping[str, str | None]


class ProductNamedError(DomainError):
    """The producer has registered a product of this name."""

    code = "product_named"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProduct:
    """What is entered in the register first."""

    name: Texts
    set_code: str
    commune_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedSize:
    """One size; what stands on the shelf is counted here only when the size is new."""

    variant_id: int | None
    label: Texts
    net_quantity: int
    net_unit: str
    weight_grams: int
    price: Money
    on_hand: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """How a product is offered, and the photo that comes with it."""

    summary: Texts
    ingredients: Texts
    usage: Texts
    storage: Texts
    shelf_life_days: int | None
    sizes: tuple[OfferedSize, ...]
    alt: Texts
    shown: frozenset[int] = frozenset()  # sizes that the form had; the others are left as they are
    photo: PreparedPicture | None = None
    is_for_sale: bool = False


def register_and_offer(
    producer: Producer, new: NewProduct, offer: Offer, *, actor: Actor, now: datetime
) -> Listing:
    """Enter a product in the register and begin to offer it.

    Raises `ProductNamedError` when it is there already (a form sent twice), and what `register_product`, `create_listing`, `add_photo` and `publish_listing` raise.
    """
    if has_product_named(producer.id, new.name.get("vi") or ""):
        raise ProductNamedError(field="name")
    product = register_product(
        actor=actor,
        name=new.name,
        producer_id=producer.id,
        set_code=new.set_code,
        province_code=producer.province_code,
        commune_code=new.commune_code,
        now=now,
    )
    return offer_product(product, offer, actor=actor, now=now)


def offer_product(
    product: RegisteredProduct, offer: Offer, *, actor: Actor, now: datetime
) -> Listing:
    """Begin to offer a registered product.

    Raises what `create_listing`, `add_photo` and `publish_listing` raise.
    """
    listing = create_listing(_command(product.id, offer, version=None), actor=actor, now=now)
    _finish(listing, offer, actor=actor, now=now)
    return listing


def change_offer(
    listing: Listing, offer: Offer, *, version: int, actor: Actor, now: datetime
) -> None:
    """Rewrite how a product is offered.

    Raises what `change_listing`, `add_photo` and `publish_listing` raise.
    """
    command = _command(listing.product_id, offer, version=version)
    others = tuple(
        _as_it_is(variant)
        for variant in listing.variants
        if variant.is_active and variant.id not in offer.shown
    )
    command = replace(command, variants=command.variants + others)
    change_listing(listing, command, actor=actor, now=now)
    _finish(listing, offer, actor=actor, now=now)


def count_stock(
    listing: Listing, variant_id: int, *, on_hand: int, actor: Actor, now: datetime
) -> None:
    """Write down how many of one size stand on the producer's shelf.

    Raises `StockPromisedError`, `ConflictError`, and `InvalidInputError` for another listing's size.
    """
    if variant_id not in {variant.id for variant in listing.variants if variant.is_active}:
        raise InvalidInputError(field="variant")
    place = open_place(PlaceKind.PRODUCER, listing.producer_id)
    adjust(variant_id, place.id, on_hand=on_hand, actor=actor, now=now)


def _command(product_id: int, offer: Offer, *, version: int | None) -> ListingCommand:
    return ListingCommand(
        product_id=product_id,
        summary=offer.summary,
        ingredients=offer.ingredients,
        usage=offer.usage,
        storage=offer.storage,
        shelf_life_days=offer.shelf_life_days,
        version=version,
        variants=tuple(
            VariantCommand(
                variant_id=size.variant_id,
                label=size.label,
                net_quantity=size.net_quantity,
                net_unit=NetUnit(size.net_unit),
                weight_grams=size.weight_grams,
                price=size.price,
            )
            for size in offer.sizes
        ),
    )


def _as_it_is(variant: Variant) -> VariantCommand:
    return VariantCommand(
        variant_id=variant.id,
        label=variant.label,
        net_quantity=variant.net_quantity,
        net_unit=variant.net_unit,
        weight_grams=variant.weight_grams,
        price=variant.price,
    )


def _finish(listing: Listing, offer: Offer, *, actor: Actor, now: datetime) -> None:
    """Shelve what is new, keep the photo, and sell if asked to."""
    sold = {variant.position: variant for variant in listing.variants if variant.is_active}
    place = open_place(PlaceKind.PRODUCER, listing.producer_id)
    for position, size in enumerate(offer.sizes):
        if size.variant_id is None and size.on_hand:
            variant_id = sold[position].id
            receive(
                variant_id,
                place.id,
                size.on_hand,
                cause=f"opening:{variant_id}",
                actor=actor,
                now=now,
            )
    if offer.photo is not None:
        add_photo(listing, photo=offer.photo, alt=offer.alt, actor=actor, now=now)
    if offer.is_for_sale and listing.state is not ListingState.PUBLISHED:
        publish_listing(listing, actor=actor, now=now)
