"""What the search box asks while somebody types, and the results that are no products."""

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, current_app, make_response, render_template, request, url_for

from app.foundation.errors import InvalidInputError
from app.foundation.paging import Page, offset_of
from app.search.finder import also_called, highlight_of, understood
from app.search.language.tokens import MAX_QUERY_CHARS
from app.search.others import Kind
from app.search.suggesting.offering import suggestions
from app.search.suggesting.suggestion_views import suggestion_views
from app.search.views import ICONS, LABELS, keys_of, lines, products_count, tabs
from app.web.access import public
from app.web.inputs import optional_number, words
from app.web.locale import language
from app.web.meta import describe
from app.web.paging import pages_of
from app.web.problems import problem_page
from app.web.sentences import sentence, too_long

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("search", __name__, template_folder="../templates")

CACHED: Final = "public, max-age=60"
PAGE: Final = 24
EVERYTHING: Final = {
    Kind.PRODUCERS: "vendors.producers",
    Kind.VILLAGES: "villages.villages",
    Kind.SHOWROOMS: "showrooms.showrooms",
    Kind.STORIES: "content.stories",
    Kind.HELP: "content.help_index",
}


@blueprint.get("/<lang:lang>/search/suggest")
@public
def suggest() -> "ResponseReturnValue":
    """Give the lines under the search box, an empty answer when nothing fits."""
    typed, lang = request.args.get("q", "")[:MAX_QUERY_CHARS], language()
    offered = suggestions(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    found = offered.suggest(typed, lang=lang) or offered.suggest_any(also_called(typed), lang=lang)
    views = suggestion_views(found, lang)
    response = make_response(render_template("search/suggestions.html", suggestions=views))
    response.headers["Cache-Control"] = CACHED
    return response


@blueprint.errorhandler(InvalidInputError)
def refuse(error: InvalidInputError) -> "ResponseReturnValue":
    """Say that a query is too long where that is what is wrong."""
    is_long = error.field == "q" and len(request.args.get("q", "")) > MAX_QUERY_CHARS
    return problem_page(error.status, too_long(MAX_QUERY_CHARS) if is_long else sentence(error))


@blueprint.get("/<lang:lang>/search/<kind>")
@public
def others(kind: str) -> str:
    """List what words find of one kind that is no product."""
    chosen = Kind(kind) if kind in set(Kind) else abort(404)
    lang = language()
    q = words(request.args.get("q"), longest=MAX_QUERY_CHARS, name="q")
    number = optional_number(request.args.get("page"), least=1, most=2**31, name="page") or 1
    products, mended = products_count(q, lang) if q else (0, "")
    found, meant = keys_of(chosen, q, mended) if q else ([], q)
    offset = offset_of(number, size=PAGE, total=len(found))
    shown = found[offset : offset + PAGE]
    page: Page[Any] = Page(items=shown, number=number, size=PAGE, total=len(found))
    around = tabs(q, lang, products, here=chosen, mended=mended) if q else []
    describe(is_indexable=False)
    return render_template(
        "search/others.html",
        q=q,
        meant=meant,
        kind=chosen.value,
        label=LABELS[chosen],
        icon_name=ICONS[chosen],
        tabs=around,
        total=len(found),
        lines=lines(chosen, shown, lang, highlight_of(understood(meant))),
        page=pages_of(page, "search.others", kind=chosen.value, q=q or None),
        elsewhere=[one for one in around if one.count and not one.is_here],
        everything=url_for(EVERYTHING[chosen]),
    )
