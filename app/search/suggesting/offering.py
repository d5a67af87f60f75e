"""The list of suggestions of one process: read once, and made anew beside the requests."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog

from app.foundation import edition
from app.foundation.clock import today
from app.foundation.database import db
from app.foundation.kept import Kept
from app.search.suggesting.suggest import SuggestionList
from app.search.suggesting.suggest_queries import suggestion_entries

if TYPE_CHECKING:
    from collections.abc import Hashable

    from flask import Flask

log = structlog.get_logger(__name__)

LOOKED_AT: Final = 30.0  # seconds after which a list is compared with the shop
_KEY: Final = "suggestions"


@dataclass(slots=True)
class _Held:
    """A list, the state of the shop that it shows, and when that was last looked at."""

    list: SuggestionList
    stamp: Hashable
    looked_at: float


_held: Final[Kept[_Held]] = Kept(most=1, seconds=float("inf"))
_first: Final = threading.Lock()


def suggestions(app: Flask) -> SuggestionList:
    """Give the list; one that the shop has left behind is answered from until the new one is there.

    Only the first request of a process waits for it.
    """
    with _first:
        held = _held.get(_KEY, _make)
        is_due = time.monotonic() - held.looked_at >= LOOKED_AT
        if is_due:
            held.looked_at = time.monotonic()
    if is_due and _stamp() != held.stamp:
        threading.Thread(target=renew, args=(app,), name="suggestions", daemon=True).start()
    return held.list


def renew(app: Flask) -> None:
    """Make the list anew and put it in the place of the old one."""
    with app.app_context():
        try:
            made = _make()
        except Exception:
            log.exception("search.suggestions_not_made")
        else:
            with _first:  # nobody may find the place empty, and wait for one more list
                _held.forget()
                _held.get(_KEY, lambda: made)
        finally:
            db.session.remove()


def _make() -> _Held:
    stamp = _stamp()
    return _Held(SuggestionList(suggestion_entries(today())), stamp, time.monotonic())


def _stamp() -> Hashable:
    return edition.current(), today()
