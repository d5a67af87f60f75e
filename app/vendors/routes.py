"""Public pages of producers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, abort, render_template, request, url_for

from app.foundation.slots import slot
from app.places.queries import province_by_slug, provinces
from app.vendors import queries
from app.vendors.found import producer_data
from app.vendors.views import producer_card
from app.web.access import public
from app.web.addresses import moved_or_gone
from app.web.inputs import optional_number, words
from app.web.locale import language
from app.web.meta import describe

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("vendors", __name__, url_prefix="/<lang:lang>", template_folder="templates")


@bp.get("/producers")
@public
def producers() -> ResponseReturnValue:
    """List producers by name and province."""
    lang = language()
    q = words(request.args.get("q"), longest=200, name="q")
    slug = words(request.args.get("province"), longest=120, name="province")
    province = (province_by_slug(slug) or abort(404)) if slug else None
    number = optional_number(request.args.get("page"), least=1, most=2**31, name="page") or 1
    page = queries.producers_page(q=q, province_code=province and province.code, number=number)
    describe(
        is_indexable=not q and not slug,
        parameters=lambda _lang: {"page": str(number)} if number > 1 else {},
    )

    def url_for_number(wanted: int) -> str:
        pairs = {"q": q, "province": slug, "page": str(wanted) if wanted > 1 else ""}
        kept = urlencode({name: value for name, value in pairs.items() if value})
        base = url_for("vendors.producers")
        return f"{base}?{kept}" if kept else base

    return render_template(
        "vendors/producers.html",
        q=q,
        province=province,
        provinces=[(one.slug, one.name.in_language(lang)) for one in provinces()],
        producers=[producer_card(one, lang=lang) for one in page.items],
        total=page.total,
        page={
            "number": page.number,
            "count": page.count,
            "window": page.window,
            "url_for_number": url_for_number,
        },
    )


@bp.get("/producers/<slug>")
@public
def producer(slug: str) -> ResponseReturnValue:
    """Show a producer with its products and what is near it."""
    found = queries.producer_by_slug(slug)
    if found is None:
        return moved_or_gone("vendors.producer", queries.producer_slug_today(slug))
    lang = language()
    describe(kind="profile", data=[producer_data(found)])
    products = slot("producer.products")
    beside = slot("producer.beside")
    source = urlsplit((found.source_url or "").split(" ", 1)[0])
    is_link = source.scheme in {"http", "https"} and bool(source.netloc)
    return render_template(
        "vendors/producer.html",
        producer=found,
        card=producer_card(found, lang=lang),
        source_url=source.geturl() if is_link else None,
        source_name=source.netloc if is_link else found.source_url,
        products=products(found.id, lang) if products else [],
        beside=beside(found.province_code, found.commune_code, lang) if beside else [],
    )
