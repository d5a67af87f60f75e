"""Public pages of where goods come from: the map, the provinces, one province."""

from __future__ import annotations

from typing import Final

from flask import abort, render_template, request, url_for

from app.foundation.clock import today
from app.foundation.errors import InvalidInputError
from app.foundation.slots import slot
from app.places.intros import province_intro
from app.places.queries import province_by_slug, provinces
from app.shop.catalogue import front, origins, queries
from app.shop.catalogue.routes.public import bp
from app.shop.catalogue.views import card_views
from app.vendors.queries import producers_by_province
from app.web.access import public
from app.web.inputs import words
from app.web.locale import language
from app.web.meta import describe
from app.web.strangers import kept_for_strangers

# The module registers these pages together with those of `routes.public`.
__all__ = ["bp"]

PRODUCTS: Final = 12
LONGEST: Final = 80


@bp.get("/map")
@public
@kept_for_strangers()
def map_page() -> str:
    """Show where goods, producers, villages and showrooms are."""
    lang = language()
    asked = words(request.args.get("kind"), longest=LONGEST, name="kind")
    kind = origins.chosen_kind(asked or origins.PRODUCTS, lang) or abort(404)
    order = words(request.args.get("order"), longest=LONGEST, name="order") or origins.ORDERS[0]
    if order not in origins.ORDERS:
        raise InvalidInputError(field="order")
    counts = origins.counts_of(kind, front.home_parts(today()))
    describe(is_indexable=kind.value == origins.PRODUCTS)  # the others say less of the same places
    links = origins.province_links(counts, lang=lang, kind=kind.value)
    return render_template(
        "catalogue/map.html",
        kind=kind,
        kinds=origins.kind_choices(kind, order, lang),
        links=links,
        legend=origins.legend(links),
        rows=origins.in_order(links, order),
        orders={name: origins.map_address(kind.value, name) for name in origins.ORDERS},
        order=order,
        total=sum(counts.values()),
    )


@bp.get("/provinces")
@public
@kept_for_strangers()
def provinces_page() -> str:
    """List the 34 provinces as a Vietnamese dictionary would."""
    links = origins.province_links(front.home_parts(today()).provinces, lang=language())
    return render_template(
        "catalogue/provinces.html",
        letters=origins.by_letter(links),
        former={one.slug: origins.former_names(one) for one in provinces()},
        total=len(links),
    )


@bp.get("/provinces/<slug>")
@public
@kept_for_strangers()
def province(slug: str) -> str:
    """Show one province: what it is known for, its goods, and whom to visit there."""
    row = province_by_slug(slug) or abort(404)
    lang, day = language(), today()
    parts = front.home_parts(day)
    intro = province_intro(row.code)
    near = slot("province.beside")
    everyone = provinces()
    at = everyone.index(row)
    return render_template(
        "catalogue/province.html",
        province=row,
        name=row.name.in_language(lang),
        intro=intro.in_language(lang),
        intro_lang=intro.language(lang),
        former=origins.former_names(row),
        total=parts.provinces[row.code],
        producers=producers_in(row.code),
        kinds=origins.kinds_of_province(parts, row, lang),
        cards=card_views(
            queries.cards_of(province_code=row.code, limit=PRODUCTS), lang=lang, today=day
        ),
        near=list(near(row.code, lang)) if near else [],
        before=everyone[at - 1] if at else None,
        after=everyone[at + 1] if at + 1 < len(everyone) else None,
        list_url=url_for("catalogue.products", province=row.slug),
    )


def producers_in(code: str) -> int:
    """Tell how many producers a province has."""
    return next((one.count for one in producers_by_province() if one.code == code), 0)
