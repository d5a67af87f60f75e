"""Public pages of producers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request

from app.foundation.slots import slot
from app.places.queries import province_by_slug, provinces
from app.vendors import queries
from app.vendors.found import producer_data
from app.vendors.views import KINDS, kind_of, producer_card, producer_page
from app.web.access import public
from app.web.addresses import moved_or_gone
from app.web.inputs import optional_number, words
from app.web.locale import language
from app.web.meta import describe
from app.web.paging import pages_of
from app.web.sharing import share_links
from app.web.strangers import kept_for_strangers

if TYPE_CHECKING:
    from app.foundation.paging import Page
    from app.vendors.models import Producer
    from app.vendors.views import ProducerCard

bp = Blueprint("vendors", __name__, url_prefix="/<lang:lang>", template_folder="templates")


@bp.get("/producers")
@public
@kept_for_strangers(unless="q")
def producers() -> str:
    """List producers by name, province and kind."""
    lang = language()
    q = words(request.args.get("q"), longest=200, name="q")
    slug = words(request.args.get("province"), longest=120, name="province")
    province = (province_by_slug(slug) or abort(404)) if slug else None
    kind = kind_of(words(request.args.get("kind"), longest=40, name="kind"))
    number = _page_number()
    page = queries.producers_page(
        q=q, province_code=province and province.code, kind=kind, number=number
    )
    describe(
        is_indexable=not q and not slug and not kind,
        parameters=lambda _lang: {"page": str(number)} if number > 1 else {},
    )
    return render_template(
        "vendors/producers.html",
        q=q,
        province=province,
        kind=kind,
        kind_label=KINDS[kind] if kind else "",
        provinces=[(one.slug, one.name.in_language(lang)) for one in provinces()],
        kinds=[(one.value, label) for one, label in KINDS.items()],
        producers=_cards(page, lang),
        total=page.total,
        page=pages_of(
            page, "vendors.producers", q=q or None, province=slug or None, kind=kind or None
        ),
    )


@bp.get("/producers/<slug>")
@public
@kept_for_strangers()
def producer(slug: str) -> str:
    """Show a producer: who it is, with whom it works, its products and what is near it."""
    found = queries.public_producer(slug)
    if found is None:
        abort(moved_or_gone("vendors.producer", queries.producer_slug_today(slug)))  # type: ignore[arg-type]
    lang, number = language(), _page_number()
    shelf = slot("producer.products")
    products = shelf(found.id, lang, number) if shelf else None
    card = producer_card(
        found,
        lang=lang,
        products=products.page.total if products else 0,
        stars=products.stars if products else None,
    )
    describe(
        kind="profile",
        data=[producer_data(found)],
        parameters=lambda _lang: {"page": str(number)} if number > 1 else {},
    )
    return render_template(
        "vendors/producer.html",
        producer=found,
        card=card,
        it=producer_page(found),
        products=products,
        pages=pages_of(products.page, "vendors.producer", slug=slug) if products else None,
        share_to=share_links(card.url, card.name),
    )


def _cards(page: Page[Producer], lang: str) -> list[ProducerCard]:
    counts = slot("producer.counts")
    counted = counts([one.id for one in page.items]) if counts else {}
    cards = []
    for one in page.items:
        products, stars = counted.get(one.id, (0, None))
        cards.append(producer_card(one, lang=lang, products=products, stars=stars))
    return cards


def _page_number() -> int:
    return optional_number(request.args.get("page"), least=1, most=2**31, name="page") or 1
