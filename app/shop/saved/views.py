"""What is saved, as pages show it: plain values, so that templates only write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _

from app.programme.queries import product_by_id
from app.shop.catalogue.views import ProductCard, card_view
from app.web.fragments import Fragment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Row

    from app.foundation.localized import LocalizedText
    from app.foundation.money import Money


@dataclass(frozen=True, slots=True)
class Note:
    """What has changed since a product was kept."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One product of a wish list."""

    card: ProductCard
    was: Money | None
    notes: list[Note]
    compare_url: str

    @property
    def can_be_bought(self) -> bool:
        """Whether it goes into a cart with one press."""
        return self.card.is_listed and self.card.in_stock and self.card.variant_id is not None


@dataclass(frozen=True, slots=True)
class WishButtons:
    """The buttons of a product's page."""

    id: str
    name: LocalizedText
    compare_url: str
    target: str


def wish_views(rows: Sequence[Row[Any]], *, lang: str, today: date) -> list[Wish]:
    """Prepare a wish list, each product once."""
    found = {row.product_id: row for row in reversed(rows)}
    return [_wish(row, lang=lang, today=today) for row in reversed(found.values())]


def wish_buttons(product_id: int) -> list[Fragment]:
    """Answer the slot `product.wish`: nothing here is anybody's own, a script fills the heart."""
    product = product_by_id(product_id)
    if product is None:
        return []
    target = request.full_path.rstrip("?")
    buttons = WishButtons(product.public_id, product.name, compare_url([product.public_id]), target)
    return [Fragment("saved/_buttons.html", buttons)]


def compare_url(public_ids: Sequence[str]) -> str:
    """Link products side by side, in their order."""
    base = url_for("saved.compare")
    return f"{base}?ids={','.join(public_ids)}" if public_ids else base


def notes_of(row: Any) -> list[Note]:  # noqa: ANN401 - a row of named columns
    """Tell what has changed: the price in per cent, and whether there is any."""
    if not row.is_listed or row.price is None:
        return [Note(_("No longer sold here"), "bad")] if row.kept_price is not None else []
    notes = []
    percent = _percent(row.kept_price, row.price)
    if percent < 0:
        notes.append(Note(_("Now %(percent)s%% cheaper", percent=-percent), "good"))
    elif percent > 0:
        notes.append(Note(_("Now %(percent)s%% dearer", percent=percent), "warn"))
    if not row.is_in_stock:
        notes.append(Note(_("Out of stock"), "warn"))
    elif not row.was_in_stock and row.kept_price is not None:
        notes.append(Note(_("In stock again"), "good"))
    return notes


def _wish(row: Row[Any], *, lang: str, today: date) -> Wish:
    is_cheaper = row.kept_price is not None and _percent(row.kept_price, row.price) < 0
    return Wish(
        card=card_view(row, lang=lang, today=today),
        was=row.kept_price if is_cheaper else None,
        notes=notes_of(row),
        compare_url=compare_url([row.public_id]),
    )


def _percent(before: Money | None, now: Money | None) -> int:
    """Tell by how many per cent a price has changed; 0 for less than half of one."""
    if before is None or now is None or before.dong <= 0:
        return 0
    change = now.dong - before.dong
    percent = (abs(change) * 100 + before.dong // 2) // before.dong
    return percent if change > 0 else -percent
