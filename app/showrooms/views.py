"""What pages show of showrooms: plain values in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from flask import url_for
from flask_babel import format_time, ngettext
from flask_babel import gettext as _

from app.foundation.clock import VIETNAM, now
from app.foundation.localized import DEFAULT_LANGUAGE, InLanguage
from app.places.links import map_search
from app.places.queries import place_name
from app.programme.queries import category
from app.shop.catalogue.scopes import Scope
from app.shop.orders.views import PickUpPoint
from app.showrooms.hours import daily_hours
from app.showrooms.queries import (
    LocatedShowroom,
    public_near,
    public_of_producer,
    shelf_of,
    showrooms_at,
)
from app.web.fragments import Fragment
from app.web.pictures import picture_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, time

    from app.places.queries import ProvinceCount
    from app.showrooms.models import Showroom
    from app.web.pictures import PictureView

BESIDE: Final = 3


class Opening(NamedTuple):
    """Whether a door is open, and until or from when."""

    is_open: bool
    words: str


@dataclass(frozen=True, slots=True)
class ShelfChoice:
    """A product group by which a shelf may be narrowed."""

    code: str
    label: str
    count: int
    url: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowroomView:
    """One showroom as a page shows it."""

    slug: str
    url: str
    name: str
    name_lang: str
    address: str
    place: str
    province: str
    province_code: str
    province_slug: str
    hours: str
    opening: Opening | None
    picture: PictureView | None
    has_it: bool
    map_url: str
    phone: str | None
    offers_pick_up: bool
    source_url: str


@dataclass(frozen=True, slots=True)
class NearbyLink:
    """A showroom near a product or a producer; `is_pick_up` where the product can be collected now."""

    icon: str
    url: str
    label: str
    is_pick_up: bool = False


@dataclass(frozen=True, slots=True)
class ProvinceOfShowrooms:
    """A heading and the showrooms below it."""

    slug: str
    name: str
    showrooms: list[ShowroomView]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """A province on the map of showrooms."""

    slug: str
    name: str
    count: int
    url: str
    words: str
    step: int


def opening(words: str, now: datetime) -> Opening | None:
    """Tell whether a door is open now; nothing where the hours cannot be read."""
    hours = daily_hours(words)
    if hours is None:
        return None
    if hours.is_open(now.astimezone(VIETNAM)):
        return Opening(
            is_open=True, words=_("Open now, until %(time)s", time=clock_words(hours.closes))
        )
    return Opening(
        is_open=False, words=_("Closed now, opens at %(time)s", time=clock_words(hours.opens))
    )


def clock_words(at: time) -> str:
    """Write a time of day as the page's language does."""
    return str(format_time(at, "short", rebase=False))


def place_of(showroom: Showroom, lang: str) -> str:
    """Write where a showroom stands today: "Phường Hà Giang 1, Tuyên Quang"."""
    return place_name(showroom.province_code, showroom.commune_code, lang)


def showroom_view(
    found: LocatedShowroom, lang: str, now: datetime, *, has_it: bool = False
) -> ShowroomView:
    """Show one showroom; `has_it` where it holds what the page is about."""
    showroom = found.showroom
    hours = showroom.hours.in_language(lang)
    return ShowroomView(
        slug=showroom.slug,
        url=url_for("showrooms.showroom", slug=showroom.slug),
        name=showroom.name.in_language(lang),
        name_lang=showroom.name.language(lang),
        address=showroom.printed_address,
        place=place_of(showroom, lang),
        province_code=showroom.province_code,
        province=found.province_name.in_language(lang),
        province_slug=found.province_slug,
        hours=hours,
        opening=opening(hours, now),
        picture=picture_view(showroom.photo_key, is_illustrative=True),
        has_it=has_it,
        map_url=map_search(f"{showroom.printed_address}, {place_of(showroom, 'vi')}"),
        phone=showroom.phone,
        offers_pick_up=showroom.offers_pick_up,
        source_url=showroom.source_url,
    )


