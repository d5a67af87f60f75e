"""Security headers on every response, errors and static files included (S36, S28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app, g, make_response, request

from app.foundation.text import random_id

if TYPE_CHECKING:
    from flask import Flask, Response
    from flask.typing import ResponseReturnValue

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FIXED: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
TWO_YEARS: Final = "max-age=63072000; includeSubDomains"


def register(app: Flask) -> None:
    """Name each request, and finish each response."""
    app.before_request(_name_request)
    app.after_request(_finish)


def _name_request() -> None:
    g.request_id = random_id(16)


def _finish(response: Response) -> Response:
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = TWO_YEARS
    response.headers["X-Request-ID"] = g.get("request_id", "")
    # A page is private unless its view says otherwise: a cart badge is somebody's own.
    said = response.headers.get("Cache-Control")
    if said is None:
        response.headers["Cache-Control"] = "no-store" if is_personal() else "private, no-cache"
    elif "no-store" in said:  # Flask-Security writes `no-store=True`, which browsers need not heed
        response.headers["Cache-Control"] = "no-store"
    return response


def keep_private(response: ResponseReturnValue) -> ResponseReturnValue:
    """Keep pages that a link with a token opens out of caches, indexes and other sites' logs (S28).

    "no-referrer" would do the same for other sites, but a browser then sends our own forms without
    an origin, and they are refused as forged (S08). For `after_request` of a blueprint.
    """
    made = make_response(response)
    made.headers["Cache-Control"] = "no-store"
    made.headers["Referrer-Policy"] = "same-origin"
    made.headers["X-Robots-Tag"] = "noindex"
    return made


def is_personal() -> bool:
    """Whether a page shows what only its reader may keep: desks, orders, accounts, forms sent."""
    parts = request.path.split("/")
    return request.method == "POST" or any(
        part in parts for part in ("desk", "account", "orders", "checkout", "cart", "wishes")
    )
