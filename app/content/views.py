"""What pages show of stories, fairs and gift sets: plain values in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import url_for

from app.content.documents import rendered
from app.content.queries import newest_stories
from app.foundation.clock import now
from app.places.queries import place_name
from app.shop.catalogue.views import product_url
from app.web.formats import day
from app.web.fragments import Fragment
from app.web.pictures import PictureView, picture_view

if TYPE_CHECKING:
    from datetime import date, datetime

    from markupsafe import Markup

    from app.content.models import Fair, Story
    from app.content.queries import PricedGiftSet
    from app.foundation.money import Money

ON_THE_HOME_PAGE: Final = 3
PICTURES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story, on a card or whole."""

    url: str
    title: str
    title_lang: str
    lead: str
    lead_lang: str
    kicker: str
    body: Markup
    body_lang: str
    picture: PictureView | None
    published_at: datetime
    source_url: str
    is_illustrative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FairView:
    """A fair, on a card or whole."""

    url: str
    name: str
    name_lang: str
    summary: str
    summary_lang: str
    body: Markup
    body_lang: str
    venue: str
    venue_lang: str
    place: str
    organiser: str
    organiser_lang: str
    starts_on: date
    ends_on: date
    days: str
    note: str
    is_over: bool
    picture: PictureView | None
    source_url: str
    is_illustrative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftLineView:
    """Goods of a gift set."""

    name: str
    name_lang: str
    producer: str
    producer_lang: str
    label: str
    quantity: int
    price: Money | None
    stars: int | None
    url: str
    picture: PictureView | None
    can_be_had: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftSetView:
    """A gift set, on a card or whole."""

    slug: str
    url: str
    name: str
    name_lang: str
    summary: str
    summary_lang: str
    price: Money | None
    old_price: None = None
    contents: list[str]
    lines: list[GiftLineView]
    producer_count: int
    pictures: list[PictureView]
    is_illustrative: bool


def story_view(story: Story, *, lang: str) -> StoryView:
    """Prepare a story."""
    return StoryView(
        url=url_for("content.story", slug=story.slug),
        title=story.title.in_language(lang),
        title_lang=story.title.language(lang),
        lead=story.summary.in_language(lang),
        lead_lang=story.summary.language(lang),
        kicker=place_name(story.province_code, None, lang) if story.province_code else "",
        body=rendered(story.body.in_language(lang), lang),
        body_lang=story.body.language(lang),
        picture=picture_view(story.photo_key, is_illustrative=story.is_illustrative),
        published_at=story.published_at,
        source_url=story.source_url or "",
        is_illustrative=story.is_illustrative,
    )


def fair_view(fair: Fair, *, lang: str, today: date) -> FairView:
    """Prepare a fair."""
    return FairView(
        url=url_for("content.fair", slug=fair.slug),
        name=fair.name.in_language(lang),
        name_lang=fair.name.language(lang),
        summary=fair.summary.in_language(lang),
        summary_lang=fair.summary.language(lang),
        body=rendered(fair.body.in_language(lang), lang),
        body_lang=fair.body.language(lang),
        venue=fair.venue.in_language(lang),
        venue_lang=fair.venue.language(lang),
        place=place_name(fair.province_code, None, lang),
        organiser=fair.organiser.in_language(lang),
        organiser_lang=fair.organiser.language(lang),
        starts_on=fair.starts_on,
        ends_on=fair.ends_on,
        days=days(fair.starts_on, fair.ends_on),
        note=fair.summary.in_language(lang),
        is_over=fair.ends_on < today,
        picture=picture_view(fair.photo_key, is_illustrative=fair.is_illustrative),
        source_url=fair.source_url or "",
        is_illustrative=fair.is_illustrative,
    )


def days(first: date, last: date) -> str:
    """Write from which day to which a fair is on; one day is written once."""
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def gift_set_view(found: PricedGiftSet, *, lang: str) -> GiftSetView:
    """Prepare a gift set; goods that nobody sells any more are left out and the set cannot be bought."""
    one = found.gift_set
    lines = [
        GiftLineView(
            name=line.variant.name.in_language(lang),
            name_lang=line.variant.name.language(lang),
            producer=line.variant.producer_name.in_language(lang),
            producer_lang=line.variant.producer_name.language(lang),
            label=line.variant.label.in_language(lang),
            quantity=line.quantity,
            price=line.variant.price * line.quantity,
            stars=line.variant.stars,
            url=product_url(line.variant.slug, line.variant.public_id),
            picture=picture_view(
                line.variant.photo_key, is_illustrative=line.variant.is_illustrative
            ),
            can_be_had=line.can_be_had,
        )
        for line in found.lines
        if line.variant is not None
    ]
    return GiftSetView(
        slug=one.slug,
        url=url_for("content.gift_set", slug=one.slug),
        name=one.name.in_language(lang),
        name_lang=one.name.language(lang),
        summary=one.summary.in_language(lang),
        summary_lang=one.summary.language(lang),
        price=found.total,
        contents=[line.name for line in lines],
        lines=lines,
        producer_count=len({line.variant.producer_id for line in found.lines if line.variant}),
        pictures=[line.picture for line in lines if line.picture][:PICTURES],
        is_illustrative=one.is_illustrative,
    )


def home_stories(lang: str) -> list[Fragment]:
    """Draw the newest stories for the home page (answers the slot `home.stories`)."""
    found = newest_stories(ON_THE_HOME_PAGE, now=now())
    shown = [story_view(one, lang=lang) for one in found]
    return [Fragment("content/_home_stories.html", shown)] if shown else []
