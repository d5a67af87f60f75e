"""What the programme desk shows: plain values in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.foundation.localized import joined
from app.vendors.models import ProducerKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.foundation.localized import LocalizedText
    from app.office.queries.register import OrganisationRow, Overview, ProductRow

KIND_WORDS: Final[Mapping[ProducerKind, Any]] = {
    ProducerKind.COOPERATIVE: _l("Cooperative"),
    ProducerKind.COOPERATIVE_GROUP: _l("Cooperative group"),
    ProducerKind.ENTERPRISE: _l("Enterprise"),
    ProducerKind.FARM: _l("Farm"),
    ProducerKind.HOUSEHOLD: _l("Household business"),
    ProducerKind.ASSOCIATION: _l("Association"),
}
STARS: Final = (5, 4, 3)


@dataclass(frozen=True, slots=True)
class Tally:
    """A name, how many there are, and the filter that lists them."""

    label: str
    count: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationLine:
    """One organisation of the list."""

    slug: str
    name: str
    kind: str
    place: str
    phone: str | None
    products: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductLine:
    """One registered product of the list; `stars` only of a certificate valid today."""

    public_id: str
    slug: str
    name: str
    name_lang: str
    producer: str
    category: str
    place: str
    stars: int | None
    valid_until: date | None
    recognised_year: int | None
    is_recognised: bool


def kinds(counted: Overview) -> list[Tally]:
    """Count organisations by kind, each kind named even when there is none."""
    return [
        Tally(str(words), counted.organisations.get(kind, 0), kind.value)
        for kind, words in KIND_WORDS.items()
    ]


def certified(counted: Overview) -> list[Tally]:
    """Count the products with a valid certificate by stars."""
    return [Tally("★" * stars, counted.certified.get(stars, 0), str(stars)) for stars in STARS]


def recognised(counted: Overview) -> list[Tally]:
    """Count the products that only a source reports, by the stars that it reports."""
    stated = [
        Tally(_("%(stars)s stars reported", stars=stars), counted.recognised.get(stars, 0), "")
        for stars in STARS
    ]
    rest = sum(count for stars, count in counted.recognised.items() if stars not in STARS)
    return [*stated, Tally(_("Recognised, stars not reported"), rest, "")] if rest else stated


def territory_words(names: list[LocalizedText], lang: str) -> str:
    """Name the territory of a desk."""
    return joined(name.in_language(lang) for name in names) or _("The whole country")


def organisation_line(row: OrganisationRow, lang: str) -> OrganisationLine:
    """Show one organisation."""
    return OrganisationLine(
        slug=row.slug,
        name=row.name.in_language(lang),
        kind=str(KIND_WORDS[row.kind]),
        place=place_words(row.province_name, row.commune_name, lang),
        phone=row.phone,
        products=row.products,
    )


def product_line(row: ProductRow, lang: str) -> ProductLine:
    """Show one product."""
    return ProductLine(
        public_id=row.public_id,
        slug=row.slug,
        name=row.name.in_language(lang),
        name_lang=row.name.language(lang),
        producer=row.producer_name.in_language(lang) if row.producer_name else "",
        category=row.category_label.in_language(lang),
        place=place_words(row.province_name, row.commune_name, lang),
        stars=row.stars,
        valid_until=row.valid_until,
        recognised_year=row.recognised_year,
        is_recognised=row.recognised_year is not None or row.recognised_stars is not None,
    )


def place_words(province: LocalizedText, commune: LocalizedText | None, lang: str) -> str:
    """Write where something is today: "Phường Hà Giang 1, Tuyên Quang"."""
    parts = [commune.in_language(lang)] if commune else []
    return joined([*parts, province.in_language(lang)])
