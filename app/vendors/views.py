"""What pages show of producers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.foundation.errors import InvalidInputError
from app.places.queries import place_name, province
from app.vendors.models import LinkKind, ProducerKind
from app.web.pictures import picture_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.foundation.localized import LocalizedText
    from app.places.queries import ProvinceRow
    from app.vendors.models import Producer, ProducerLink
    from app.web.pictures import PictureView

KINDS: Final[dict[ProducerKind, Any]] = {
    ProducerKind.COOPERATIVE: _l("Cooperative"),
    ProducerKind.COOPERATIVE_GROUP: _l("Cooperative group"),
    ProducerKind.ENTERPRISE: _l("Enterprise"),
    ProducerKind.FARM: _l("Farm"),
    ProducerKind.HOUSEHOLD: _l("Household business"),
    ProducerKind.ASSOCIATION: _l("Association"),
}
# In the order of a value chain: what comes from whom, then what goes to whom.
LINKS: Final[dict[LinkKind, Any]] = {
    LinkKind.HOUSEHOLDS: _l("Households that grow and gather"),
    LinkKind.SUPPLIER: _l("Suppliers"),
    LinkKind.BUYER: _l("Buyers and partners"),
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
    picture: PictureView | None
    products: int = 0
    stars: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One step of a producer's value chain: those who stand there; the producer itself has none."""

    label: str
    links: Sequence[ProducerLink]
    is_self: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducerPage:
    """What a producer's page says beyond its card."""

    province: ProvinceRow | None
    source_url: str | None
    source_name: str | None
    chain: list[ChainStep]
    is_chain_illustrative: bool
    is_team_illustrative: bool


def producer_card(
    producer: Producer, *, lang: str, products: int = 0, stars: int | None = None
) -> ProducerCard:
    """Prepare a producer; its name is in the page's language, the registered one stands beside it.

    `products` and `stars` are what the catalogue counted, where the card shows them.
    """
    return ProducerCard(
        name=producer.name.in_language(lang),
        name_lang=producer.name.language(lang),
        registered_name=registered_name(producer.name, lang),
        kind_label=str(KINDS[producer.kind]),
        place=place_name(producer.province_code, producer.commune_code, lang),
        url=url_for("vendors.producer", slug=producer.slug),
        source_year=producer.source_year,
        is_illustrative=producer.is_illustrative,
        picture=picture_view(producer.photo_key, is_illustrative=True),
        products=products,
        stars=stars,
    )


def producer_page(producer: Producer) -> ProducerPage:
    """Prepare what stands on a producer's page; it was read with its team and links."""
    source = urlsplit((producer.source_url or "").split(" ", 1)[0])
    is_link = source.scheme in {"http", "https"} and bool(source.netloc)
    return ProducerPage(
        province=province(producer.province_code),
        source_url=source.geturl() if is_link else None,
        source_name=source.netloc if is_link else producer.source_url,
        chain=value_chain(producer.links),
        is_chain_illustrative=any(one.is_illustrative for one in producer.links),
        is_team_illustrative=any(one.is_illustrative for one in producer.people),
    )


def value_chain(links: Sequence[ProducerLink]) -> list[ChainStep]:
    """Put a producer between those it takes from and those it gives to; nothing without links."""
    if not links:
        return []
    steps = []
    for kind, label in LINKS.items():
        if kind is LinkKind.BUYER:
            steps.append(ChainStep(label="", links=(), is_self=True))
        standing = [one for one in links if one.kind is kind]
        if standing:
            steps.append(ChainStep(label=str(label), links=standing))
    return steps


def kind_of(value: str) -> ProducerKind | None:
    """Read a kind of an address; none where none is asked for. Raises `InvalidInputError`."""
    try:
        return ProducerKind(value) if value else None
    except ValueError as error:
        raise InvalidInputError(field="kind") from error


def registered_name(name: LocalizedText, lang: str) -> str:
    """Give the Vietnamese name of the register where the page shows another one."""
    registered = name.in_language("vi")
    return registered if registered != name.in_language(lang) else ""
