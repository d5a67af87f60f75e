"""Small things that a browser keeps for us, all of them with the same flags (S36)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


def keep(
    response: Response, name: str, value: str, *, seconds: int, is_for_scripts: bool = False
) -> None:
    """Let the browser keep a value; over TLS only where the shop's own address is https.

    What the address says counts and not this request: a proxy that is not told of may have ended TLS.
    """
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=not is_for_scripts,
        samesite="Lax",
        secure=_is_secure(),
    )


def forget(response: Response, name: str) -> None:
    """Let the browser forget a value."""
    response.delete_cookie(name, samesite="Lax", secure=_is_secure())


def _is_secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
