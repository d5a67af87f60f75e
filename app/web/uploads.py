"""Files that people send: how much a request may hold, and an answer that arrives when it holds more (S13).

Werkzeug keeps parts of a form that are files on disk, so the bytes of a request cost no memory until they are
read, one file at a time and never more than a picture may have.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from app.foundation.decoding import LARGEST_FILE, MEGABYTE, return_memory_at_once
from app.web.identity import current_actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.typing import ResponseReturnValue

View = TypeVar("View", bound="Callable[..., ResponseReturnValue]")

MOST_SENT: Final = 40 * MEGABYTE  # in one form, by somebody signed in
MOST_DRAINED: Final = 120 * MEGABYTE
LONGEST_DRAIN: Final = 20.0  # seconds
PIECE: Final = 64 * 1024
_ATTRIBUTE: Final = "__takes_files__"


def takes_files(view: View) -> View:
    """Let a view take forms with several pictures, from whoever has signed in."""
    setattr(view, _ATTRIBUTE, True)
    return view


def file_data(sent: Any) -> bytes | None:  # noqa: ANN401 - what a FileField holds
    """Read a file that was sent, if one was; of one that is too large no more than shows that."""
    if not sent or isinstance(sent, str) or not sent.filename:
        return None
    data: bytes = sent.stream.read(LARGEST_FILE + 1)
    return data


def register(app: Flask) -> None:
    """Set the size of each request before anybody reads its form, and keep no memory of its pictures."""
    return_memory_at_once()
    app.before_request(_allow)


def _allow() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method == "POST" and getattr(view, _ATTRIBUTE, False) and current_actor().user_id:
        request.max_content_length = MOST_SENT


def drain() -> None:
    """Read on what is too large, and forget it: a browser shows no answer before it has sent everything.

    What would take too long or is beyond reason is cut off all the same.
    """
    stream: Any = request.environ["wsgi.input"]
    with suppress(RequestEntityTooLarge):  # of a form that was read in part, what is left
        stream = request.stream
    left, until = MOST_DRAINED, time.monotonic() + LONGEST_DRAIN
    has_end = request.content_length is not None or request.environ.get("wsgi.input_terminated")
    if request.content_length is not None:
        left = min(left, request.content_length)
    with suppress(RequestEntityTooLarge, OSError):
        while has_end and left > 0 and time.monotonic() < until:
            piece = stream.read(min(PIECE, left))
            if not piece:
                return
            left -= len(piece)
