"""Writing the catalogue: cards, listings with variants. Photos are written in `photos`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from app.foundation import audit
from app.foundation.actors import Permission, Scope
from app.foundation.clock import local_date
from app.foundation.database import db
from app.foundation.errors import ConflictError, InvalidInputError
from app.foundation.events import emit
from app.foundation.localized import LocalizedText
from app.foundation.money import Money
from app.foundation.outbox import enqueue
from app.foundation.states import move
from app.foundation.text import clean, random_id
from app.programme.queries import product_by_id
from app.shop.catalogue import cards
from app.shop.catalogue.events import ListingChanged
from app.shop.catalogue.models import Listing, ListingState, NetUnit, ProductCard, Variant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ScalarSelect

    from app.foundation.actors import Actor

    SqlNumber = ScalarSelect[int]

PRODUCT_CHANGED: Final = "search.product_changed"
MOST_VARIANTS: Final = 20
LONGEST_SUMMARY: Final = 4_000
LONGEST_LINE: Final = 200
DEAREST: Final = 2_000_000_000
MOST_NET: Final = 1_000_000
HEAVIEST: Final = 1_000_000
LONGEST_SHELF_LIFE: Final = 3_650
LISTING_MOVES: Final[dict[ListingState, frozenset[ListingState]]] = {
    ListingState.DRAFT: frozenset({ListingState.PUBLISHED}),
    ListingState.PUBLISHED: frozenset({ListingState.PAUSED}),
    ListingState.PAUSED: frozenset({ListingState.PUBLISHED}),
}


class ListingExistsError(ConflictError):
    """The product has a listing already."""

    code = "listing_exists"


class NothingToSellError(InvalidInputError):
    """A listing without an active variant cannot be published."""

    code = "nothing_to_sell"


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantCommand:
    """One size or make, as a producer writes it; `variant_id` names one that is there already."""

    label: Mapping[str, str | None]
    net_quantity: int
    net_unit: NetUnit
    weight_grams: int
    price: Money
    variant_id: int | None = None
    sku: str | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingCommand:
    """A listing as a producer writes it; `version` is the one that was read before the change."""

    product_id: int
    summary: Mapping[str, str | None]
    variants: tuple[VariantCommand, ...]
    storage: Mapping[str, str | None] | None = None
    shelf_life_days: int | None = None
    version: int | None = None


def refresh_card(product_id: int, *, now: datetime) -> None:
    """Write a product's card anew from the rows that own its facts, and tell search."""
    refresh_cards([product_id], now=now)


def refresh_cards(product_ids: Sequence[int], *, now: datetime) -> None:
    """Write several cards anew; whether they are in stock is the ledger's word and stays."""
    db.session.flush()
    today = local_date(now)
    known = {
        card.product_id: card
        for card in db.session.scalars(
            select(ProductCard)
            .where(ProductCard.product_id.in_(product_ids))
            .execution_options(populate_existing=True)
        )
    }
    for product_id, values in cards.card_values(product_ids, today=today).items():
        card = known.get(product_id)
        values["is_in_stock"] = bool(card and card.is_in_stock)
        values["rank"] = cards.rank_of(values, today=today)
        if card is None:
            db.session.add(ProductCard(product_id=product_id, **values))
        else:
            for name, value in values.items():
                setattr(card, name, value)
            card.version += 1
        enqueue(PRODUCT_CHANGED, {"product_id": product_id}, now=now)
    db.session.flush()


def mark_availability(listing_id: int, *, is_in_stock: bool, now: datetime) -> None:
    """Let the card say whether any of a listing can be had; nothing happens when it says so already."""
    product_id = db.session.scalar(select(Listing.product_id).where(Listing.id == listing_id))
    card = db.session.get(ProductCard, product_id) if product_id is not None else None
    if card is None or card.is_in_stock == is_in_stock:
        return
    card.is_in_stock = is_in_stock
    values = {column.key: getattr(card, column.key) for column in ProductCard.__table__.columns}
    card.rank = cards.rank_of(values, today=local_date(now))
    card.version += 1
    db.session.flush()
    enqueue(PRODUCT_CHANGED, {"product_id": card.product_id}, now=now)


def write_rating(product_id: int, *, count: SqlNumber, total: SqlNumber) -> None:
    """Let the card show how the product is rated, as reviews count it: `count` and `total` are queries.

    The row is taken first, so that of two who review at once the second counts after the first (S44).
    """
    card = update(ProductCard).where(ProductCard.product_id == product_id)
    said = card.execution_options(synchronize_session=False)
    db.session.flush()
    db.session.execute(said.values(version=ProductCard.version + 1))
    db.session.execute(said.values(rating_count=count, rating_total=total))


def create_listing(command: ListingCommand, *, actor: Actor, now: datetime) -> Listing:
    """Begin to offer a registered product of one's own, as a draft.

    Raises `NotPermittedError`, `ListingExistsError`, and `InvalidInputError` with the field at fault.
    """
    product = product_by_id(command.product_id)
    if product is None or product.producer_id is None:
        raise InvalidInputError(field="product_id")
    actor.must(Permission.LISTING_EDIT, Scope.producer(product.producer_id))
    if db.session.scalar(select(Listing.id).where(Listing.product_id == product.id)):
        raise ListingExistsError(field="product_id")
    listing = Listing(
        product_id=product.id,
        producer_id=product.producer_id,
        summary=localized(command.summary, field="summary", longest=LONGEST_SUMMARY),
        created_at=now,
        changed_at=now,
    )
    _write(listing, command)
    db.session.add(listing)
    note_change(listing, "listing.created", actor=actor, now=now)
    return listing


