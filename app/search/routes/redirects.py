"""The search desk: queries that lead straight to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, request

from app.foundation.actors import Permission
from app.search import rule_queries, services
from app.search.forms import DropForm, RedirectForm
from app.search.routes.saving import is_overtaken, press, render, save
from app.search.rules import LONGEST_KEY
from app.web.access import permitted
from app.web.inputs import words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint(
    "search_redirects",
    __name__,
    url_prefix="/<lang:lang>/desk/office/search/redirects",
    template_folder="../templates",
)


@bp.get("")
@permitted(Permission.SEARCH_MANAGE)
def redirects() -> str:
    """List the redirects, with a form for another."""
    suggested = words(request.args.get("query"), longest=LONGEST_KEY, name="query")
    return redirects_page(RedirectForm(None, query=suggested))


@bp.post("")
@permitted(Permission.SEARCH_MANAGE)
def add_redirect() -> ResponseReturnValue:
    """Add a redirect."""
    form = RedirectForm()
    return save(
        form,
        lambda actor, at: services.add_redirect(
            form.query.data or "",
            path_vi=form.path_vi.data or "",
            path_en=form.path_en.data or "",
            actor=actor,
            now=at,
        ),
        lambda: redirects_page(form),
        "search_redirects.redirects",
    )


@bp.get("/<int:redirect_id>")
@permitted(Permission.SEARCH_MANAGE)
def one_redirect(redirect_id: int) -> str:
    """Open a redirect to change it."""
    kept = rule_queries.redirect_by_id(redirect_id) or abort(404)
    form = RedirectForm(
        None,
        query=kept.query,
        path_vi=kept.path_vi,
        path_en=kept.path_en,
        version=str(kept.version),
    )
    return redirect_page(redirect_id, form)


@bp.post("/<int:redirect_id>")
@permitted(Permission.SEARCH_MANAGE)
def change_redirect(redirect_id: int) -> ResponseReturnValue:
    """Save a redirect."""
    form = RedirectForm()
    return save(
        form,
        lambda actor, at: services.change_redirect(
            rule_queries.redirect_by_id(redirect_id) or abort(404),
            form.query.data or "",
            path_vi=form.path_vi.data or "",
            path_en=form.path_en.data or "",
            version=form.read_version,
            actor=actor,
            now=at,
        ),
        lambda: redirect_page(redirect_id, form),
        "search_redirects.redirects",
    )


@bp.post("/<int:redirect_id>/drop")
@permitted(Permission.SEARCH_MANAGE)
def drop_redirect(redirect_id: int) -> ResponseReturnValue:
    """Take a redirect away."""
    form = DropForm()
    return press(
        lambda actor, at: services.drop_redirect(
            rule_queries.redirect_by_id(redirect_id) or abort(404),
            version=form.read_version,
            actor=actor,
            now=at,
        ),
        "search_redirects.redirects",
    )


def redirects_page(form: RedirectForm) -> str:
    """Render the redirects."""
    return render("search/desk/redirects.html", form=form, kept=rule_queries.redirects())


def redirect_page(redirect_id: int, form: RedirectForm) -> str:
    """Render one redirect, and what is saved now when somebody else was faster."""
    kept = rule_queries.redirect_by_id(redirect_id) or abort(404)
    is_conflict = is_overtaken(form, kept)
    return render("search/desk/redirect.html", form=form, kept=kept, is_conflict=is_conflict)
