"""Public pages of showrooms: the list by province, and one with its shelf."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from app.foundation.clock import now, today
from app.programme.queries import category_by_slug
from app.shop.catalogue.views import card_views
from app.showrooms.found import showroom_data
from app.showrooms.queries import (
    public_neighbours,
    public_provinces,
    public_showroom,
    public_showrooms,
    shelf_groups,
    shelf_page,
    showroom_slug_today,
)
from app.showrooms.views import by_province, map_places, shelf_choices, showroom_view
from app.web.access import public
from app.web.addresses import moved_or_gone
from app.web.inputs import optional_number, words
from app.web.locale import language
from app.web.meta import describe
from app.web.paging import pages_of
from app.web.plumbing import site_settings
from app.web.sharing import share_links
from app.web.strangers import kept_for_strangers

bp = Blueprint("showrooms", __name__, url_prefix="/<lang:lang>", template_folder="../templates")
NEIGHBOURS = 3


@bp.get("/showrooms")
@public
@kept_for_strangers()
def showrooms() -> str:
    """List the showrooms under their provinces."""
    slug = words(request.args.get("province"), longest=80, name="province")
    page = public_showrooms(province_slug=slug, number=_page_number())
    lang, provinces = language(), public_provinces()
    describe(
        is_indexable=not slug,
        parameters=lambda _lang: {"page": str(page.number)} if page.number > 1 else {},
    )
    return render_template(
        "showrooms/showrooms.html",
        page=page,
        pages=pages_of(page, "showrooms.showrooms", province=slug or None),
        groups=by_province(page.items, lang, now()),
        provinces=provinces,
        places=map_places(provinces, lang),
        chosen=next((one for one in provinces if one.slug == slug), None),
    )


@bp.get("/showrooms/<slug>")
@public
@kept_for_strangers()
def showroom(slug: str) -> str:
    """Show one showroom and what stands on its shelf now, all of it or one product group."""
    found = public_showroom(slug)
    if found is None:
        abort(moved_or_gone("showrooms.showroom", showroom_slug_today(slug)))  # type: ignore[arg-type]
    lang, number = language(), _page_number()
    asked = words(request.args.get("category"), longest=80, name="category")
    chosen = (category_by_slug(asked) or abort(404)) if asked else None
    describe(
        data=[showroom_data(found, are_hours_real=not site_settings().is_demonstration)],
        is_indexable=not asked,
        parameters=lambda _lang: {"page": str(number)} if number > 1 else {},
    )
    groups = shelf_groups(found.showroom.place_id)
    code = chosen.code if chosen else None
    total = groups.get(code, 0) if code else sum(groups.values())
    page = shelf_page(found.showroom.place_id, group_code=code, number=number, total=total)
    view = showroom_view(found, lang, now())
    neighbours = public_neighbours(found.showroom, limit=NEIGHBOURS)
    return render_template(
        "showrooms/showroom.html",
        showroom=view,
        cards=card_views(page.items, lang=lang, today=today()),
        choices=shelf_choices(groups, slug=slug, chosen=code, lang=lang),
        total=sum(groups.values()),
        pages=pages_of(page, "showrooms.showroom", slug=slug, category=asked or None),
        neighbours=[showroom_view(one, lang, now()) for one in neighbours],
        share_to=share_links(view.url, view.name),
    )


def _page_number() -> int:
    number = optional_number(request.args.get("page"), least=0, most=10**9, name="page")
    return 1 if number is None else number
