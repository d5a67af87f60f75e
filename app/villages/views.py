"""What pages show of villages and visits: plain values in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.places.links import map_at, map_search
from app.places.queries import commune, place_name
from app.shop.catalogue.scopes import Scope
from app.villages.models import VISIT_MOVES, VisitState
from app.villages.queries import goods_of, public_around, public_near, public_welcoming
from app.villages.services import most_people
from app.web.fragments import Fragment
from app.web.pictures import picture_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from app.foundation.localized import LocalizedText
    from app.foundation.money import Money
    from app.villages.models import Village
    from app.villages.queries import AskedVisit, LocatedVillage
    from app.web.pictures import PictureView

ON_THE_HOME_PAGE: Final = 3
BESIDE: Final = 3
SATURDAY: Final = 5
STATE_WORDS: Final[Mapping[VisitState, Any]] = {
    VisitState.ASKED: _l("Waiting for an answer"),
    VisitState.ACCEPTED: _l("Accepted"),
    VisitState.DECLINED: _l("Declined"),
}
STATE_TONES: Final[Mapping[VisitState, str]] = {
    VisitState.ASKED: "warn",
    VisitState.ACCEPTED: "good",
    VisitState.DECLINED: "bad",
}
ANSWERS: Final[Mapping[str, VisitState]] = {
    "accept": VisitState.ACCEPTED,
    "decline": VisitState.DECLINED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageView:
    """One village as a page shows it."""

    slug: str
    name: str
    name_lang: str
    place: str
    province: str
    printed_origin: str | None
    known_for: str
    known_for_lang: str
    recognised_stars: int | None
    recognised_year: int | None
    source_url: str
    visit: str
    visit_lang: str
    visit_hours: int | None
    visit_price: Money | None
    most_people: int
    picture: PictureView | None
    province_slug: str
    known_for_text: LocalizedText
    visit_text: LocalizedText | None
    map_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageCard:
    """One village in a list; without a certificate here it has no stars."""

    url: str
    name: str
    name_lang: str
    place: str
    known_for: str
    known_for_lang: str
    recognised_year: int | None
    stars: int | None = None
    picture: PictureView | None = None
    visit_price: Money | None = None


class MakerLink(NamedTuple):
    """A producer whose goods belong to a village."""

    name: str
    name_lang: str
    url: str


@dataclass(frozen=True, slots=True)
class NearbyLink:
    """A village near a product or a producer."""

    icon: str
    url: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """One request for a visit as the desk shows it."""

    number: str
    village: str
    on_date: date
    people: int
    name: str
    phone: str
    email: str
    note: str | None
    language: str
    reply: str | None
    asked_at: datetime
    answered_at: datetime | None
    state: str
    state_words: str
    tone: str
    version: int
    can_accept: bool
    can_decline: bool


def village_view(found: LocatedVillage, lang: str) -> VillageView:
    """Show one village."""
    village = found.village
    visit = village.visit
    return VillageView(
        slug=village.slug,
        name=village.name.in_language(lang),
        name_lang=village.name.language(lang),
        place=place_name(village.province_code, village.commune_code, lang),
        province=found.province_name.in_language(lang),
        printed_origin=village.printed_origin,
        known_for=village.known_for.in_language(lang),
        known_for_lang=village.known_for.language(lang),
        recognised_stars=village.recognised_stars,
        recognised_year=village.recognised_year,
        source_url=village.source_url,
        visit=visit.in_language(lang) if visit else "",
        visit_lang=visit.language(lang) if visit else lang,
        visit_hours=village.visit_hours,
        visit_price=village.visit_price,
        most_people=most_people(village),
        picture=picture_view(village.photo_key, is_illustrative=True),
        province_slug=found.province_slug,
        known_for_text=village.known_for,
        visit_text=visit,
        map_url=map_link(village),
    )


def village_card(found: LocatedVillage, lang: str) -> VillageCard:
    """Show one village in a list."""
    village = found.village
    return VillageCard(
        url=url_for("villages.village", slug=village.slug),
        name=village.name.in_language(lang),
        name_lang=village.name.language(lang),
        place=place_name(village.province_code, village.commune_code, lang),
        known_for=village.known_for.in_language(lang),
        known_for_lang=village.known_for.language(lang),
        recognised_year=village.recognised_year,
        picture=picture_view(village.photo_key, is_illustrative=True),
        visit_price=village.visit_price,
    )


def home_villages(lang: str) -> list[VillageCard]:
    """Answer the home page: a few villages to visit."""
    return [village_card(found, lang) for found in public_welcoming(ON_THE_HOME_PAGE)]


def villages_beside(
    province_code: str, commune_code: str | None, lang: str, product_id: int | None = None
) -> list[NearbyLink]:
    """Answer a product's or a producer's page: villages to visit near it."""
    near = public_near(province_code, commune_code, product_id=product_id, limit=BESIDE)
    return [
        NearbyLink("tent-tree", url_for("villages.village", slug=slug), name.in_language(lang))
        for slug, name in near
    ]


def villages_of_producer(province_code: str, commune_code: str | None, lang: str) -> list[Fragment]:
    """Answer a producer's page: villages to visit near it."""
    found = public_around(province_code, commune_code, limit=BESIDE)
    shown = [village_card(one, lang) for one in found]
    return [Fragment("villages/_of_producer.html", shown)] if shown else []


def makers_of(rows: Sequence[Any], lang: str) -> list[MakerLink]:
    """Name the producers of a village's products, each once."""
    found = {
        row.producer_slug: MakerLink(
            row.producer_name.in_language(lang),
            row.producer_name.language(lang),
            url_for("vendors.producer", slug=row.producer_slug),
        )
        for row in rows
        if row.producer_slug and row.producer_name
    }
    return list(found.values())


def map_link(village: Village) -> str:
    """Link a village on a map: its commune's middle, or a search for its name."""
    near = commune(village.commune_code or "")
    if near and near.latitude is not None and near.longitude is not None:
        return map_at(near.latitude, near.longitude)
    place = place_name(village.province_code, village.commune_code, "vi")
    return map_search(f"{village.name.in_language('vi')}, {place}")


def weekends(first: date, *, most: int) -> list[date]:
    """List the next Saturdays and Sundays, as days to choose from."""
    days = (first + timedelta(days=number) for number in range(most * 7))
    return [day for day in days if day.weekday() >= SATURDAY][:most]


def visit_view(asked: AskedVisit, lang: str) -> VisitView:
    """Show one request."""
    request = asked.request
    allowed = VISIT_MOVES[request.state]
    return VisitView(
        number=request.number,
        village=asked.village_name.in_language(lang),
        on_date=request.on_date,
        people=request.people,
        name=request.name,
        phone=request.phone,
        email=request.email,
        note=request.note,
        language=request.language,
        reply=request.reply,
        asked_at=request.asked_at,
        answered_at=request.answered_at,
        state=request.state.value,
        state_words=str(STATE_WORDS[request.state]),
        tone=STATE_TONES[request.state],
        version=request.version,
        can_accept=VisitState.ACCEPTED in allowed,
        can_decline=VisitState.DECLINED in allowed,
    )


def village_scope(slug: str) -> Scope | None:
    """Give the goods of a village to the list (answers `list.scope` for villages)."""
    found = goods_of(slug)
    if found is None:
        return None
    name, product_ids = found
    url = url_for("villages.village", slug=slug)
    return Scope(
        kind="village", slug=slug, label=name, url=url, product_ids=tuple(sorted(product_ids))
    )
