"""The search desk of the programme: the report of a week, and groups of words for one thing."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, abort, request

from app.foundation.actors import Permission
from app.foundation.clock import today
from app.foundation.errors import InvalidInputError
from app.search import desk_views, log_queries, rule_queries, services
from app.search.forms import DropForm, SynonymForm
from app.search.routes.saving import is_overtaken, press, render, save
from app.web.access import permitted
from app.web.inputs import words
from app.web.locale import LANGUAGES

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint(
    "search_desk",
    __name__,
    url_prefix="/<lang:lang>/desk/office/search",
    template_folder="../templates",
)

LONGEST: Final = 100
EARLIEST: Final = date(2020, 1, 6)  # before this shop


@bp.get("")
@permitted(Permission.SEARCH_MANAGE)
def report() -> str:
    """Count a week of searches."""
    begins, lang = _week(), _language()
    week = log_queries.report(begins, lang)
    last = log_queries.monday_of(today())
    return render(
        "search/desk/report.html",
        week=week,
        shares=desk_views.shares(week),
        weeks=[last - log_queries.WEEK * back for back in range(log_queries.WEEKS)],
        lang_asked=lang,
    )


@bp.get("/report.csv")
@permitted(Permission.SEARCH_MANAGE)
def report_file() -> Response:
    """Give every query of a week as a file."""
    begins, lang = _week(), _language()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["query", "language", "searches", "without result", "with a product opened"])
    writer.writerows(desk_views.csv_rows(log_queries.all_lines(begins, lang)))
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="search-{begins}.csv"'
    return answer


@bp.get("/synonyms")
@permitted(Permission.SEARCH_MANAGE)
def synonyms() -> str:
    """List the groups, with a form for another."""
    suggested = words(request.args.get("words"), longest=LONGEST, name="words")
    return synonyms_page(SynonymForm(None, words=suggested))


@bp.post("/synonyms")
@permitted(Permission.SEARCH_MANAGE)
def add_synonyms() -> ResponseReturnValue:
    """Add a group."""
    form = SynonymForm()
    return save(
        form,
        lambda actor, at: services.add_synonyms(
            form.lines, note=form.note.data or "", actor=actor, now=at
        ),
        lambda: synonyms_page(form),
        "search_desk.synonyms",
    )


@bp.get("/synonyms/<int:group_id>")
@permitted(Permission.SEARCH_MANAGE)
def synonym(group_id: int) -> str:
    """Open a group to change it."""
    group = rule_queries.synonym_group(group_id) or abort(404)
    return synonym_page(
        group_id,
        SynonymForm(
            None, words="\n".join(group.words), note=group.note, version=str(group.version)
        ),
    )


@bp.post("/synonyms/<int:group_id>")
@permitted(Permission.SEARCH_MANAGE)
def change_synonyms(group_id: int) -> ResponseReturnValue:
    """Save a group."""
    form = SynonymForm()
    return save(
        form,
        lambda actor, at: services.change_synonyms(
            rule_queries.synonym_group(group_id) or abort(404),
            form.lines,
            note=form.note.data or "",
            version=form.read_version,
            actor=actor,
            now=at,
        ),
        lambda: synonym_page(group_id, form),
        "search_desk.synonyms",
    )


@bp.post("/synonyms/<int:group_id>/use")
@permitted(Permission.SEARCH_MANAGE)
def use_synonyms(group_id: int) -> ResponseReturnValue:
    """Retire a group, or use it again."""
    form, is_active = DropForm(), request.form.get("wanted") == "use"
    return press(
        lambda actor, at: services.use_synonyms(
            rule_queries.synonym_group(group_id) or abort(404),
            is_active=is_active,
            version=form.read_version,
            actor=actor,
            now=at,
        ),
        "search_desk.synonyms",
    )


def synonyms_page(form: SynonymForm) -> str:
    """Render the groups."""
    return render("search/desk/synonyms.html", form=form, groups=rule_queries.synonym_groups())


def synonym_page(group_id: int, form: SynonymForm) -> str:
    """Render one group, and what is saved now when somebody else was faster."""
    group = rule_queries.synonym_group(group_id) or abort(404)
    is_conflict = is_overtaken(form, group)
    return render("search/desk/synonym.html", form=form, group=group, is_conflict=is_conflict)


def _week() -> date:
    """Read the week that is wanted, this one when none is. Raises `InvalidInputError`."""
    text = request.args.get("week", "")
    if not text:
        return log_queries.monday_of(today())
    try:
        day = date.fromisoformat(text[:10])
    except ValueError as error:
        raise InvalidInputError(field="week") from error
    if not EARLIEST <= day <= today():
        raise InvalidInputError(field="week")
    return log_queries.monday_of(day)


def _language() -> str:
    lang = request.args.get("language", "")
    if lang and lang not in LANGUAGES:
        raise InvalidInputError(field="language")
    return lang
