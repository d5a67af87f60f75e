"""The table that puts products side by side: a line for each thing that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext as _
from flask_babel import ngettext

from app.shop.catalogue.offers import PER_WORDS, unit_price
from app.shop.catalogue.views import ProductCard, card_views
from app.shop.saved import queries
from app.shop.saved.views import compare_url
from app.web.formats import dong

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sqlalchemy import Row

    from app.foundation.localized import LocalizedText
    from app.shop.catalogue.models import Listing, Variant

MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """What one product says on a line; nothing when it says nothing."""

    lines: tuple[str, ...] = ()
    lang: str | None = None
    stars: int | None = None

    @classmethod
    def of(cls, text: str, lang: str | None = None) -> Cell:
        """Make a cell of one line of text."""
        return cls((text,) if text else (), lang)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing compared."""

    label: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        """Whether the products do not all say the same."""
        return len({(one.lines, one.stars) for one in self.cells}) > 1


@dataclass(frozen=True, slots=True)
class Column:
    """A product of the table, and the address of the table without it."""

    card: ProductCard
    url_without: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another product that could stand in the table."""

    card: ProductCard
    url: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole page."""

    columns: list[Column]
    lines: list[Line]
    more: list[Suggestion]
    is_whole: bool


def comparison(asked: Sequence[str], *, lang: str, today: date) -> Comparison:
    """Put the first four of the products asked for side by side, in their order."""
    rows = queries.cards_by_public_ids(asked[:MOST])
    ids = [row.public_id for row in rows]
    cards = card_views(rows, lang=lang, today=today)
    return Comparison(
        columns=[
            Column(card, compare_url([one for one in ids if one != card.id])) for card in cards
        ],
        lines=_lines(rows, cards, lang) if rows else [],
        more=_more(rows, ids, lang=lang, today=today) if rows and len(rows) < MOST else [],
        is_whole=len(rows) == len(asked),
    )


def _more(rows: Sequence[Row[Any]], ids: list[str], *, lang: str, today: date) -> list[Suggestion]:
    alike = [one for one in queries.alike(rows[0], limit=2 * MOST) if one.public_id not in ids]
    cards = card_views(alike[:MOST], lang=lang, today=today)
    return [Suggestion(card, compare_url([*ids, card.id])) for card in cards]


def _lines(rows: Sequence[Row[Any]], cards: Sequence[ProductCard], lang: str) -> list[Line]:
    """Write every line on which at least one product says something."""
    listings = queries.listings_of([row.product_id for row in rows])
    offers = [listings.get(row.product_id) for row in rows]
    asked: list[tuple[str, Callable[[ProductCard, Listing | None], Cell]]] = [
        (_("Price"), lambda card, _offer: _price(card)),
        (_("Price per kg or litre"), lambda _card, offer: _unit_prices(offer)),
        (_("Stars"), lambda card, _offer: Cell(stars=card.stars)),
        (_("Rating"), lambda card, _offer: _rating(card)),
        (_("Producer"), lambda card, _offer: Cell.of(card.producer, card.producer_lang)),
        (_("Place"), lambda card, _offer: Cell.of(card.place)),
        (_("Availability"), lambda card, _offer: _availability(card)),
        (_("Sizes"), lambda _card, offer: _sizes(offer, lang)),
        (_("Ingredients"), lambda _card, offer: _text(getattr(offer, "ingredients", None), lang)),
        (_("Storage"), lambda _card, offer: _text(offer.storage if offer else None, lang)),
        (_("Shelf life"), lambda _card, offer: _shelf_life(offer)),
    ]
    lines = [
        Line(label, [cell(card, offer) for card, offer in zip(cards, offers, strict=True)])
        for label, cell in asked
    ]
    return [one for one in lines if any(cell.lines or cell.stars for cell in one.cells)]


def _price(card: ProductCard) -> Cell:
    if card.price is None or not card.is_listed:
        return Cell()
    amount = dong(card.price)
    return Cell.of(_("from %(price)s", price=amount) if card.price_from else amount)


def _rating(card: ProductCard) -> Cell:
    if not card.rating_count:
        return Cell()
    reviews = ngettext("%(num)d review", "%(num)d reviews", card.rating_count)
    return Cell((_("%(mean)s of 5", mean=card.rating), reviews))


def _availability(card: ProductCard) -> Cell:
    if not card.is_listed:
        return Cell.of(_("Not sold here yet"))
    return Cell.of(_("In stock") if card.in_stock else _("Out of stock"))


def _active(listing: Listing | None) -> list[Variant]:
    return [one for one in listing.variants if one.is_active] if listing else []


def _unit_prices(listing: Listing | None) -> Cell:
    """Tell the lowest price of a kilogram or a litre."""
    prices = [
        (price, PER_WORDS[one.net_unit])
        for one in _active(listing)
        if (price := unit_price(one)) is not None
    ]
    if not prices:
        return Cell()
    price, unit = min(prices, key=lambda one: one[0].dong)
    words = _("kg") if unit == "kg" else _("litre")
    return Cell.of(_("%(price)s per %(unit)s", price=dong(price), unit=words))


def _sizes(listing: Listing | None, lang: str) -> Cell:
    return Cell(
        tuple(
            _("%(size)s: %(price)s", size=one.label.in_language(lang), price=dong(one.price))
            for one in _active(listing)
        )
    )


def _text(text: LocalizedText | None, lang: str) -> Cell:
    return Cell.of(text.in_language(lang), text.language(lang)) if text else Cell()


def _shelf_life(listing: Listing | None) -> Cell:
    days = listing.shelf_life_days if listing else None
    return Cell.of(ngettext("%(num)d day", "%(num)d days", days)) if days else Cell()