def by_province(
    found: Sequence[LocatedShowroom], lang: str, now: datetime
) -> list[ProvinceOfShowrooms]:
    """Put showrooms, which come in the order of provinces, under their province."""
    return [
        ProvinceOfShowrooms(slug, name, [showroom_view(one, lang, now) for one in group])
        for (slug, name), group in groupby(
            found, key=lambda one: (one.province_slug, one.province_name.in_language(lang))
        )
    ]


def shelf_choices(
    groups: Mapping[str, int], *, slug: str, chosen: str | None, lang: str
) -> list[ShelfChoice]:
    """Prepare the ways to narrow a shelf: all of it, then each product group on it."""
    base = url_for("showrooms.showroom", slug=slug)
    choices = [
        ShelfChoice("", _("Everything"), sum(groups.values()), f"{base}#shelf", chosen is None)
    ]
    for code, count in groups.items():
        known = category(code)
        if known:
            link = f"{base}?category={known.slug.in_language(lang)}#shelf"
            choices.append(
                ShelfChoice(code, known.label.in_language(lang), count, link, code == chosen)
            )
    return choices


def map_places(provinces: Sequence[ProvinceCount], lang: str) -> list[MapPlace]:
    """Prepare the provinces that have a showroom for the map, darker where there are more."""
    most = max((one.count for one in provinces), default=1)
    return [
        MapPlace(
            slug=one.slug,
            name=one.name.in_language(lang),
            count=one.count,
            url=url_for("showrooms.showrooms", province=one.slug),
            words=ngettext(
                "%(name)s: %(num)d showroom",
                "%(name)s: %(num)d showrooms",
                one.count,
                name=one.name.in_language(lang),
            ),
            step=-(-4 * one.count // most),
        )
        for one in provinces
    ]


def showrooms_of_producer(producer_id: int, province_code: str, lang: str) -> list[Fragment]:
    """Answer a producer's page: showrooms that hold its goods now, or that are near it."""
    found = public_of_producer(producer_id, province_code, limit=BESIDE)
    at = now()
    shown = [showroom_view(one, lang, at, has_it=has_it) for one, has_it in found]
    return [Fragment("showrooms/_of_producer.html", shown)] if shown else []


def showrooms_beside(
    province_code: str, lang: str, product_id: int | None = None
) -> list[NearbyLink]:
    """Answer a product's or a producer's page: showrooms that have it now, or that are near."""
    near = public_near(province_code, product_id=product_id, limit=BESIDE)
    return [
        NearbyLink(
            "store",
            url_for("showrooms.showroom", slug=one.slug),
            _("On the shelf now: %(showroom)s", showroom=one.name.in_language(lang))
            if one.has_it
            else one.name.in_language(lang),
            one.has_it and one.offers_pick_up,
        )
        for one in near
    ]


def pick_up_points(place_ids: Sequence[int], lang: str) -> list[PickUpPoint]:
    """Answer the checkout: which showrooms of these shelves hand orders over."""
    return [
        PickUpPoint(
            place_id=found.showroom.place_id,
            showroom_id=found.showroom.id,
            name=found.showroom.name.in_language(lang),
            address=InLanguage(found.showroom.printed_address, DEFAULT_LANGUAGE),
            place=place_of(found.showroom, lang),
            hours=found.showroom.hours.in_language(lang),
        )
        for found in showrooms_at(place_ids)
    ]


def shelf_scope(slug: str) -> Scope | None:
    """Give the goods on a showroom's shelf to the list (answers `list.scope` for showrooms)."""
    found = shelf_of(slug)
    if found is None:
        return None
    name, product_ids = found
    url = url_for("showrooms.showroom", slug=slug)
    return Scope(
        kind="showroom", slug=slug, label=name, url=url, product_ids=tuple(sorted(product_ids))
    )
