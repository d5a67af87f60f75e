"""Ways into the goods by category: what stands above a category's list, and links to the fullest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import url_for

from app.places.queries import provinces
from app.programme.models import CategoryLevel
from app.programme.queries import categories
from app.shop.catalogue.intros import category_intro

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.shop.catalogue.forms import ListQuery
    from app.shop.catalogue.narrowing import Counts
    from app.shop.catalogue.panels import Address

LANDING_PROVINCES: Final = 6
HOME_GROUPS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLanding:
    """What stands above the first page of a category: words, its parts, and where it comes from."""

    about: str
    about_lang: str
    look: str
    look_lang: str
    parts: list[tuple[str, int, str]]
    provinces: list[tuple[str, int, str]]
    sets: tuple[str, ...]


def landing(
    query: ListQuery, counts: Counts, address: Address, *, lang: str
) -> CategoryLanding | None:
    """Introduce a category above its first page; nothing once something else narrows the list."""
    chosen = query.category
    if chosen is None or not query.is_only_its_category:
        return None
    below = [one for one in categories() if one.parent_code == chosen.code]
    is_one = len(below) == 1  # a group of one set is that set
    intro = category_intro(below[0].line if is_one else chosen.line)
    if intro is None:
        return None
    places = [one for one in provinces() if counts.provinces.get(one.code)]
    places.sort(key=lambda one: -counts.provinces[one.code])
    return CategoryLanding(
        about=intro.about.in_language(lang),
        about_lang=intro.about.language(lang),
        look=intro.look.in_language(lang),
        look_lang=intro.look.language(lang),
        parts=[
            (
                one.label.in_language(lang),
                number,
                address.changed(category=one.slug.in_language(lang)),
            )
            for one in ([] if is_one else below)
            if (number := sum(counts.sets.get(code, 0) for code in one.sets))
        ],
        provinces=[
            (
                one.name.in_language(lang),
                counts.provinces[one.code],
                address.changed(province=one.slug),
            )
            for one in places[:LANDING_PROVINCES]
        ],
        sets=chosen.sets or (chosen.code,),
    )


def group_links(counts: Mapping[str, int], *, lang: str) -> list[tuple[str, str, int]]:
    """Link the fullest groups of goods, for the home page."""
    base = url_for("catalogue.products")
    found = [
        (
            one.label.in_language(lang),
            f"{base}?category={one.slug.in_language(lang)}",
            counts[one.code],
        )
        for one in categories()
        if one.level is CategoryLevel.GROUP and counts.get(one.code)
    ]
    return sorted(found, key=lambda item: -item[2])[:HOME_GROUPS]
