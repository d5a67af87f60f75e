"""Nearly right addresses lead to the right one: a slash too many, a language in capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from flask import abort, current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import RequestRedirect

from app.foundation.text import is_storable
from app.web.locale import LANGUAGES

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

MOVED: Final = 301
BAD_REQUEST: Final = 400
KEPT_IN_PATHS: Final = "/:@!$&'()*+,;=~"


def register(app: Flask) -> None:
    """Look at addresses that name nothing before the 404 page does."""
    app.before_request(_lead_on)


def tidy(path: str) -> str:
    """Write a path as ours are written: the language small, no slash at the end but after a language."""
    first, _slash, rest = path.lstrip("/").partition("/")
    if first.lower() not in LANGUAGES:
        return path
    return f"/{first.lower()}/{rest.rstrip('/')}"


def is_page(address: str) -> bool:
    """Whether an address on this site is one that a page answers to; what follows ? or # says nothing."""
    adapter = current_app.url_map.bind("")
    try:
        adapter.match(unquote(urlsplit(address).path), method="GET")
    except RequestRedirect:
        return True
    except (HTTPException, ValueError):
        return False
    return True


def opens(address: str) -> bool:
    """Whether a stranger who follows an address on this site gets a page, or is led on from it.

    A route says nothing of the names in an address, so the view itself is asked, in a context of its own.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    asked = {"base_url": request.host_url, "headers": {"Accept": "application/json"}}
    try:
        with app.app_context(), app.test_request_context(address, **asked):
            answer = app.full_dispatch_request()
            answer.close()
    except ValueError:
        return False
    return int(answer.status_code) < BAD_REQUEST


def moved_to(path: str) -> ResponseReturnValue:
    """Send the reader to another path for good, the query kept."""
    query = request.query_string.decode("ascii", "replace")
    address = quote(path, safe=KEPT_IN_PATHS)
    return redirect(f"{address}?{query}" if query else address, code=MOVED)


def moved_or_gone(endpoint: str, slug: str | None) -> ResponseReturnValue:
    """Lead from an old address to the one that the same thing has today; without one it is a 404."""
    if slug is None:
        abort(404)
    return moved_to(url_for(endpoint, slug=slug))


def _lead_on() -> ResponseReturnValue | None:
    if not isinstance(request.routing_exception, NotFound) or request.method not in {"GET", "HEAD"}:
        return None
    path = tidy(request.path)
    if path == request.path or not is_storable(path):
        return None
    adapter = current_app.create_url_adapter(request)
    try:
        if adapter is not None:
            adapter.match(path, method="GET")
            return moved_to(path)
    except HTTPException:  # nothing there either
        pass
    return None
