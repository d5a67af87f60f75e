"""How villages are found: their sitemap, and what their pages tell machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from app.villages import queries
from app.web.locale import LANGUAGES, language
from app.web.pictures import picture_view
from app.web.sitemaps import Entry
from app.web.structured import Node, address_data, business_data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.villages.queries import LocatedVillage


def entries(offset: int, limit: int) -> Iterable[Entry]:
    """List a stretch of the villages' pages, in one statement."""
    bases = {lang: url_for("villages.villages", lang=lang) for lang in LANGUAGES}
    return [
        Entry({lang: f"{base}/{slug}" for lang, base in bases.items()})
        for slug in queries.village_slugs(offset, limit)
    ]


def village_data(found: LocatedVillage) -> Node:
    """Describe a village as a place to visit; nothing here knows of beds, so it is no lodging."""
    village = found.village
    lang = language()
    picture = picture_view(village.photo_key)
    return business_data(
        "TouristAttraction",
        url=url_for("villages.village", slug=village.slug),
        name=village.name.in_language(lang),
        description=village.known_for.in_language(lang),
        address=address_data(
            region=found.province_name.in_language(lang),
            locality=found.commune_name.in_language(lang) if found.commune_name else "",
        ),
        image=picture.largest if picture else "",
    )
