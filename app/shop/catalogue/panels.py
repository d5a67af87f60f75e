"""The list's filter panels: facets with counts, chips, sorting, the way through the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.foundation.money import Money
from app.places.queries import provinces
from app.programme.models import CategoryLevel
from app.programme.queries import categories
from app.shop.catalogue.narrowing import PRICE_RANGES, STARS, Sort
from app.shop.catalogue.scopes import Within
from app.web.formats import dong

if TYPE_CHECKING:
    from app.programme.queries import CategoryRow
    from app.shop.catalogue.forms import ListQuery
    from app.shop.catalogue.narrowing import Counts

# A facet with more choices than this shows the first of them and folds the others away.
SHOWN_OPTIONS: Final = 8


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a facet; following it sets the filter, or clears it when it is on."""

    value: str
    label: str
    count: int
    url: str
    active: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of choices."""

    name: str
    title: str
    options: list[Option]

    @property
    def shown(self) -> list[Option]:
        """The choices that are open to see: the first ones, and with them those that are on."""
        return self.options if self._is_short else self.options[:SHOWN_OPTIONS]

    @property
    def more(self) -> list[Option]:
        """The choices that are folded away."""
        return [] if self._is_short else self.options[SHOWN_OPTIONS:]

    @property
    def _is_short(self) -> bool:
        # A tree is never folded: what is open in it says where the reader is.
        return len(self.options) <= SHOWN_OPTIONS + 2 or any(one.depth for one in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it; `name` is its parameter, or what it is of."""

    label: str
    url: str
    name: str = ""


class Address:
    """The list's address, changed one parameter at a time without encoding the others again."""

    def __init__(self, base: str, parameters: dict[str, str]) -> None:
        """Encode each parameter once."""
        self.base = base
        self.parameters = parameters
        self._pairs = {name: f"{name}={quote(value)}" for name, value in parameters.items()}

    def changed(self, **changes: str) -> str:
        """Give the address with some parameters set, or left out when they are empty."""
        pairs = [pair for name, pair in self._pairs.items() if name not in changes]
        pairs += [f"{name}={quote(value)}" for name, value in changes.items() if value]
        return f"{self.base}?{'&'.join(pairs)}" if pairs else self.base


def facets(query: ListQuery, counts: Counts, address: Address, *, lang: str) -> list[Facet]:
    """Prepare the four facets; a choice that would leave nothing is not offered."""
    return [
        Facet("category", _("Category"), category_options(query, counts, address, lang=lang)),
        Facet("province", _("Province"), province_options(query, counts, address, lang=lang)),
        Facet("star", _("Stars"), star_options(query, counts, address)),
        Facet("price", _("Price"), price_options(query, counts, address)),
    ]


def category_options(
    query: ListQuery, counts: Counts, address: Address, *, lang: str
) -> list[Option]:
    """Show the industries, and under the chosen one its groups, and under those their sets."""
    line = query.category.line if query.category else ()
    options = []
    for depth, one in shown_categories(line):
        number = sum(counts.sets.get(code, 0) for code in one.sets)
        active = one.code in line
        if number or active:
            slug = one.slug.in_language(lang)
            up = parent_slug(one, lang) if query.category and one.code == line[-1] else slug
            options.append(
                Option(
                    slug,
                    one.label.in_language(lang),
                    number,
                    address.changed(category=up),
                    active,
                    depth,
                )
            )
    return options


def shown_categories(line: tuple[str, ...]) -> list[tuple[int, CategoryRow]]:
    """List the tree opened along a line, each with its depth."""
    children: dict[str | None, list[CategoryRow]] = {}
    for one in categories():
        children.setdefault(one.parent_code, []).append(one)
    shown: list[tuple[int, CategoryRow]] = []

    def open_under(parent: str | None, depth: int) -> None:
        for one in children.get(parent, ()):
            shown.append((depth, one))
            if one.code in line and one.level is not CategoryLevel.SET:
                open_under(one.code, depth + 1)

    open_under(None, 0)
    return shown


def parent_slug(one: CategoryRow, lang: str) -> str:
    """Tell the address value one step up; nothing above an industry."""
    above = next((row for row in categories() if row.code == one.parent_code), None)
    return above.slug.in_language(lang) if above else ""


