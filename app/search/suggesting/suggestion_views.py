"""What search shows: plain values in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.programme.queries import category
from app.search.others import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.search.suggesting.suggest import Piece, Suggestion

KIND_WORDS: Final[Mapping[str, Any]] = {
    "category": _l("Category"),
    "commune": _l("Commune"),
    "former": _l("Province"),
    "gifts": _l("Gift ideas"),
    "producer": _l("Producer"),
    "product": _l("Product"),
    "province": _l("Province"),
    "query": _l("Often searched"),
    "showroom": _l("Showroom"),
    "village": _l("Village"),
    "visited": _l("Villages"),
}
KIND_ICONS: Final[Mapping[str, str]] = {
    "category": "layout-grid",
    "commune": "map-pin",
    "former": "map-pin",
    "gifts": "gift",
    "producer": "users",
    "product": "package",
    "province": "map-pin",
    "query": "search",
    "showroom": "store",
    "village": "tent-tree",
    "visited": "tent-tree",
}
PAGES: Final[Mapping[str, str]] = {
    "former": "catalogue.province",
    "producer": "vendors.producer",
    "province": "catalogue.province",
    "showroom": "showrooms.showroom",
    "village": "villages.village",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionView:
    """A line under the search box: its pieces, what kind of thing it is, and where it leads."""

    text: str
    pieces: Sequence[Piece]
    kind: str
    kind_words: str
    icon: str
    lang: str
    url: str


def suggestion_views(found: Sequence[Suggestion], lang: str) -> list[SuggestionView]:
    """Prepare suggestions: things with a page lead there, words to the search."""
    return [
        SuggestionView(
            text=one.text,
            pieces=one.pieces,
            kind=one.kind,
            kind_words=_kind_words(one, lang),
            icon=KIND_ICONS[one.kind],
            lang=one.lang if one.lang and one.lang != lang else "",
            url=_url(one, lang),
        )
        for one in found
    ]


def _kind_words(one: Suggestion, lang: str) -> str:
    note = one.note.in_language(lang) if one.note else ""
    if one.kind == "former":
        return str(_("Today part of %(province)s", province=note))
    words = str(KIND_WORDS[one.kind])
    return f"{words} · {note}" if note else words


def _url(one: Suggestion, lang: str) -> str:
    if one.kind in PAGES:
        return url_for(PAGES[one.kind], slug=one.target)
    if one.kind == "gifts":
        return url_for("content.gifts")
    if one.kind == "visited":
        return url_for("search.others", kind=Kind.VILLAGES.value, q=one.target)
    chosen = category(one.target) if one.kind == "category" else None
    if chosen is not None:
        return url_for("catalogue.products", category=chosen.slug.in_language(lang))
    return url_for("catalogue.products", q=one.target or one.text)
