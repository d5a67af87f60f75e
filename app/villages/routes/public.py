"""Public pages of villages: the list, one village, and a visit asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, redirect, render_template, request, url_for

from app.foundation.clock import now, today
from app.foundation.errors import InvalidInputError
from app.foundation.work import unit_of_work
from app.shop.catalogue.queries import cards_of
from app.shop.catalogue.views import card_views
from app.villages.forms import VisitForm
from app.villages.found import village_data
from app.villages.queries import (
    products_of,
    public_neighbours,
    public_provinces,
    public_village,
    public_villages,
    public_visit,
    village_slug_today,
)
from app.villages.services import FURTHEST, ask_visit
from app.villages.views import makers_of, village_card, village_view, visit_view, weekends
from app.web.access import public
from app.web.addresses import moved_or_gone
from app.web.inputs import optional_number, words
from app.web.limits import limit
from app.web.locale import language
from app.web.meta import describe
from app.web.paging import pages_of
from app.web.sentences import sentence
from app.web.sharing import share_links
from app.web.strangers import kept_for_strangers

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.villages.queries import LocatedVillage
SEE_OTHER: Final = 303
NEIGHBOURS: Final = 3
WEEKENDS: Final = 8


def _was_asked(response: Response) -> bool:
    """Count only what reached the host: who mends a form may send it as often as it takes."""
    return response.status_code == SEE_OTHER


bp = Blueprint("villages", __name__, url_prefix="/<lang:lang>", template_folder="../templates")


@bp.get("/villages")
@public
@kept_for_strangers()
def villages() -> str:
    """List the villages, all or one province's."""
    slug = words(request.args.get("province"), longest=80, name="province")
    number = optional_number(request.args.get("page"), least=0, most=10**9, name="page")
    provinces = public_provinces()
    page = public_villages(province_slug=slug, number=1 if number is None else number)
    describe(
        is_indexable=not slug,
        parameters=lambda _lang: {"page": str(page.number)} if page.number > 1 else {},
    )
    return render_template(
        "villages/villages.html",
        page=page,
        pages=pages_of(page, "villages.villages", province=slug or None),
        villages=[village_card(found, language()) for found in page.items],
        provinces=provinces,
        chosen=next((one for one in provinces if one.slug == slug), None),
    )


@bp.get("/villages/<slug>")
@public
@kept_for_strangers()
def village(slug: str) -> str:
    """Show one village, its goods, and the form that asks for a visit."""
    found = public_village(slug)
    if found is None:
        abort(moved_or_gone("villages.village", village_slug_today(slug)))  # type: ignore[arg-type]
    return _village_page(found, VisitForm(formdata=None))


@bp.post("/villages/<slug>")
@public
@limit("6 per 10 minutes; 30 per day", counts=_was_asked)
def ask(slug: str) -> ResponseReturnValue:
    """Put a request for a visit before the host; what cannot be keeps what was typed."""
    found = public_village(slug) or abort(404)
    form = VisitForm()
    if not form.validate():
        return _village_page(found, form), 400
    try:
        with unit_of_work():
            asked = ask_visit(found.village, form.command(language()), now=now())
            number = asked.number
    except InvalidInputError as error:
        form.refuse(error, sentence(error))
        return _village_page(public_village(slug) or abort(404), form), 400
    return redirect(url_for("villages.thanks", slug=slug, number=number), code=303)


@bp.get("/villages/<slug>/visits/<number>")
@public
def thanks(slug: str, number: str) -> ResponseReturnValue:
    """Thank the guest and tell them the number; nothing personal is shown."""
    asked = public_visit(slug, number) or abort(404)
    return render_template(
        "villages/thanks.html", visit=visit_view(asked, language()), village_slug=slug
    )


def _village_page(found: LocatedVillage, form: VisitForm) -> str:
    village_id, commune = found.village.id, found.village.commune_code
    province = found.village.province_code
    describe(data=[village_data(found)])
    own = products_of(village_id)
    rows = cards_of(product_ids=own, limit=24) if own else []
    kind = "own"
    if not rows and commune:
        rows, kind = cards_of(commune_code=commune, limit=8), "commune"
    if not rows:
        rows, kind = cards_of(province_code=province, limit=8), "province"
    first, lang = today(), language()
    view = village_view(found, lang)
    return render_template(
        "villages/village.html",
        village=view,
        cards=card_views(rows, lang=lang, today=first),
        cards_kind=kind,
        form=form,
        first_day=first,
        last_day=first + FURTHEST,
        weekends=weekends(first + timedelta(days=1), most=WEEKENDS),
        makers=makers_of(rows, lang) if kind == "own" else [],
        neighbours=[
            village_card(one, lang) for one in public_neighbours(found.village, limit=NEIGHBOURS)
        ],
        share_to=share_links(url_for("villages.village", slug=view.slug), view.name),
    )