def province_options(
    query: ListQuery, counts: Counts, address: Address, *, lang: str
) -> list[Option]:
    """Show the provinces that have something, the fullest first."""
    chosen = query.province.code if query.province else None
    options = [
        Option(
            one.slug,
            one.name.in_language(lang),
            counts.provinces.get(one.code, 0),
            address.changed(province="" if one.code == chosen else one.slug),
            one.code == chosen,
        )
        for one in provinces()
        if counts.provinces.get(one.code, 0) or one.code == chosen
    ]
    return sorted(options, key=lambda option: (not option.active, -option.count))


def star_options(query: ListQuery, counts: Counts, address: Address) -> list[Option]:
    """Show the stars that are valid today."""
    return [
        Option(
            str(stars),
            ngettext("%(num)d star", "%(num)d stars", stars),
            counts.stars.get(stars, 0),
            address.changed(star="" if stars == query.star else str(stars)),
            stars == query.star,
        )
        for stars in STARS
        if counts.stars.get(stars, 0) or stars == query.star
    ]


def price_options(query: ListQuery, counts: Counts, address: Address) -> list[Option]:
    """Show the price ranges."""
    options = []
    for least, most in PRICE_RANGES:
        active = (query.price_min, query.price_max) == (least, most)
        number = counts.prices.get((least, most), 0)
        if number or active:
            url = address.changed(
                price_min="" if active or least is None else str(least),
                price_max="" if active or most is None else str(most),
            )
            value = range_value(least, most)
            options.append(Option(value, price_words(least, most), number, url, active))
    return options


def range_value(least: int | None, most: int | None) -> str:
    """Name a price range among the choices of its facet."""
    return f"{'' if least is None else least}-{'' if most is None else most}"


def price_words(least: int | None, most: int | None) -> str:
    """Write a price range for people."""
    if least is None:
        return str(_("Up to %(price)s", price=dong(Money(most or 0))))
    if most is None:
        return str(_("From %(price)s", price=dong(Money(least))))
    return str(_("%(least)s to %(most)s", least=dong(Money(least)), most=dong(Money(most))))


def chips(query: ListQuery, address: Address, *, lang: str) -> list[Chip]:
    """Show each filter that is on, to be taken off."""
    shown = []
    if query.q:
        words = str(_("“%(words)s”", words=query.q))
        shown.append(Chip(words, address.changed(q="", exact=""), "q"))
    if query.category:
        label = query.category.label.in_language(lang)
        shown.append(Chip(label, address.changed(category=""), "category"))
    if query.province:
        label = query.province.name.in_language(lang)
        shown.append(Chip(label, address.changed(province=""), "province"))
    if query.star:
        label = ngettext("%(num)d star", "%(num)d stars", query.star)
        shown.append(Chip(label, address.changed(star=""), "star"))
    if query.seller:
        label = query.seller.name.in_language("vi")
        shown.append(Chip(label, address.changed(seller=""), "seller"))
    shown += [
        Chip(one.label.in_language(lang), address.changed(**{one.kind: ""}), one.kind)
        for one in query.scopes
    ]
    if query.price_min is not None or query.price_max is not None:
        label = price_words(query.price_min, query.price_max)
        shown.append(Chip(label, address.changed(price_min="", price_max=""), "price"))
    return shown


def within(query: ListQuery, *, lang: str) -> Within | None:
    """Tell whose goods are searched, where they are one place's or one producer's."""
    for one in query.scopes:
        return Within(
            name=one.kind,
            slug=one.slug,
            label=one.label.in_language(lang),
            url=one.url,
            prompt=prompts()[one.kind],
        )
    if query.seller is None:
        return None
    return Within(
        name="seller",
        slug=query.seller.slug,
        label=query.seller.name.in_language(lang),
        url=url_for("vendors.producer", slug=query.seller.slug),
        prompt=prompts()["seller"],
    )


def prompts() -> dict[str, str]:
    """Say what a search field of one producer, showroom or village searches."""
    return {
        "seller": _("Search within this producer"),
        "showroom": _("Search this showroom's shelf"),
        "village": _("Search this village's goods"),
    }


def sort_choices() -> list[tuple[str, str]]:
    """Name the orders of the list."""
    return [
        (Sort.RELEVANCE.value, _("Best match")),
        (Sort.NEWEST.value, _("Newest")),
        (Sort.PRICE_ASC.value, _("Price: low to high")),
        (Sort.PRICE_DESC.value, _("Price: high to low")),
        (Sort.NAME.value, _("Name")),
    ]
