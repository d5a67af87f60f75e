"""How the market's own words are found: sitemaps, and what their pages tell machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.content import queries
from app.content.documents import SLUGS
from app.foundation.clock import now
from app.web.locale import LANGUAGES
from app.web.sitemaps import Entry
from app.web.structured import Node, address_data, article_data, event_data, item_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.content.queries import Words
    from app.content.views import FairView, GiftSetView, StoryView


def entries_of(endpoint: str, words: Words) -> Callable[[int, int], Iterable[Entry]]:
    """Make what lists a stretch of stories, fairs or gift sets, in one statement."""

    def entries(offset: int, limit: int) -> Iterable[Entry]:
        return [_entry(endpoint, slug) for slug in queries.slugs(words, offset, limit, now=now())]

    return entries


def count_of(words: Words) -> Callable[[], int]:
    """Make what counts them."""
    return lambda: queries.count(words, now=now())


def help_entries(offset: int, limit: int) -> Iterable[Entry]:
    """List the pages of help."""
    return [_entry("content.help_page", slug) for slug in SLUGS[offset : offset + limit]]


def story_data(story: StoryView) -> Node:
    """Describe a story."""
    return article_data(
        headline=story.title,
        url=story.url,
        published=story.published_at,
        author="Chợ Phiên",
        description=story.lead,
        image=story.picture.src if story.picture else "",
        lang=story.body_lang,
    )


def fair_data(fair: FairView) -> Node:
    """Describe a fair; one that is made up says so, as its page does."""
    made_up = _("Illustrative: this fair is made up for the demonstration.")
    return event_data(
        name=fair.name,
        url=fair.url,
        starts=fair.starts_on,
        ends=fair.ends_on,
        place=fair.venue,
        address=address_data(region=fair.place),
        organiser=fair.organiser,
        description=f"{fair.summary} {made_up}" if fair.is_illustrative else fair.summary,
        image=fair.picture.src if fair.picture else "",
    )


def gifts_data(gift_sets: list[GiftSetView]) -> Node:
    """Describe the list of gift sets."""
    return item_list([one.url for one in gift_sets], total=len(gift_sets))


def _entry(endpoint: str, slug: str) -> Entry:
    return Entry({lang: url_for(endpoint, lang=lang, slug=slug) for lang in LANGUAGES})
