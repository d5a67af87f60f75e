"""Where goods come from: the map by kind, the list of provinces, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.foundation.slots import slot
from app.foundation.text import sort_key
from app.places.queries import provinces
from app.programme.models import CategoryLevel
from app.programme.queries import categories, category_by_slug
from app.vendors.queries import producers_by_province
from app.web.formats import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.places.queries import ProvinceRow
    from app.programme.queries import CategoryRow
    from app.shop.catalogue.front import HomeParts

PRODUCTS: Final = "products"
PRODUCERS: Final = "producers"
VILLAGES: Final = "villages"
SHOWROOMS: Final = "showrooms"
PLACES: Final = (PRODUCERS, VILLAGES, SHOWROOMS)
ORDERS: Final = ("count", "name")
STEPS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceLink:
    """A province on the map, among the chips and in the table beside it."""

    slug: str
    name: str
    count: int
    url: str
    # What a screen reader and the card on the map say: "Hà Nội: 12 products".
    words: str
    # How dark it is on the map, from 0 to 4.
    step: int


@dataclass(frozen=True, slots=True)
class LegendStep:
    """One shade of the map and the counts that it stands for."""

    step: int
    words: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What the map may count."""

    value: str
    label: str
    icon: str
    category: CategoryRow | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes what the map shows, or the order of the table beside it."""

    label: str
    url: str
    icon: str
    active: bool


def province_links(
    counts: Mapping[str, int], *, lang: str, kind: str = PRODUCTS
) -> list[ProvinceLink]:
    """Prepare every province in the order of the Vietnamese alphabet."""
    base = url_for("catalogue.provinces_page")
    most = max(counts.values(), default=0)
    links = []
    for one in provinces():
        count = counts.get(one.code, 0)
        name = one.name.in_language(lang)
        url = f"{base}/{one.slug}"
        links.append(
            ProvinceLink(
                slug=one.slug,
                name=name,
                count=count,
                url=url,
                words=counted_words(name, count, kind),
                step=step_of(count, most),
            )
        )
    return links


def step_of(count: int, most: int) -> int:
    """Shade a count: nothing is the lightest, the largest the darkest."""
    return -(-count * STEPS // most) if most else 0


def legend(links: Iterable[ProvinceLink]) -> list[LegendStep]:
    """Say which counts each shade stands for."""
    most = max((one.count for one in links), default=0)
    steps = [LegendStep(0, "0")]
    for step in range(1, STEPS + 1):
        least, last = (step - 1) * most // STEPS + 1, step * most // STEPS
        if least <= last:
            words = number(last) if least == last else f"{number(least)}–{number(last)}"
            steps.append(LegendStep(step, words))
    return steps


def counted_words(name: str, count: int, kind: str) -> str:
    """Say how many there are of a kind in a province."""
    if kind == PRODUCERS:
        said = ngettext(
            "%(name)s: %(num)d producer", "%(name)s: %(num)d producers", count, name=name
        )
    elif kind == VILLAGES:
        said = ngettext("%(name)s: %(num)d village", "%(name)s: %(num)d villages", count, name=name)
    elif kind == SHOWROOMS:
        said = ngettext(
            "%(name)s: %(num)d showroom", "%(name)s: %(num)d showrooms", count, name=name
        )
    else:
        said = ngettext("%(name)s: %(num)d product", "%(name)s: %(num)d products", count, name=name)
    return str(said)


def kinds(lang: str) -> list[Kind]:
    """List what the map can count: all products, each industry, and the places to visit."""
    return [
        Kind(PRODUCTS, _("All products"), "layout-grid"),
        *(
            Kind(one.slug.in_language(lang), one.label.in_language(lang), one.icon, one)
            for one in categories()
            if one.level is CategoryLevel.INDUSTRY
        ),
        Kind(PRODUCERS, _("Producers"), "users"),
        Kind(VILLAGES, _("Tourism villages"), "tent-tree"),
        Kind(SHOWROOMS, _("Showrooms"), "store"),
    ]


def chosen_kind(value: str, lang: str) -> Kind | None:
    """Find a kind by its place in the address, a category's in either language."""
    known = {one.value: one for one in kinds(lang)}
    if value in known:
        return known[value]
    category = category_by_slug(value)
    return known.get(category.slug.in_language(lang)) if category else None


def counts_of(kind: Kind, parts: HomeParts) -> dict[str, int]:
    """Count a kind by province."""
    if kind.value not in PLACES:
        return parts.by_province(kind.category.code if kind.category else None)
    if kind.value == PRODUCERS:
        return {one.code: one.count for one in producers_by_province()}
    count = slot(f"map.{kind.value}")
    return {one.code: one.count for one in count()} if count else {}


def map_address(kind: str, order: str) -> str:
    """Link the map of a kind, its table in an order; what is usual is not written."""
    pairs = {"kind": kind if kind != PRODUCTS else "", "order": order if order != "count" else ""}
    written = urlencode({name: value for name, value in pairs.items() if value})
    base = url_for("catalogue.map_page")
    return f"{base}?{written}" if written else base


def kind_choices(chosen: Kind, order: str, lang: str) -> list[Choice]:
    """Offer the other kinds."""
    return [
        Choice(one.label, map_address(one.value, order), one.icon, one.value == chosen.value)
        for one in kinds(lang)
    ]


def in_order(links: list[ProvinceLink], order: str) -> list[ProvinceLink]:
    """Order the table: by name as the links come, or the fullest first."""
    return links if order == "name" else sorted(links, key=lambda one: -one.count)


def by_letter(links: Iterable[ProvinceLink]) -> list[tuple[str, list[ProvinceLink]]]:
    """Put provinces under the first letter of their Vietnamese name; Đ follows D."""
    names = {one.slug: one.name["vi"] for one in provinces()}

    def letter(link: ProvinceLink) -> str:
        return sort_key(names[link.slug][0])[0]

    ordered = sorted(links, key=lambda one: sort_key(names[one.slug]))
    groups = [list(group) for _letter, group in groupby(ordered, key=letter)]
    return [(names[group[0].slug][0].upper(), group) for group in groups]


def former_names(row: ProvinceRow) -> list[str]:
    """Name the provinces that were put together into one on 1 July 2025; none where nothing changed."""
    names = [one.removeprefix("Tỉnh ").removeprefix("Thành phố ") for one in row.former_names]
    return names if len(names) > 1 else []


def kinds_of_province(parts: HomeParts, row: ProvinceRow, lang: str) -> list[tuple[Any, int, str]]:
    """List the groups of goods of a province, the fullest first, each with its link."""
    counts = parts.of_province(row.code)
    base = url_for("catalogue.products")
    found = [
        (
            one,
            counts[one.code],
            f"{base}?category={one.slug.in_language(lang)}&province={row.slug}",
        )
        for one in categories()
        if one.level is CategoryLevel.GROUP and counts.get(one.code)
    ]
    return sorted(found, key=lambda item: -item[1])
