"""What the officers' search desk shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import request, url_for
from flask_babel import format_percent
from flask_babel import gettext as _

from app.search.finder import find
from app.shop.catalogue.asking import Ask
from app.shop.catalogue.queries import ids_by_name, rows_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.foundation.localized import LocalizedText
    from app.search.log_queries import QueryLine, Report

PREVIEWED: Final = 8
FOUND: Final = 10
# A spreadsheet takes a cell that begins with one of these for a formula (S31).
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the search desk."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProduct:
    """A product that a rule may be made for, or that a result shows."""

    public_id: str
    slug: str
    name: LocalizedText
    producer: LocalizedText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a shopper gets for a query now."""

    products: Sequence[FoundProduct]
    total: int
    redirect: str


def tabs() -> list[Tab]:
    """List the pages of the desk."""
    pages = (
        ("search_desk.report", _("Report")),
        ("search_desk.synonyms", _("Synonyms")),
        ("search_results.results", _("Arranged results")),
        ("search_redirects.redirects", _("Redirects")),
    )
    urls = [url_for(endpoint) for endpoint, _label in pages]
    # The report's address begins those of the others: the longest is the page that one is on.
    here = max((url for url in urls if request.path.startswith(url)), key=len, default="")
    return [
        Tab(label, url, is_current=url == here)
        for url, (_endpoint, label) in zip(urls, pages, strict=True)
    ]


def share(part: int, whole: int) -> str:
    """Write a share in percent."""
    return str(format_percent(part / whole)) if whole else "–"


def shares(week: Report) -> dict[str, str]:
    """Write the shares of a week."""
    return {
        "empty": share(week.empty, week.searches),
        "clicked": share(week.clicked, week.searches - week.empty),
    }


def preview(query: str, *, lang: str, today: date) -> Preview:
    """Search as a shopper does."""
    answer = find(Ask(text=query, limit=PREVIEWED, lang=lang, today=today))
    return Preview(products=_products(answer.ids), total=answer.total, redirect=answer.redirect)


def products_named(words: str) -> list[FoundProduct]:
    """Find products by name or producer, to make a rule for."""
    return _products(ids_by_name(words)[:FOUND]) if words else []


def csv_rows(lines: Iterable[QueryLine]) -> list[list[Any]]:
    """Prepare queries for a file; none of them can be a formula."""
    return [
        [_harmless(line.query), line.lang, line.searches, line.empty, line.clicked]
        for line in lines
    ]


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _products(ids: Sequence[int]) -> list[FoundProduct]:
    return [
        FoundProduct(
            public_id=row.public_id, slug=row.slug, name=row.name, producer=row.producer_name
        )
        for row in rows_in_order(ids)
    ]
