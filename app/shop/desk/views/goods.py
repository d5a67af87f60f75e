"""Goods as the desk shows them, and what an offer says as the form has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.shop.catalogue.models import ListingState
from app.shop.desk.queries import Standing
from app.shop.desk.views.parts import Tab, Tag
from app.web.formats import localize, number, text_language
from app.web.locale import language
from app.web.pictures import picture_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.foundation.money import Money
    from app.programme.queries import CategoryRow
    from app.shop.catalogue.models import Listing, Photo
    from app.shop.desk.queries import GoodsRow, ShelfRow
    from app.web.pictures import PictureView

SIZES: Final = 5
STANDING_LABELS: Final[Mapping[Standing, Any]] = {
    Standing.ALL: _l("All"),
    Standing.PUBLISHED: _l("On sale"),
    Standing.OUT_OF_STOCK: _l("Out of stock"),
    Standing.DRAFT: _l("Draft"),
    Standing.PAUSED: _l("Paused"),
    Standing.UNLISTED: _l("Not listed"),
}
STANDING_TONES: Final[Mapping[Standing, str]] = {
    Standing.PUBLISHED: "good",
    Standing.OUT_OF_STOCK: "bad",
    Standing.DRAFT: "warn",
    Standing.PAUSED: "warn",
    Standing.UNLISTED: "plain",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """One size in the list of goods, with the form that counts it."""

    variant_id: int
    label: str
    price: Money
    on_hand: int
    reserved: int
    fault: str | None
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """One registered product in the list."""

    public_id: str
    name: str
    name_lang: str
    url: str
    tag: Tag
    is_listed: bool
    sizes: Sequence[SizeRow]


@dataclass(frozen=True, slots=True)
class Fault:
    """A count that was refused, with what was typed."""

    variant_id: int
    sentence: str
    typed: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One photo of an offer, with the form of its words."""

    id: int
    shown: PictureView | None
    words: Any
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What a field says now, when somebody else has changed it."""

    label: str
    now: str


def goods_tabs(counts: Mapping[Standing, int], *, current: Standing, producer: str) -> list[Tab]:
    """Draw the tabs of the goods."""
    return [
        Tab(
            str(label),
            url_for("desk.products", show=standing.value, producer=producer),
            number(counts[standing]),
            standing is current,
        )
        for standing, label in STANDING_LABELS.items()
    ]


def goods_row(row: GoodsRow, fault: Fault | None = None) -> Goods:
    """Show a registered product in a list."""
    return Goods(
        public_id=row.product.public_id,
        name=localize(row.product.name),
        name_lang=text_language(row.product.name),
        url=url_for("desk.product", public_id=row.product.public_id),
        tag=listing_tag(row.listing, row.shelf),
        is_listed=row.listing is not None,
        sizes=[size_row(size, fault) for size in row.shelf],
    )


def listing_tag(listing: Listing | None, shelf: Sequence[ShelfRow] = ()) -> Tag:
    """Draw how a product stands in the shop."""
    standing = Standing.UNLISTED if listing is None else Standing(listing.state.value)
    if standing is Standing.PUBLISHED and not any(one.on_hand > one.reserved for one in shelf):
        standing = Standing.OUT_OF_STOCK
    return Tag(str(STANDING_LABELS[standing]), STANDING_TONES[standing])


def size_row(size: ShelfRow, fault: Fault | None = None) -> SizeRow:
    """Show a size with what stands on the shelf."""
    is_faulty = fault is not None and fault.variant_id == size.variant.id
    return SizeRow(
        variant_id=size.variant.id,
        label=localize(size.variant.label),
        price=size.variant.price,
        on_hand=size.on_hand,
        reserved=size.reserved,
        fault=fault.sentence if fault and is_faulty else None,
        typed=fault.typed if fault and is_faulty else str(size.on_hand),
    )


def is_on_sale(listing: Listing | None) -> bool:
    """Whether buyers see a listing."""
    return listing is not None and listing.state is ListingState.PUBLISHED


def photos_of(listing: Listing) -> list[PictureView]:
    """Prepare the photos of an offer for a short look."""
    return [shown for photo in listing.photos if (shown := _shown(photo)) is not None]


def photo_rows(listing: Listing, forms: Mapping[int, Any]) -> list[Picture]:
    """Show each photo of an offer with the form of its words."""
    last = len(listing.photos) - 1
    return [
        Picture(photo.id, _shown(photo), forms[photo.id], at == 0, at == last)
        for at, photo in enumerate(listing.photos)
    ]


def _shown(photo: Photo) -> PictureView | None:
    lang = language()
    return picture_view(
        photo.key,
        alt=photo.alt.in_language(lang),
        alt_lang=photo.alt.language(lang),
        is_illustrative=photo.is_illustrative,
    )


def set_choices(rows: Sequence[CategoryRow]) -> dict[str, list[tuple[str, str]]]:
    """Group the product sets by industry, for a list to choose from."""
    names = {row.code: localize(row.label) for row in rows}
    grouped: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.sets == (row.code,) and len(row.line) > 1:
            grouped.setdefault(names[row.line[0]], []).append((row.code, names[row.code]))
    return grouped


def form_values(listing: Listing) -> dict[str, Any]:
    """Give an offer as the form has it."""
    active = [variant for variant in listing.variants if variant.is_active][:SIZES]
    values: dict[str, Any] = {
        "version": str(listing.version),
        "summary_vi": listing.summary.get("vi", ""),
        "summary_en": listing.summary.get("en", ""),
        "shelf_life_days": str(listing.shelf_life_days or ""),
        "rows": str(max(1, len(active))),
    }
    for name in ("ingredients", "usage", "storage"):
        text: Mapping[str, str] = getattr(listing, name) or {}
        values |= {f"{name}_{lang}": text.get(lang, "") for lang in ("vi", "en")}
    for at, variant in enumerate(active, 1):
        values[f"size_{at}"] = {
            "key": str(variant.id),
            "label_vi": variant.label.get("vi", ""),
            "label_en": variant.label.get("en", ""),
            "net_quantity": str(variant.net_quantity),
            "net_unit": variant.net_unit.value,
            "weight_grams": str(variant.weight_grams),
            "price": str(variant.price.dong),
        }
    return values


def changes_elsewhere(form: Any, listing: Listing) -> list[Change]:  # noqa: ANN401
    """List the fields where what is saved now differs from what was typed."""
    changes = []
    for name, value in form_values(listing).items():
        if name in {"version", "rows"}:
            continue
        if isinstance(value, dict):
            part = form[name].form
            changes += [
                Change(str(part[key].label.text), text)
                for key, text in value.items()
                if key != "key" and _typed(part[key]) != text
            ]
        elif _typed(form[name]) != value:
            changes.append(Change(str(form[name].label.text), value))
    return changes


def _typed(field: Any) -> str:  # noqa: ANN401
    """Give what was typed, an amount as its figures."""
    money = getattr(field, "money", None)
    return str(money.dong) if money else str(field.data or "")
