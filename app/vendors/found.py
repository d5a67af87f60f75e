"""How producers are found: their sitemap, and what their pages tell machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import url_for
from flask_babel import gettext as _

from app.places.queries import commune, province
from app.vendors import queries
from app.vendors.models import ProducerKind
from app.web.formats import localize
from app.web.locale import LANGUAGES, language
from app.web.pictures import picture_view
from app.web.sitemaps import Entry
from app.web.structured import Node, address_data, business_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.vendors.models import Producer

# Those who sell at their own door are a business there; the others are bodies of members.
TYPES: Final[Mapping[ProducerKind, str]] = {
    ProducerKind.ENTERPRISE: "LocalBusiness",
    ProducerKind.FARM: "LocalBusiness",
    ProducerKind.HOUSEHOLD: "LocalBusiness",
}


def entries(offset: int, limit: int) -> Iterable[Entry]:
    """List a stretch of the producers' pages, in one statement."""
    bases = {lang: url_for("vendors.producers", lang=lang) for lang in LANGUAGES}
    return [
        Entry({lang: f"{base}/{slug}" for lang, base in bases.items()})
        for slug in queries.producer_slugs(offset, limit)
    ]


def producer_data(producer: Producer) -> Node:
    """Describe a producer; one that is made up says so, as its page does."""
    lang = language()
    near = commune(producer.commune_code or "")
    far = province(producer.province_code)
    picture = picture_view(producer.photo_key)
    story = localize(producer.story) if producer.story else ""
    made_up = _("Illustrative: this producer is made up for the demonstration.")
    return business_data(
        TYPES.get(producer.kind, "Organization"),
        url=url_for("vendors.producer", slug=producer.slug),
        name=producer.name.in_language(lang),
        description=f"{story} {made_up}".strip() if producer.is_illustrative else story,
        address=address_data(
            region=far.name.in_language(lang) if far else "",
            locality=near.full_name.in_language(lang) if near else "",
        ),
        telephone=producer.phone,
        image=picture.largest if picture else "",
    )
