"""What pages of results tell of themselves: which words were looked for, which product was opened.

No page is drawn and nothing is said back. A robot that runs no script is not counted, and neither is
whoever asks not to be tracked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, request

from app.foundation.clock import now
from app.foundation.text import is_storable
from app.foundation.work import in_unit_of_work
from app.search.traces import Trace, read_trace
from app.search.tracing import note_click, note_search
from app.web.access import public
from app.web.csrf import protect
from app.web.limits import limit, network

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("search_log", __name__, url_prefix="/<lang:lang>/search")

NOTHING: Final = ("", 204)
LONGEST_ID: Final = 12


# No token of a form: the page's own is signed, lasts a day and can do no more than count (S08).
@bp.post("/searched")
@protect.exempt
@public
@limit("60 per minute; 600 per hour")
def searched() -> ResponseReturnValue:
    """Count a search."""
    trace, at = _trace(), now()
    if not _is_left_alone():
        in_unit_of_work(
            lambda: note_search(
                trace.text, lang=trace.lang, is_empty=trace.is_empty, network=network(), now=at
            )
        )
    return NOTHING


@bp.post("/opened")
@protect.exempt
@public
@limit("60 per minute; 600 per hour")
def opened() -> ResponseReturnValue:
    """Count that a product of a result was opened."""
    trace, at = _trace(), now()
    product = request.form.get("product", "")[:LONGEST_ID]
    if not product or not is_storable(product):
        abort(400)
    if not _is_left_alone():
        in_unit_of_work(
            lambda: note_click(trace.text, product, lang=trace.lang, network=network(), now=at)
        )
    return NOTHING


def _trace() -> Trace:
    """Read the page's token, or refuse."""
    return read_trace(request.form.get("token", "")) or abort(400)


def _is_left_alone() -> bool:
    return request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1"
