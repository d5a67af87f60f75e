"""What the search box asks while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, current_app, make_response, render_template, request

from app.search.analysis import MAX_QUERY_CHARS
from app.search.offering import suggestions
from app.search.views import suggestion_views
from app.web.access import public
from app.web.locale import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("search", __name__, template_folder="../templates")

CACHED: Final = "public, max-age=60"


@blueprint.get("/<lang:lang>/search/suggest")
@public
def suggest() -> ResponseReturnValue:
    """Give the lines under the search box, an empty answer when nothing fits."""
    typed, lang = request.args.get("q", "")[:MAX_QUERY_CHARS], language()
    offered = suggestions(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    found = suggestion_views(offered.suggest(typed, lang=lang), lang)
    response = make_response(render_template("search/suggestions.html", suggestions=found))
    response.headers["Cache-Control"] = CACHED
    return response