def change_listing(
    listing: Listing, command: ListingCommand, *, actor: Actor, now: datetime
) -> None:
    """Rewrite a listing's texts and variants.

    A variant that is left out is no longer sold; it stays for the orders that name it. Raises
    `NotPermittedError`, `ConflictError` when somebody changed it since it was read,
    `NothingToSellError`, and `InvalidInputError` with the field at fault.
    """
    actor.must(Permission.LISTING_EDIT, Scope.producer(listing.producer_id))
    if command.version is not None and command.version != listing.version:
        raise ConflictError
    if command.product_id != listing.product_id:
        raise InvalidInputError(field="product_id")
    listing.summary = localized(command.summary, field="summary", longest=LONGEST_SUMMARY)
    _write(listing, command)
    if listing.state is ListingState.PUBLISHED and not sellable(listing):
        raise NothingToSellError(field="variants")
    note_change(listing, "listing.changed", actor=actor, now=now)


def publish_listing(listing: Listing, *, actor: Actor, now: datetime) -> None:
    """Put a listing on sale.

    Raises `NotPermittedError`, `IllegalMoveError`, and `NothingToSellError` without a variant.
    """
    actor.must(Permission.LISTING_EDIT, Scope.producer(listing.producer_id))
    listing.state = move(LISTING_MOVES, listing.state, ListingState.PUBLISHED)
    if not sellable(listing):
        raise NothingToSellError(field="variants")
    note_change(listing, "listing.published", actor=actor, now=now)


def pause_listing(listing: Listing, *, actor: Actor, now: datetime) -> None:
    """Take a listing off sale for a while. Raises `NotPermittedError` and `IllegalMoveError`."""
    actor.must(Permission.LISTING_EDIT, Scope.producer(listing.producer_id))
    listing.state = move(LISTING_MOVES, listing.state, ListingState.PAUSED)
    note_change(listing, "listing.paused", actor=actor, now=now)


def sellable(listing: Listing) -> list[Variant]:
    """List the variants that can be bought while the listing is published."""
    return [one for one in listing.variants if one.is_active]


def localized(text: Mapping[str, str | None], *, field: str, longest: int) -> LocalizedText:
    """Check a text in two languages: Vietnamese must be there. Raises `InvalidInputError`."""
    try:
        cleaned = {lang: clean(text.get(lang) or "") for lang in ("vi", "en")}
    except ValueError as error:
        raise InvalidInputError(field=field) from error
    if not cleaned["vi"] or any(len(one) > longest for one in cleaned.values()):
        raise InvalidInputError(field=field)
    return LocalizedText.of(cleaned)


def _write(listing: Listing, command: ListingCommand) -> None:
    """Take over storage, shelf life and variants."""
    has_storage = command.storage is not None and any(command.storage.values())
    listing.storage = (
        localized(command.storage or {}, field="storage", longest=LONGEST_SUMMARY)
        if has_storage
        else None
    )
    days = command.shelf_life_days
    if days is not None and not _within(days, 1, LONGEST_SHELF_LIFE):
        raise InvalidInputError(field="shelf_life_days")
    listing.shelf_life_days = days
    if len(command.variants) > MOST_VARIANTS:
        raise InvalidInputError(field="variants")
    known = {one.id: one for one in listing.variants}
    kept = set()
    for position, wanted in enumerate(command.variants):
        if wanted.variant_id is not None and wanted.variant_id not in known:
            raise InvalidInputError(field="variants")
        variant = known.get(wanted.variant_id or 0)
        if variant is None:
            variant = Variant(sku=f"CP-{random_id(8).upper()}")
            listing.variants.append(variant)
        _write_variant(variant, wanted)
        variant.position = position
        kept.add(variant.id)
    for variant_id, variant in known.items():
        if variant_id not in kept:
            variant.is_active = False


def _write_variant(variant: Variant, wanted: VariantCommand) -> None:
    if type(wanted.price) is not Money or not 1 <= wanted.price.dong <= DEAREST:
        raise InvalidInputError(field="price")
    if not _within(wanted.net_quantity, 1, MOST_NET):
        raise InvalidInputError(field="net_quantity")
    if not _within(wanted.weight_grams, 1, HEAVIEST):
        raise InvalidInputError(field="weight_grams")
    if wanted.sku:
        sku = clean(wanted.sku)
        if not sku or len(sku) > Variant.sku.type.length:
            raise InvalidInputError(field="sku")
        _must_be_free(sku, variant)
        variant.sku = sku
    variant.label = localized(wanted.label, field="label", longest=LONGEST_LINE)
    variant.net_quantity = wanted.net_quantity
    variant.net_unit = wanted.net_unit
    variant.weight_grams = wanted.weight_grams
    variant.price = wanted.price
    variant.is_active = wanted.is_active


def _must_be_free(sku: str, variant: Variant) -> None:
    with db.session.no_autoflush:
        owner = db.session.scalar(select(Variant.id).where(Variant.sku == sku))
    if owner is not None and owner != variant.id:
        raise InvalidInputError(field="sku")


def _within(value: int, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def note_change(listing: Listing, action: str, *, actor: Actor, now: datetime) -> None:
    """Flush, count the version up, write the trail and the card, tell whoever listens."""
    listing.changed_at = now
    db.session.flush()
    audit.record(action, f"listing:{listing.id}", actor=actor, now=now)
    refresh_card(listing.product_id, now=now)
    emit(ListingChanged(listing_id=listing.id, product_id=listing.product_id, at=now))
