"""Parts of pages for htmx: the same address and templates, without what stands around the part.

A page that can answer in part says so by `Vary`, so that no cache gives one for the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

if TYPE_CHECKING:
    from flask import Response

HEADER: Final = "HX-Request"


def is_partial() -> bool:
    """Whether htmx asks, and so only the part of the page that changes is wanted."""
    return request.headers.get(HEADER) == "true"


def vary(response: Response) -> Response:
    """Tell caches that the answer depends on who asks."""
    response.vary.add(HEADER)
    return response
