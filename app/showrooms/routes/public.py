"""Public pages of showrooms: the list by province, and one with its shelf."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request, url_for

from app.foundation.clock import today
from app.shop.catalogue.queries import cards_of
from app.shop.catalogue.views import card_view
from app.showrooms.found import showroom_data
from app.showrooms.queries import (
    products_on_shelf,
    public_provinces,
    public_showroom,
    public_showrooms,
    showroom_slug_today,
)
from app.showrooms.views import by_province, showroom_view
from app.web.access import public
from app.web.addresses import moved_or_gone
from app.web.inputs import optional_number, words
from app.web.locale import language
from app.web.meta import describe
from app.web.plumbing import site_settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("showrooms", __name__, url_prefix="/<lang:lang>", template_folder="../templates")


@bp.get("/showrooms")
@public
def showrooms() -> ResponseReturnValue:
    """List the showrooms under their provinces."""
    slug = words(request.args.get("province"), longest=80, name="province")
    number = optional_number(request.args.get("page"), least=0, most=10**9, name="page")
    page = public_showrooms(province_slug=slug, number=1 if number is None else number)
    provinces = public_provinces()
    describe(
        is_indexable=not slug,
        parameters=lambda _lang: {"page": str(page.number)} if page.number > 1 else {},
    )
    return render_template(
        "showrooms/showrooms.html",
        page=page,
        pages=SimpleNamespace(
            number=page.number,
            count=page.count,
            window=page.window,
            url_for_number=lambda wanted: url_for(
                "showrooms.showrooms", province=slug or None, page=wanted
            ),
        ),
        groups=by_province(page.items, language()),
        provinces=provinces,
        chosen=slug,
    )


@bp.get("/showrooms/<slug>")
@public
def showroom(slug: str) -> ResponseReturnValue:
    """Show one showroom and what stands on its shelf now."""
    found = public_showroom(slug)
    if found is None:
        return moved_or_gone("showrooms.showroom", showroom_slug_today(slug))
    describe(data=[showroom_data(found, are_hours_real=not site_settings().is_demonstration)])
    product_ids = products_on_shelf(found.showroom.place_id)
    cards = cards_of(product_ids=product_ids, limit=len(product_ids)) if product_ids else []
    return render_template(
        "showrooms/showroom.html",
        showroom=showroom_view(found, language()),
        cards=[card_view(row, lang=language(), today=today()) for row in cards],
    )
