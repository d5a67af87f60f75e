"""The search desk: products pinned and buried in the result of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, request, url_for

from app.foundation.actors import Permission
from app.foundation.clock import today
from app.search import desk_views, rule_queries, services
from app.search.forms import DropForm, QueryForm, RuleForm
from app.search.routes.saving import press, render, save
from app.search.rules import LONGEST_KEY, Treatment, query_key
from app.web.access import permitted
from app.web.inputs import words
from app.web.locale import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint(
    "search_results",
    __name__,
    url_prefix="/<lang:lang>/desk/office/search/results",
    template_folder="../templates",
)


@bp.get("")
@permitted(Permission.SEARCH_MANAGE)
def results() -> ResponseReturnValue:
    """List the queries that are arranged; open one by what people type."""
    typed = words(request.args.get("query"), longest=LONGEST_KEY, name="query")
    if key := query_key(typed):
        return redirect(url_for("search_results.result", query=key), code=303)
    return render(
        "search/desk/results.html",
        form=QueryForm(None, query=typed),
        queries=rule_queries.ruled_queries(),
    )


@bp.get("/of")
@permitted(Permission.SEARCH_MANAGE)
def result() -> ResponseReturnValue:
    """Show what a query finds now, and what is pinned and buried in it."""
    return result_page(_query(request.args.get("query")), RuleForm(None))


@bp.post("/of")
@permitted(Permission.SEARCH_MANAGE)
def set_rule() -> ResponseReturnValue:
    """Pin a product or bury it."""
    form = RuleForm()
    query = _query(form.query.data)
    treatment = Treatment.BURY if request.form.get("do") == "bury" else Treatment.PIN
    return save(
        form,
        lambda actor, at: services.set_rule(
            query,
            form.product.data or "",
            treatment,
            form.place.count or 1,
            actor=actor,
            now=at,
        ),
        lambda: result_page(query, form),
        "search_results.result",
        query=query,
    )


@bp.post("/rules/<int:rule_id>/drop")
@permitted(Permission.SEARCH_MANAGE)
def drop_rule(rule_id: int) -> ResponseReturnValue:
    """Take a rule away."""
    form = DropForm()
    query = (rule_queries.rule_by_id(rule_id) or abort(404)).query
    return press(
        lambda actor, at: services.drop_rule(
            rule_queries.rule_by_id(rule_id) or abort(404),
            version=form.read_version,
            actor=actor,
            now=at,
        ),
        "search_results.result",
        query=query,
    )


def result_page(query: str, form: RuleForm) -> str:
    """Render a query's result with its rules, and products to make another rule for."""
    if form.product.data:
        form.place.id = f"place-{form.product.data}"
    wanted = words(request.values.get("find"), longest=LONGEST_KEY, name="find")
    return render(
        "search/desk/result.html",
        query=query,
        form=form,
        rules=rule_queries.rules_of(query),
        preview=desk_views.preview(query, lang=language(), today=today()),
        find=wanted,
        found=desk_views.products_named(wanted),
        most=services.MOST_RULES,
    )


def _query(text: str | None) -> str:
    """Read a query; one without words is no page."""
    return query_key(words(text, longest=LONGEST_KEY, name="query")) or abort(404)
