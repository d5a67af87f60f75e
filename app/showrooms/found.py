"""How showrooms are found: their sitemap, and what their pages tell machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from app.showrooms import queries
from app.showrooms.hours import daily_hours
from app.web.locale import LANGUAGES, language
from app.web.pictures import picture_view
from app.web.sitemaps import Entry
from app.web.structured import Node, address_data, business_data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.showrooms.queries import LocatedShowroom


def entries(offset: int, limit: int) -> Iterable[Entry]:
    """List a stretch of the showrooms' pages, in one statement."""
    bases = {lang: url_for("showrooms.showrooms", lang=lang) for lang in LANGUAGES}
    return [
        Entry({lang: f"{base}/{slug}" for lang, base in bases.items()})
        for slug in queries.showroom_slugs(offset, limit)
    ]


def showroom_data(found: LocatedShowroom, *, are_hours_real: bool) -> Node:
    """Describe a showroom; made-up opening hours are for people, who read that they are."""
    showroom = found.showroom
    picture = picture_view(showroom.photo_key)
    lang = language()
    return business_data(
        "Store",
        url=url_for("showrooms.showroom", slug=showroom.slug),
        name=showroom.name.in_language(lang),
        address=address_data(
            region=found.province_name.in_language(lang),
            locality=found.commune_name.in_language(lang) if found.commune_name else "",
            street=showroom.printed_address,
        ),
        telephone=showroom.phone,
        image=picture.largest if picture else "",
        hours=opening_hours(showroom.hours.in_language(lang)) if are_hours_real else "",
    )


def opening_hours(words: str) -> str:
    """Write hours of every day as machines read them; nothing where they are not that simple."""
    hours = daily_hours(words)
    return f"Mo-Su {hours.opens:%H:%M}-{hours.closes:%H:%M}" if hours else ""
