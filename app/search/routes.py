"""What the search box asks while somebody types."""

from typing import TYPE_CHECKING, Final

from flask import Blueprint, make_response, render_template, request

from app.search.analysis import MAX_QUERY_CHARS
from app.search.finder import suggestions
from app.web.access import public
from app.web.locale import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("search", __name__, template_folder="templates")

CACHED: Final = "public, max-age=60"


@blueprint.get("/<lang:lang>/search/suggest")
@public
def suggest() -> "ResponseReturnValue":
    """Give the lines under the search box, an empty answer when nothing fits."""
    typed = request.args.get("q", "")[:MAX_QUERY_CHARS]
    found = suggestions().suggest(typed, lang=language())
    response = make_response(render_template("search/suggestions.html", suggestions=found))
    response.headers["Cache-Control"] = CACHED
    return response
