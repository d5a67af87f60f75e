"""What machines ask for: whether this process lives, whether it can serve, what may be indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog
from flask import Response, current_app, url_for
from sqlalchemy.exc import SQLAlchemyError

from app.foundation import clock, outbox
from app.foundation.database import db
from app.web.access import public
from app.web.locale import LANGUAGES

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

log = structlog.get_logger(__name__)
# Pages that are somebody's own or that only work: nothing to find there.
NOT_INDEXED: Final = ("account", "cart", "checkout", "desk", "orders")
ROBOTS_KEPT: Final = "public, max-age=3600"


def register(app: Flask) -> None:
    """Answer machines at addresses without a language."""
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)
    app.add_url_rule("/robots.txt", "robots", robots)


@public
def healthz() -> ResponseReturnValue:
    """Say that this process answers."""
    return {"status": "ok"}


@public
def readyz() -> ResponseReturnValue:
    """Say whether this process can serve: the database answers; and how late its messages are.

    A late outbox is told and not refused: the shop sells on, and its letters follow.
    """
    now = clock.now()
    try:
        oldest = outbox.oldest_due(now)
    except SQLAlchemyError as error:
        db.session.rollback()
        log.warning("readyz.database_away", kind=type(error).__name__)
        return {"status": "unavailable", "database": "away"}, 503
    late = int((now - oldest).total_seconds()) if oldest else 0
    return {"status": "ok", "database": "ok", "outbox_late_seconds": late}


@public
def robots() -> ResponseReturnValue:
    """Tell crawlers what to leave alone: the private pages, or everything by ALLOW_INDEXING=0."""
    settings = current_app.config["SETTINGS"]
    refused = (
        [f"/{language}/{part}" for language in LANGUAGES for part in NOT_INDEXED]
        if settings.allow_indexing
        else ["/"]
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in refused)]
    if settings.allow_indexing:
        lines += ["", f"Sitemap: {settings.base_url}{url_for('sitemap')}"]
    text = "\n".join([*lines, ""])
    return Response(text, mimetype="text/plain", headers={"Cache-Control": ROBOTS_KEPT})
