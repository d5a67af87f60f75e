"""Forged requests are refused twice: by token, and by where the browser says they come from (S08)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import abort, current_app, request
from flask_wtf import CSRFProtect

if TYPE_CHECKING:
    from flask import Flask

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
protect = CSRFProtect()


def register(app: Flask) -> None:
    """Check every request that may change something."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", 12 * 3_600)
    app.before_request(_check_origin)
    protect.init_app(app)


def _check_origin() -> None:
    if request.method in SAFE or request.path.startswith("/webhooks/"):
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin is None:
        return
    ours = {request.host, urlsplit(current_app.config["SETTINGS"].base_url).netloc}
    if urlsplit(origin).netloc not in ours:
        abort(403)
