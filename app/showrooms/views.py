"""What pages show of showrooms: plain values in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from app.shop.orders.views import PickUpPoint
from app.showrooms.queries import LocatedShowroom, showrooms_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.foundation.localized import LocalizedText


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowroomView:
    """One showroom as a page shows it."""

    slug: str
    name: str
    name_lang: str
    address: str
    place: str
    hours: str
    phone: str | None
    offers_pick_up: bool
    source_url: str


@dataclass(frozen=True, slots=True)
class ProvinceOfShowrooms:
    """A heading and the showrooms below it."""

    slug: str
    name: str
    showrooms: list[ShowroomView]


def place_words(province: LocalizedText, commune: LocalizedText | None, lang: str) -> str:
    """Write where something is today: "Phường Hà Giang 1, Tuyên Quang"."""
    parts = [commune.in_language(lang)] if commune else []
    return ", ".join([*parts, province.in_language(lang)])


def showroom_view(found: LocatedShowroom, lang: str) -> ShowroomView:
    """Show one showroom."""
    showroom = found.showroom
    return ShowroomView(
        slug=showroom.slug,
        name=showroom.name.in_language(lang),
        name_lang=showroom.name.language(lang),
        address=showroom.printed_address,
        place=place_words(found.province_name, found.commune_name, lang),
        hours=showroom.hours.in_language(lang),
        phone=showroom.phone,
        offers_pick_up=showroom.offers_pick_up,
        source_url=showroom.source_url,
    )


def by_province(found: Sequence[LocatedShowroom], lang: str) -> list[ProvinceOfShowrooms]:
    """Put showrooms, which come in the order of provinces, under their province."""
    return [
        ProvinceOfShowrooms(slug, name, [showroom_view(one, lang) for one in group])
        for (slug, name), group in groupby(
            found, key=lambda one: (one.province_slug, one.province_name.in_language(lang))
        )
    ]


def pick_up_points(place_ids: Sequence[int], lang: str) -> list[PickUpPoint]:
    """Answer the checkout: which showrooms of these shelves hand orders over."""
    return [
        PickUpPoint(
            place_id=found.showroom.place_id,
            showroom_id=found.showroom.id,
            name=found.showroom.name.in_language(lang),
            address=", ".join(
                (
                    found.showroom.printed_address,
                    place_words(found.province_name, found.commune_name, lang),
                )
            ),
            hours=found.showroom.hours.in_language(lang),
        )
        for found in showrooms_at(place_ids)
    ]
