"""What helps somebody whose list is empty: filters to take off, categories that fit, what is in season."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from flask import url_for

from app.foundation.text import fold
from app.programme.queries import categories
from app.shop.catalogue import facets, front
from app.shop.catalogue.asking import Ask, answer
from app.shop.catalogue.scopes import shared_ids
from app.shop.catalogue.views import CategoryLink, ProductCard, card_views, category_links

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.programme.queries import CategoryRow
    from app.shop.catalogue.asking import Answer
    from app.shop.catalogue.forms import ListQuery
    from app.shop.catalogue.narrowing import Filters
    from app.shop.catalogue.notes import SearchNotes
    from app.shop.catalogue.panels import Chip

# What a filter that is taken off leaves empty, by the name of its chip; counts say the same of the others.
OFF: Final[dict[str, dict[str, Any]]] = {
    "star": {"star": None},
    "seller": {"producer_id": None},
    "price": {"price_min": None, "price_max": None},
}
MOST_TRIED: Final = 5
PATIENCE: Final = 0.5  # seconds that an empty page waits for all its counts together (S29)
CATEGORIES: Final = 6
IN_SEASON: Final = 6
SHORTEST_WORD: Final = 2


@dataclass(frozen=True, slots=True)
class WayOut:
    """A filter without which there is something, how much, and the address without it."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """What `catalogue/_nothing.html` shows instead of products."""

    without: list[WayOut]
    categories: list[CategoryLink]
    are_categories_close: bool
    season: list[ProductCard]


def instead(
    query: ListQuery,
    found: Answer,
    notes: SearchNotes | None,
    chips: Iterable[Chip],
    *,
    lang: str,
    day: date,
) -> Nothing:
    """Look for what helps; only when a list is empty, and not once its patience is spent."""
    until = time.monotonic() + PATIENCE
    close = close_categories(query.q, lang) if query.q else []
    ways = [] if found.notes.is_degraded else _ways(query, found, chips, until, lang=lang, day=day)
    for one in notes.readings if notes else ():
        text, exactly = one.q, query.is_literal or one.is_literal
        ask = Ask(text=text, filters=query.filters(), lang=lang, today=day, is_literal=exactly)
        ways.append(WayOut(one.label, _number(ask, until), one.url))
    return Nothing(
        without=sorted((one for one in ways if one.count), key=lambda one: -one.count),
        categories=close or category_links(),
        are_categories_close=bool(close),
        season=card_views(front.home_parts(day).season[:IN_SEASON], lang=lang, today=day),
    )


def close_categories(text: str, lang: str) -> list[CategoryLink]:
    """Link the categories whose labels have words of a text, those with most of them first."""
    wanted = {word for word in fold(text).split() if len(word) >= SHORTEST_WORD}
    scored = [
        (-len(wanted & _words(one)), at, one)
        for at, one in enumerate(categories())
        if wanted & _words(one)
    ]
    best = min((score for score, _at, _one in scored), default=0)
    base = url_for("catalogue.products")
    return [
        CategoryLink(
            one.label.in_language(lang),
            f"{base}?category={one.slug.in_language(lang)}",
            one.icon,
            active=False,
        )
        for score, _at, one in sorted(scored, key=lambda entry: entry[:2])
        if score == best
    ][:CATEGORIES]


def _words(category: CategoryRow) -> set[str]:
    return set(fold(" ".join(category.label.values()).replace(",", " ")).split())


def _ways(
    query: ListQuery,
    found: Answer,
    chips: Iterable[Chip],
    until: float,
    *,
    lang: str,
    day: date,
) -> list[WayOut]:
    """Count what would be left without each filter."""
    tried = [one for one in chips if one.name != "q"][:MOST_TRIED]
    wider = {
        one.name: _wider(query, one.name)
        for one in tried
        if one.name not in {"category", "province"}
    }
    numbers = {
        "category": sum(found.counts.sets.values()),
        "province": sum(found.counts.provinces.values()),
    }
    if query.q:
        ask = Ask(text=query.q, lang=lang, today=day, is_literal=query.is_literal)
        numbers |= {name: _number(replace(ask, filters=one), until) for name, one in wider.items()}
    else:
        counted = facets.totals(list(wider.values()), today=day)
        numbers |= dict(zip(wider, counted, strict=True))
    return [WayOut(one.label, numbers[one.name], one.url) for one in tried]


def _wider(query: ListQuery, name: str) -> Filters:
    others = tuple(one for one in query.scopes if one.kind != name)
    return replace(query.filters(), **OFF.get(name, {"only": shared_ids(others)}))


def _number(ask: Ask, until: float) -> int:
    """Count what is found; nothing is asked any more, and nothing offered, when time is up."""
    if time.monotonic() >= until:
        return 0
    return answer(replace(ask, limit=1, wants_counts=False)).total
