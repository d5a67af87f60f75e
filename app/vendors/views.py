"""What pages show of producers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.places.queries import place_name
from app.vendors.models import ProducerKind

if TYPE_CHECKING:
    from app.foundation.localized import LocalizedText
    from app.vendors.models import Producer

KINDS: Final[dict[ProducerKind, Any]] = {
    ProducerKind.COOPERATIVE: _l("Cooperative"),
    ProducerKind.COOPERATIVE_GROUP: _l("Cooperative group"),
    ProducerKind.ENTERPRISE: _l("Enterprise"),
    ProducerKind.FARM: _l("Farm"),
    ProducerKind.HOUSEHOLD: _l("Household business"),
    ProducerKind.ASSOCIATION: _l("Association"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducerCard:
    """A producer in a list or a strip."""

    name: str
    name_lang: str
    registered_name: str
    kind_label: str
    place: str
    url: str
    source_year: int | None
    is_illustrative: bool


def producer_card(producer: Producer, *, lang: str) -> ProducerCard:
    """Prepare a producer; its name is in the page's language, the registered one stands beside it."""
    return ProducerCard(
        name=producer.name.in_language(lang),
        name_lang=producer.name.language(lang),
        registered_name=registered_name(producer.name, lang),
        kind_label=str(KINDS[producer.kind]),
        place=place_name(producer.province_code, producer.commune_code, lang),
        url=url_for("vendors.producer", slug=producer.slug),
        source_year=producer.source_year,
        is_illustrative=producer.is_illustrative,
    )


def registered_name(name: LocalizedText, lang: str) -> str:
    """Give the Vietnamese name of the register where the page shows another one."""
    registered = name.in_language("vi")
    return registered if registered != name.in_language(lang) else ""
