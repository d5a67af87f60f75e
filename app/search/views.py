"""What pages show of a search beside products: its tabs, its lines, and help when nothing was found."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.content.documents import document
from app.content.models import Story
from app.foundation.clock import now, today
from app.foundation.localized import LocalizedText
from app.places.queries import place_name
from app.search.finder import count, find, understood
from app.search.kinds import others, plain_words, rows_of
from app.search.language.excerpts import excerpt, first_hit, pieces_of
from app.search.others import Kind
from app.shop.catalogue.asking import Ask
from app.shop.catalogue.makers import maker_counts
from app.showrooms.models import Showroom
from app.vendors.models import Producer
from app.vendors.views import KINDS as PRODUCER_KINDS
from app.villages.models import Village
from app.web.fragments import Fragment
from app.web.pictures import picture_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.search.language.excerpts import Pieces
    from app.search.others import Key
    from app.shop.catalogue.asking import Highlight
    from app.web.pictures import PictureView

PRODUCTS: Final = "products"
LABELS: Final[dict[str, Any]] = {
    PRODUCTS: _l("Products"),
    Kind.PRODUCERS: _l("Producers"),
    Kind.VILLAGES: _l("Villages"),
    Kind.SHOWROOMS: _l("Showrooms"),
    Kind.STORIES: _l("Stories"),
    Kind.HELP: _l("Help and policies"),
}
ICONS: Final[dict[str, str]] = {
    Kind.PRODUCERS: "store",
    Kind.VILLAGES: "tent-tree",
    Kind.SHOWROOMS: "store",
    Kind.STORIES: "wheat",
    Kind.HELP: "",
}
MOST_WORDS: Final = 6
TERMS: Final = 4
PATIENCE: Final = 0.3  # an empty page waits no longer for help with single words


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of thing that was looked for, and how much of it there is."""

    label: str
    count: int
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was found, as `search/_line.html` wants it."""

    url: str
    title: Pieces
    title_lang: str
    note: str = ""
    place: str = ""
    text: Pieces = ()
    text_lang: str = ""
    picture: PictureView | None = None


def counts_of(text: str, mended: str = "") -> Mapping[Kind, int]:
    """Count what is found of each kind but products; by mended words where the typed ones find none."""
    index = others(now())
    counts = index.counts(understood(text).slots)
    if not mended:
        return counts
    other = index.counts(understood(mended).slots)
    return {kind: number or other[kind] for kind, number in counts.items()}


def keys_of(kind: Kind, text: str, mended: str = "") -> tuple[Sequence[Key], str]:
    """List what is found of a kind, best first, and tell which words found it."""
    index = others(now())
    for words in (text, mended):
        read = understood(words)
        if found := index.find(kind, read.slots, read.pairs):
            return found, words
    return [], text


def tabs(text: str, lang: str, products: int, here: str = PRODUCTS, mended: str = "") -> list[Tab]:
    """Name every kind with its count: products, then those that have something, then the others."""
    counts: dict[str, int] = {PRODUCTS: products}
    counts |= {kind.value: number for kind, number in counts_of(text, mended).items()}
    in_order = [
        Tab(
            str(label),
            counts[name],
            url_for("catalogue.products", lang=lang, q=text)
            if name == PRODUCTS
            else url_for("search.others", lang=lang, kind=name, q=text),
            name == here,
        )
        for name, label in LABELS.items()
    ]
    return sorted(in_order, key=lambda one: not (one.count or one is in_order[0]))


def list_tabs(text: str, lang: str, products: int) -> list[Fragment]:
    """Draw the tabs above the list of products (answers the slot `list.tabs`)."""
    return [Fragment("search/_tabs.html", tabs(text, lang, products))]


def list_nothing(text: str, lang: str, are_words_the_cause: bool) -> list[Fragment]:  # noqa: FBT001 - of a slot
    """Offer fewer words, and other kinds of things, where no product was found (`list.nothing`)."""
    words = list(dict.fromkeys(text.split()))[:MOST_WORDS] if are_words_the_cause else []
    terms = []
    if len(words) > 1:
        deadline = time.monotonic() + PATIENCE
        for word in words:
            if time.monotonic() > deadline:
                break
            total = count(word, on=today())
            if total:
                terms.append((word, total, url_for("catalogue.products", q=word)))
    terms.sort(key=lambda one: one[1])  # the rarest says most
    found = [one for one in tabs(text, lang, 0) if one.count]
    shown = {"terms": terms[:TERMS], "tabs": found}
    return [Fragment("search/_nothing.html", shown)] if terms or found else []


def products_count(text: str, lang: str) -> tuple[int, str]:
    """Count the products that a text finds, and give what it was mended to."""
    found = find(Ask(text=text, limit=1, lang=lang, today=today(), wants_counts=False))
    return found.total, found.notes.corrected


def lines(kind: Kind, keys: Sequence[Key], lang: str, highlight: Highlight | None) -> list[Line]:
    """Prepare the lines of a page of results, with one statement or two."""
    if kind is Kind.HELP:
        return [_help_line(str(key), lang, highlight) for key in keys]
    if kind is Kind.STORIES:
        return [_story_line(one, lang, highlight) for one in rows_of(Story, keys)]
    table, endpoint = {
        Kind.PRODUCERS: (Producer, "vendors.producer"),
        Kind.VILLAGES: (Village, "villages.village"),
        Kind.SHOWROOMS: (Showroom, "showrooms.showroom"),
    }[kind]
    rows = rows_of(table, keys)
    notes = _notes(kind, rows)
    return [
        _line(
            url_for(endpoint, slug=row.slug),
            row.name,
            _text_of(kind, row),
            lang,
            highlight,
            note=notes.get(row.id, ""),
            place=place_name(row.province_code, row.commune_code, lang),
            picture=picture_view(row.photo_key, is_illustrative=True),
        )
        for row in rows
    ]


def _notes(kind: Kind, rows: Sequence[Any]) -> dict[int, str]:
    """Say what sort of producer one is and how many products it has."""
    if kind is not Kind.PRODUCERS:
        return {}
    counted = maker_counts([one.id for one in rows])
    return {
        one.id: products_note(str(PRODUCER_KINDS[one.kind]), counted[one.id].products)
        if one.id in counted
        else str(PRODUCER_KINDS[one.kind])
        for one in rows
    }


def products_note(kind: str, number: int) -> str:
    """Write what sort of producer one is beside the number of its products."""
    products = ngettext("%(num)d product", "%(num)d products", number)
    return f"{kind} · {products}"


def _text_of(kind: Kind, row: Any) -> LocalizedText:  # noqa: ANN401 - a row of a kind
    if kind is Kind.SHOWROOMS:
        return LocalizedText.of({"vi": row.printed_address})
    if kind is Kind.VILLAGES:
        return row.known_for  # type: ignore[no-any-return]
    return row.story or LocalizedText()


def _story_line(story: Story, lang: str, highlight: Highlight | None) -> Line:
    body = LocalizedText({one: plain_words(text) for one, text in story.body.items()})
    is_in_summary = first_hit(story.summary.in_language(lang), highlight) >= 0
    is_in_body = first_hit(body.in_language(lang), highlight) >= 0
    return _line(
        url_for("content.story", slug=story.slug),
        story.title,
        body if is_in_body and not is_in_summary else story.summary,
        lang,
        highlight,
        place=place_name(story.province_code, None, lang) if story.province_code else "",
        picture=picture_view(story.photo_key, is_illustrative=story.is_illustrative),
    )


def _help_line(slug: str, lang: str, highlight: Highlight | None) -> Line:
    page = document(slug, lang)
    if page is None:  # an address of before
        return Line(url=url_for("content.help_index"), title=((slug, False),), title_lang=lang)
    body = " ".join(page.body.striptags().split())
    is_in_body = first_hit(page.summary, highlight) < 0 <= first_hit(body, highlight)
    return Line(
        url=url_for("content.help_page", slug=slug),
        title=pieces_of(page.title, highlight),
        title_lang=page.lang,
        text=excerpt(body if is_in_body else page.summary, highlight),
        text_lang=page.lang,
    )


def _line(
    url: str,
    name: LocalizedText,
    text: LocalizedText,
    lang: str,
    highlight: Highlight | None,
    **more: Any,  # noqa: ANN401 - fields of `Line`
) -> Line:
    return Line(
        url=url,
        title=pieces_of(name.in_language(lang), highlight),
        title_lang=name.language(lang),
        text=excerpt(text.in_language(lang), highlight),
        text_lang=text.language(lang),
        **more,
    )
