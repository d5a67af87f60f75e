"""Error pages: one look, in the reader's language, with the number of the request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import structlog
from flask import current_app, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.foundation.database import db
from app.foundation.errors import DomainError
from app.foundation.slots import slot
from app.web import meta
from app.web.fragments import Fragment, fragments
from app.web.locale import LANGUAGES, language
from app.web.sentences import sentence
from app.web.uploads import drain

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

log = structlog.get_logger(__name__)
RETRY_AFTER: Final = "5"
SERVER_ERROR: Final = 500
TOO_LARGE: Final = 413
# Statuses of addresses that may have been meant for something else.
SEARCHING: Final = frozenset({404, 410})
LONGEST_WORD: Final = 30
LONGEST_WORDS: Final = 80
_WORD: Final = re.compile(r"[^\W_]+")


def register(app: Flask) -> None:
    """Answer every refusal and fault with a page."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def _domain(error: DomainError) -> ResponseReturnValue:
    return problem_page(error.status, sentence(error))


def _forged(error: CSRFError) -> ResponseReturnValue:  # noqa: ARG001
    return problem_page(
        400, _("This form had been open too long. Go back, reload the page and send it again.")
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:  # noqa: PLR2004 - a redirect is an answer, not a problem
        return error
    if error.code == TOO_LARGE:
        drain()
        return problem_page(error.code, explain(error.code), form=own_form())
    return problem_page(error.code, explain(error.code))


def _fault(error: Exception) -> ResponseReturnValue:
    log.error("request.fault", request_id=g.get("request_id"), path=request.path, exc_info=error)
    try:
        db.session.rollback()
        return problem_page(SERVER_ERROR, explain(SERVER_ERROR))
    except Exception:  # the page asks the database too: without one the sentence alone must do
        log.exception("request.fault_page", request_id=g.get("request_id"))
        return explain(SERVER_ERROR), SERVER_ERROR, {"Content-Type": "text/plain; charset=utf-8"}


def explain(status: int) -> str:
    """Say what a status means to somebody who came to shop."""
    sentences: dict[int, str] = {
        400: _("Something in the address or in what was sent cannot be right."),
        403: _("This page is for others. Sign in with an account that may open it."),
        404: _(
            "There is nothing at this address. Perhaps the search finds what you are looking for."
        ),
        410: _("What was here is gone for good. Perhaps the search finds something like it."),
        405: _("This address cannot be used in that way."),
        413: _(
            "What was sent is too large. Go back, where what you typed should still stand, "
            "choose fewer or smaller files and send it again."
        ),
        429: _("That was a little too often. Wait a minute and try again."),
        500: _("Something broke on our side. Nothing that was confirmed to you is lost."),
        503: _("Many people are here right now. Please try again in a moment."),
    }
    return sentences.get(status) or str(_("This cannot be done."))


def own_form() -> str | None:
    """Find the page with the form that was sent here, where it has the same address."""
    return request.full_path.rstrip("?") if adapter_knows(request.path) else None


def adapter_knows(path: str) -> bool:
    """Whether a path can be opened as a page."""
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(path, method="GET")


def problem_page(status: int, message: str, *, form: str | None = None) -> ResponseReturnValue:
    """Render the page of a problem, with a way back to a form; machines and scripts get JSON."""
    headers = {"Cache-Control": "no-store"}
    if status == 503:  # noqa: PLR2004
        headers["Retry-After"] = RETRY_AFTER
    request_id = g.get("request_id", "")
    first = request.path.strip("/").split("/", 1)[0]
    is_machine = first in {"api", "webhooks", "healthz", "readyz", "metrics"}
    if is_machine or request.accept_mimetypes.best == "application/json":
        return jsonify(error=message, request_id=request_id), status, headers
    title = {
        404: _("Not found"),
        410: _("No longer here"),
        403: _("Not for this account"),
        500: _("Our fault"),
        503: _("Please wait a moment"),
    }.get(status, _("That did not work"))
    meant = words_of(request.path) if status in SEARCHING else ""
    meta.hide()
    page = render_template(
        "errors/error.html",
        status=status,
        title=title,
        message=message,
        form=form,
        request_id=request_id,
        words=meant,
        suggestions=suggested(meant),
        links=ways_on(),
    )
    return page, status, headers


def words_of(path: str) -> str:
    """Read what somebody was looking for out of an address: the words of its last part."""
    last = [part for part in path.split("/") if part and part not in LANGUAGES][-1:]
    found = [word for part in last for word in _WORD.findall(part) if len(word) < LONGEST_WORD]
    return " ".join(word for word in found if not any(map(str.isdigit, word)))[:LONGEST_WORDS]


def suggested(text: str) -> list[Fragment]:
    """Ask the shop what the words of an address may mean; a page of a problem is never one itself."""
    if not text:
        return []
    try:
        return fragments("problem.suggestions", text, language())
    except Exception:  # whatever fails here, the page must come
        log.exception("problem.suggestions", request_id=g.get("request_id"))
        db.session.rollback()
        return []


def ways_on() -> list[Any]:
    """Link the categories; none where even they cannot be read."""
    links = slot("page.categories")
    try:
        return list(links()) if links else []
    except Exception:  # the same
        log.exception("problem.categories", request_id=g.get("request_id"))
        db.session.rollback()
        return []
