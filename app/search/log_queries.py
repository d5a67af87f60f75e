"""Read the search log: the report of a week, and what many have looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, func, select

from app.foundation.database import db
from app.search.models import SearchCount

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WEEK: Final = timedelta(days=7)
WEEKS: Final = 12
LINES: Final = 25
LEAST_SEARCHES: Final = 5  # before a query without clicks means anything
LOW_SHARE: Final = 0.1
POPULAR_SINCE: Final = timedelta(days=35)
POPULAR_VISITORS: Final = 5  # on the best day: within a day visitors can be told apart
POPULAR_DAYS: Final = 2  # of at least so many visitors each
POPULAR_DAILY: Final = 3
MOST_POPULAR: Final = 2_000


@dataclass(frozen=True, slots=True)
class QueryLine:
    """A query in a stretch of days: how often asked, how often in vain, how often something was opened."""

    query: str
    lang: str
    searches: int
    empty: int
    clicked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A week of searches, in one language or all."""

    begins: date
    searches: int = 0
    empty: int = 0
    clicked: int = 0
    queries: int = 0
    in_vain: Sequence[QueryLine] = ()
    rarely_opened: Sequence[QueryLine] = ()
    top: Sequence[QueryLine] = ()


def monday_of(day: date) -> date:
    """Tell the day that a week begins on."""
    return day - timedelta(days=day.weekday())


def report(begins: date, lang: str = "") -> Report:
    """Count a week that begins on a day."""
    wanted = [SearchCount.day >= begins, SearchCount.day < begins + WEEK]
    if lang:
        wanted.append(SearchCount.lang == lang)
    searches = func.sum(SearchCount.searches)
    empty, clicked = func.sum(SearchCount.empty), func.sum(SearchCount.clicked)
    total = db.session.execute(
        select(searches, empty, clicked, func.count(SearchCount.query.distinct())).where(*wanted)
    ).one()
    lines = (
        select(SearchCount.query, SearchCount.lang, searches, empty, clicked)
        .where(*wanted)
        .group_by(SearchCount.query, SearchCount.lang)
        .order_by(searches.desc(), SearchCount.query, SearchCount.lang)
        .limit(LINES)
    )
    low = lines.having(
        searches - empty >= LEAST_SEARCHES, clicked <= LOW_SHARE * (searches - empty)
    )
    vain = lines.having(empty > 0).order_by(None)
    return Report(
        begins=begins,
        searches=int(total[0] or 0),
        empty=int(total[1] or 0),
        clicked=int(total[2] or 0),
        queries=total[3],
        in_vain=_lines(vain.order_by(empty.desc(), SearchCount.query, SearchCount.lang)),
        rarely_opened=_lines(low),
        top=_lines(lines),
    )


def all_lines(begins: date, lang: str = "") -> Sequence[QueryLine]:
    """List every query of a week, for a file."""
    statement = (
        select(
            SearchCount.query,
            SearchCount.lang,
            func.sum(SearchCount.searches),
            func.sum(SearchCount.empty),
            func.sum(SearchCount.clicked),
        )
        .where(SearchCount.day >= begins, SearchCount.day < begins + WEEK)
        .group_by(SearchCount.query, SearchCount.lang)
        .order_by(func.sum(SearchCount.searches).desc(), SearchCount.query, SearchCount.lang)
    )
    return _lines(statement.where(SearchCount.lang == lang) if lang else statement)


def popular_queries(today: date) -> Sequence[Any]:
    """List queries that many visitors made and which mostly found something.

    What is listed is shown to everybody who types its letters, so no handful of people may put it there.
    A visitor is a network of a day, and networks are cheap: three phones can be had for an hour. So five
    must have come on one day and three on another; days are never added up, since whoever comes back
    each day would count as many.
    """
    searches, empty = func.sum(SearchCount.searches), func.sum(SearchCount.empty)
    busy = func.sum(case((SearchCount.searches >= POPULAR_DAILY, 1), else_=0))
    return db.session.execute(
        select(SearchCount.query, SearchCount.lang, searches.label("searches"))
        .where(SearchCount.day >= today - POPULAR_SINCE)
        .group_by(SearchCount.query, SearchCount.lang)
        .having(
            func.max(SearchCount.searches) >= POPULAR_VISITORS,
            busy >= POPULAR_DAYS,
            empty * 2 < searches,
        )
        .order_by(searches.desc(), SearchCount.query)
        .limit(MOST_POPULAR)
    ).all()


def _lines(statement: Any) -> list[QueryLine]:  # noqa: ANN401 - a statement of one shape
    return [
        QueryLine(query, lang, int(searches), int(empty), int(clicked))
        for query, lang, searches, empty, clicked in db.session.execute(statement)
    ]
