"""What a page of results says of itself, signed, so that nobody makes up searches that were not made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.search.rules import is_personal, query_key
from app.web.fragments import Fragment
from app.web.locale import LANGUAGES, language

A_DAY: Final = 24 * 3_600
LONGEST: Final = 1_200
_PURPOSE: Final = "search.trace"


@dataclass(frozen=True, slots=True)
class Trace:
    """The words of a page of results, its language, and whether it had none."""

    text: str
    lang: str
    is_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the page holds: a token, and where to send it; nowhere when the page tells nothing new."""

    token: str
    url: str
    click_url: str


def trace(
    text: str,
    total: int,
    is_plain: bool,  # noqa: FBT001 - as templates call it
    is_unsure: bool = False,  # noqa: FBT001, FBT002 - the same
) -> list[Fragment]:
    """Draw the mark of a page of results (answers `search.trace`); none where no word was looked for.

    `is_plain` says that it is the first page of the words alone, without filters: only that counts.
    `is_unsure` says that the index was not there or its time ran out: what is missing then was not looked
    for properly, so the search counts and is not in vain (R36).
    The token holds the key of a query only, in which an address cannot be told any more, so words that
    are somebody's own get none.
    """
    key = query_key(text)
    if not key or is_personal(text):
        return []
    token = _signer().dumps([key, language(), int(total == 0 and not is_unsure)])
    values = Mark(
        token=str(token),
        url=url_for("search_log.searched") if is_plain else "",
        click_url=url_for("search_log.opened"),
    )
    return [Fragment("search/trace.html", values)]


def read_trace(token: str) -> Trace | None:
    """Read a token; none when it is not ours or older than a day."""
    if len(token) > LONGEST:
        return None
    try:
        text, lang, is_empty = _signer().loads(token, max_age=A_DAY)
    except (BadSignature, ValueError, TypeError):
        return None
    return Trace(text, lang, bool(is_empty)) if lang in LANGUAGES else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt=_PURPOSE)
