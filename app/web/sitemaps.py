"""What search engines may find: the lists of pages that modules give, and the pages that stay out.

A module names each public page either here, in a list that a sitemap is made from, or with a reason why
it is left out; the same word decides about `robots` on the page itself (`app.web.meta`). Files are split
by kind and language, each at most `PER_FILE` addresses long, and kept while nothing public changes.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from flask import Response, abort, current_app, request, url_for

from app.foundation import edition
from app.foundation.clock import today
from app.foundation.kept import Kept
from app.web.access import public
from app.web.locale import DEFAULT, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from flask import Flask

PER_FILE: Final = 5_000
CACHE: Final = "public, max-age=3600"
PAGES: Final = "pages"
_NAME: Final = re.compile(r"(?P<kind>[a-z]{1,20})-(?P<lang>[a-z]{2,8})-(?P<number>[1-9]\d{0,4})")
_SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in every language: its paths, and the day of its last change where rows tell it."""

    paths: Mapping[str, str]
    changed: date | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A kind of pages: how many there are, and a stretch of them in at most one statement."""

    kind: str
    endpoints: frozenset[str]
    count: Callable[[], int]
    entries: Callable[[int, int], Iterable[Entry]]


_sitemaps: Final[dict[str, Sitemap]] = {}
_pages: Final[list[str]] = []
_left_out: Final[dict[str, str]] = {}
_files: Final[Kept[bytes | None]] = Kept(most=60, seconds=600)


def add_sitemap(
    kind: str,
    *endpoints: str,
    count: Callable[[], int],
    entries: Callable[[int, int], Iterable[Entry]],
) -> None:
    """Let a kind of pages be found; `entries(offset, limit)` lists a stretch in a lasting order."""
    _sitemaps[kind] = Sitemap(kind, frozenset(endpoints), count, entries)


def add_pages(*endpoints: str) -> None:
    """Let pages be found that take nothing but a language."""
    _pages.extend(one for one in endpoints if one not in _pages)


def leave_out(reason: str, *endpoints: str) -> None:
    """Keep public pages out of search engines, and say why."""
    _left_out.update(dict.fromkeys(endpoints, reason))


def is_left_out(endpoint: str) -> bool:
    """Whether a page was left out."""
    return endpoint in _left_out


def sitemaps() -> list[Sitemap]:
    """List every kind of pages."""
    pages = Sitemap(
        PAGES,
        frozenset(_pages),
        lambda: len(_pages),
        lambda offset, limit: [page_entry(one) for one in _pages[offset : offset + limit]],
    )
    return [pages, *_sitemaps.values()]


def left_out() -> dict[str, str]:
    """Tell the reasons of pages that are left out."""
    return dict(_left_out)


def page_entry(endpoint: str, changed: date | None = None, **values: Any) -> Entry:  # noqa: ANN401
    """Make the entry of a page whose address takes the same values in each language."""
    return Entry({lang: url_for(endpoint, lang=lang, **values) for lang in LANGUAGES}, changed)


def register(app: Flask) -> None:
    """Answer crawlers."""
    app.add_url_rule("/sitemap.xml", "sitemap", index)
    app.add_url_rule("/sitemaps/<name>.xml", "sitemap_file", one_file)


@public
def index() -> Response:
    """Name the files of every kind and language."""
    return _answer(_kept("index", _index) or b"")


@public
def one_file(name: str) -> Response:
    """List a stretch of one kind of pages in one language, each with its other languages."""
    said = _NAME.fullmatch(name)
    found = next((one for one in sitemaps() if said and one.kind == said["kind"]), None)
    if said is None or found is None or said["lang"] not in LANGUAGES:
        abort(404)
    data = _kept(name, lambda: _file(found, said["lang"], int(said["number"])))
    return _answer(data or abort(404))


def _answer(data: bytes) -> Response:
    is_small = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(data if is_small else gzip.decompress(data), mimetype="application/xml")
    if is_small:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = CACHE
    response.set_etag(f"{hashlib.sha256(data).hexdigest()[:24]}{'-gzip' if is_small else ''}")
    response.make_conditional(request)
    return response


def _kept(name: str, make: Callable[[], str]) -> bytes | None:
    """Give a file pressed, or none where it would be empty; kept for an edition and a day."""

    def pressed() -> bytes | None:
        text = make()
        return gzip.compress(text.encode(), mtime=0) if text else None

    stamp = edition.current()
    return pressed() if stamp is None else _files.get((stamp, today(), name), pressed)


def _index() -> str:
    base = _base()
    lines = [
        f"<sitemap><loc>{base}{url_for('sitemap_file', name=f'{one.kind}-{lang}-{number}')}</loc></sitemap>"
        for one in sitemaps()
        for number in range(1, -(-one.count() // PER_FILE) + 1)
        for lang in LANGUAGES
    ]
    return _document(f'<sitemapindex xmlns="{_SCHEMA}">', *lines, "</sitemapindex>")


def _file(found: Sitemap, lang: str, number: int) -> str:
    base = _base()
    lines = [_url(one, lang, base) for one in found.entries((number - 1) * PER_FILE, PER_FILE)]
    if not lines:
        return ""
    return _document(f'<urlset xmlns="{_SCHEMA}" xmlns:xhtml="{_XHTML}">', *lines, "</urlset>")


def _document(*lines: str) -> str:
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', *lines, ""))


def _url(entry: Entry, lang: str, base: str) -> str:
    paths = {code: escape(base + path) for code, path in entry.paths.items()}
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in (*paths.items(), ("x-default", paths[DEFAULT]))
    )
    changed = f"<lastmod>{entry.changed.isoformat()}</lastmod>" if entry.changed else ""
    return f"<url><loc>{paths[lang]}</loc>{changed}{alternates}</url>"


def _base() -> str:
    base: str = current_app.config["SETTINGS"].base_url
    return base
