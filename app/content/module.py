"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext as _l

from app.content import found
from app.content.documents import SLUGS, documents
from app.content.models import Fair, GiftSet, Story
from app.content.queries import Words
from app.content.routes import bp
from app.foundation.picture_store import names_pictures
from app.web.locale import LANGUAGES
from app.web.navigation import FooterEntry, add_footer_entry
from app.web.sentences import add_sentences
from app.web.sitemaps import add_pages, add_sitemap

if TYPE_CHECKING:
    from flask import Flask

PAGES: Final = {
    Words.STORIES: "content.story",
    Words.FAIRS: "content.fair",
    Words.GIFTS: "content.gift_set",
}

FOOTER: Final = (
    ("buyers", "content.gifts", _l("Gift sets"), ()),
    ("buyers", "content.stories", _l("Stories and guides"), ()),
    ("buyers", "content.fairs", _l("Fairs and market days"), ()),
    ("buyers", "content.help_page", _l("Delivery and pick-up"), (("slug", "delivery"),)),
    ("buyers", "content.help_page", _l("Returns and refunds"), (("slug", "returns"),)),
    ("buyers", "content.help_page", _l("Complaints"), (("slug", "complaints"),)),
    ("sellers", "content.help_page", _l("Sell on Chợ Phiên"), (("slug", "sell"),)),
    ("sellers", "content.help_page", _l("Rules of the marketplace"), (("slug", "rules"),)),
    ("programme", "content.help_page", _l("How the stars work"), (("slug", "how-stars-work"),)),
    ("programme", "content.help_page", _l("About Chợ Phiên"), (("slug", "about"),)),
    ("programme", "content.help_page", _l("Privacy"), (("slug", "privacy"),)),
    ("programme", "content.help_index", _l("Help and rules"), ()),
)


def register(app: Flask) -> None:
    """Bring help, stories, fairs and gift sets."""
    for lang in LANGUAGES:
        documents(lang)  # read at start-up: a missing file stops the start, not a page
    app.register_blueprint(bp)
    for table in (Story, Fair, GiftSet):
        names_pictures(table.photo_key)
    add_pages("content.help_index", "content.stories", "content.fairs", "content.gifts")
    add_sitemap("help", "content.help_page", count=lambda: len(SLUGS), entries=found.help_entries)
    for words, endpoint in PAGES.items():
        add_sitemap(
            words.value,
            endpoint,
            count=found.count_of(words),
            entries=found.entries_of(endpoint, words),
        )
    for at, (column, endpoint, label, values) in enumerate(FOOTER):
        add_footer_entry(
            column, FooterEntry(endpoint=endpoint, label=label, values=values, position=at)
        )
    add_sentences({"set_broken": _l("A part of this set is not sold at the moment.")})
