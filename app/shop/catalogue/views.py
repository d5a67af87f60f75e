"""What pages show of the catalogue: plain values, so that templates only write."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from flask import current_app, request, url_for
from flask_babel import format_decimal
from markupsafe import Markup, escape

from app.foundation.clock import today
from app.places.queries import province
from app.programme.models import CategoryLevel
from app.programme.queries import categories, category_by_slug
from app.shop.catalogue.asking import Ask, answer
from app.shop.catalogue.queries import rows_in_order
from app.web.fragments import Fragment
from app.web.locale import language
from app.web.pictures import picture_view

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.foundation.money import Money
    from app.shop.catalogue.asking import Highlight
    from app.web.pictures import PictureView

NEAREST: Final = 6
WORDS_NEAREST: Final = 6  # of a mistaken address
# Stands in a drawn card where its name belongs; drawn by lot, so that no name can hold it.
_NAME: Final = secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCard:
    """A product in a list, as `components/product_card.html` wants it."""

    id: str
    url: str
    name: str
    name_lang: str
    producer: str
    producer_lang: str
    place: str
    stars: int | None
    recognised_stars: int | None
    recognised_year: int | None
    price: Money | None
    price_from: bool
    unit: str
    picture: PictureView | None
    rating: str
    rating_count: int
    variant_id: int | None
    in_stock: bool
    is_listed: bool
    is_illustrative: bool


class CategoryLink(NamedTuple):
    """A line of the category menu."""

    label: str
    url: str
    icon: str
    active: bool


def product_url(slug: str, public_id: str) -> str:
    """Link the page of a product."""
    return url_for("catalogue.product", path=f"{slug}-{public_id}")


def card_view(row: Any, *, lang: str, today: date, base: str | None = None) -> ProductCard:  # noqa: ANN401
    """Prepare one card from its row; stars only while the certificate is valid.

    `base` is the address of the list, given when many cards are prepared.
    """
    base = base or url_for("catalogue.products")
    begins, ends = row.certified_from, row.certified_until
    is_certified = begins is not None and ends is not None and begins <= today <= ends
    where = province(row.province_code)
    name = row.name
    return ProductCard(
        id=row.public_id,
        url=f"{base}/{row.slug}-{row.public_id}",
        name=name.in_language(lang),
        name_lang=name.language(lang),
        producer=row.producer_name.in_language(lang) if row.producer_name else "",
        producer_lang=row.producer_name.language(lang) if row.producer_name else lang,
        place=where.name.in_language(lang) if where else "",
        stars=row.certified_stars if is_certified else None,
        recognised_stars=row.recognised_stars,
        recognised_year=row.recognised_year,
        price=row.price,
        price_from=row.variant_count > 1,
        unit=row.variant_label.in_language(lang) if row.variant_label else "",
        picture=picture_view(row.photo_key),
        rating=rating_words(row.rating_total, row.rating_count),
        rating_count=row.rating_count,
        variant_id=row.variant_id,
        in_stock=row.is_in_stock,
        is_listed=row.is_listed,
        is_illustrative=row.is_illustrative,
    )


def rating_words(total: int, count: int) -> str:
    """Write the mean of ratings from 1 to 5 with one decimal place, as the page's language does."""
    return str(format_decimal(round(total / count, 1), "0.0")) if count else ""


def card_views(rows: Iterable[Any], *, lang: str, today: date) -> list[ProductCard]:
    """Prepare the cards of a list."""
    base = url_for("catalogue.products")
    return [card_view(row, lang=lang, today=today, base=base) for row in rows]


def category_links() -> list[CategoryLink]:
    """Make the category menu of every page: the industries (answers the slot `page.categories`)."""
    lang = language()
    base = url_for("catalogue.products")
    chosen = None
    if request.endpoint == "catalogue.products":
        chosen = category_by_slug(request.args.get("category", ""))
    return [
        CategoryLink(
            one.label.in_language(lang),
            f"{base}?category={one.slug.in_language(lang)}",
            one.icon,
            chosen is not None and chosen.line[0] == one.code,
        )
        for one in categories()
        if one.level is CategoryLevel.INDUSTRY
    ]


def card_html(
    card: ProductCard,
    heading: int = 2,
    add_form: str | None = None,
    *,
    is_first: bool = False,
    highlight: Highlight | None = None,
) -> Markup:
    """Draw a card, for templates; the same values are drawn once a process.

    The form that adds to the cart sends the heart too, which is empty on every card kept.
    Words of the name that a search matched are marked afterwards, so the drawing is the same for all.
    """
    pieces = highlight(card.name) if highlight else ()
    if not any(is_hit for _text, is_hit in pieces):
        return _drawn(card, heading, add_form, is_first, language(), "")
    drawn = _drawn(card, heading, add_form, is_first, language(), _NAME)
    return Markup(drawn.replace(_NAME, marked_words(pieces), 1))  # noqa: S704 - both are escaped


def marked_words(pieces: Iterable[tuple[str, bool]]) -> Markup:
    """Write a text whose matched pieces are marked."""
    return Markup().join(
        Markup("<mark>{}</mark>").format(text) if is_hit else escape(text)
        for text, is_hit in pieces
    )


@lru_cache(maxsize=4_096)
def _drawn(
    card: ProductCard,
    heading: int,
    add_form: str | None,
    is_first: bool,  # noqa: FBT001 - a part of the key
    lang: str,  # noqa: ARG001
    shown_name: str,
) -> Markup:
    """Draw a card. Everything that it shows is in the key, so that it can never be an old one."""
    component: Any = current_app.jinja_env.get_template("components/product_card.html").module
    html = component.product_card(
        card, heading, add_form, add_form, is_first=is_first, shown_name=shown_name
    )
    return Markup(html)  # noqa: S704 - escaped by Jinja


def nearest_products(text: str, lang: str) -> list[Fragment]:
    """Find what a mistaken address may have meant (answers the slot `problem.suggestions`).

    Robots ask for many pages that are not there, so words are looked for as they stand, few of them and
    nothing counted: at most two questions to an engine, with marks and without (S29).
    """
    day, words = today(), " ".join(text.split()[:WORDS_NEAREST])
    ask = Ask(text=words, limit=NEAREST, lang=lang, today=day, is_literal=True, wants_counts=False)
    ids = answer(ask).ids if words else ()
    cards = card_views(rows_in_order(ids), lang=lang, today=day)
    return [Fragment("catalogue/_nearest.html", cards)] if cards else []
