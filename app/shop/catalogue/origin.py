"""Where a product comes from and when it would be somewhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import url_for

from app.foundation.slots import slot
from app.places.queries import commune, province, province_by_slug, provinces

if TYPE_CHECKING:
    from datetime import date

    from app.programme.models import RegisteredProduct
    from app.shop.catalogue.offers import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """The place of a product: `slug` is its province on the map, `former` are names of before July 2025."""

    slug: str
    province: str
    province_url: str
    commune: str
    former: tuple[str, ...]
    printed: str


class ProvinceChoice(NamedTuple):
    """One line of the list of provinces to send to."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """Where a product is sent from and, when a province is chosen, what sending it there would cost."""

    is_sent: bool
    ships_from: str
    to: str
    destination: str
    estimate: Any


def origin_view(product: RegisteredProduct, lang: str) -> OriginView | None:
    """Prepare the place of a product; none while the places are not loaded."""
    far = province(product.province_code)
    if far is None:
        return None
    near = commune(product.commune_code or "")
    name = far.name.in_language(lang)
    return OriginView(
        slug=far.slug,
        province=name,
        province_url=url_for("catalogue.products", province=far.slug),
        commune=near.full_name.in_language(lang) if near else "",
        former=tuple(one for one in far.former_names if one != far.name["vi"]),
        printed=product.printed_origin or "",
    )


def delivery_view(
    product: RegisteredProduct, choice: Choice, to: str, *, lang: str, on: date
) -> DeliveryView:
    """Ask orders what sending a size would cost; nothing where no province is chosen, or it is not sent."""
    ask = None if choice.is_only_collected else slot("product.estimate")
    origin, chosen = province(product.province_code), province_by_slug(to)
    grams = choice.grams
    return DeliveryView(
        is_sent=not choice.is_only_collected,
        ships_from=origin.name.in_language(lang) if origin else "",
        to=chosen.slug if chosen else "",
        destination=chosen.name.in_language(lang) if chosen else "",
        estimate=ask(product.province_code, chosen.code, grams, on=on) if ask and chosen else None,
    )


def province_choices(lang: str) -> list[ProvinceChoice]:
    """List the provinces to send to."""
    return [ProvinceChoice(one.slug, one.name.in_language(lang)) for one in provinces()]
