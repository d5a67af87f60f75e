"""The composition root: the one file that knows every module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import structlog

import app.accounts.module
import app.content.module
import app.demonstration.module
import app.foundation.audit  # its table
import app.foundation.former_slugs  # its table
import app.foundation.outbox  # its table
import app.jobs.module
import app.office.module
import app.places.module
import app.programme.module
import app.search.module
import app.shop.basket.module
import app.shop.catalogue.module
import app.shop.desk.module
import app.shop.orders.module
import app.shop.reviews.module
import app.shop.saved.module
import app.shop.stock.module
import app.showrooms.module
import app.vendors.module
import app.villages.module
from app.content.views import home_stories
from app.demonstration.pictures import home_pictures
from app.foundation.database import db, prepare
from app.foundation.kept import Kept
from app.foundation.slots import fill
from app.foundation.storage import Storage, use_storage
from app.search.finder import find
from app.search.traces import trace
from app.search.views import list_nothing, list_tabs
from app.shop.basket.routes import cart_count
from app.shop.catalogue.makers import maker_counts, maker_shelf
from app.shop.catalogue.views import category_links, nearest_products
from app.shop.orders.rates import estimate
from app.shop.orders.together import bought_together
from app.shop.orders.views import own_orders
from app.shop.reviews.queries.desk import breaches as review_breaches
from app.shop.reviews.views import account_link, line_link, voices
from app.shop.saved.routes import follow_session
from app.shop.saved.views import wish_buttons
from app.shop.stock.queries import supply_of
from app.showrooms.queries import pick_up_places
from app.showrooms.queries import public_provinces as showrooms_by_province
from app.showrooms.views import (
    pick_up_points,
    shelf_scope,
    showrooms_beside,
    showrooms_of_producer,
)
from app.villages.queries import public_provinces as villages_by_province
from app.villages.views import (
    home_villages,
    village_scope,
    villages_beside,
    villages_of_producer,
)
from app.web import plumbing

if TYPE_CHECKING:
    from flask import Flask

    from app.shop.catalogue.scopes import Scope
    from app.web.fragments import Fragment
    from config import Settings

# From the ground up; a module may use those before it.
MODULES: Final = (
    app.accounts.module,
    app.places.module,
    app.vendors.module,
    app.programme.module,
    app.shop.catalogue.module,
    app.shop.stock.module,
    app.shop.basket.module,
    app.shop.saved.module,
    app.shop.orders.module,
    app.shop.reviews.module,
    app.shop.desk.module,
    app.showrooms.module,
    app.villages.module,
    app.content.module,
    app.search.module,
    app.office.module,
    app.jobs.module,
    app.demonstration.module,
)


_beside: Final[Kept[list[Any]]] = Kept(most=5_000, seconds=30)


def assemble(flask_app: Flask, settings: Settings) -> None:
    """Put the application together."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    configure_logs()
    plumbing.configure(flask_app, settings)
    db.init_app(flask_app)
    with flask_app.app_context():
        prepare(db.engine)
    use_storage(Storage(settings.storage_url))
    plumbing.register(flask_app)
    for module in MODULES:
        module.register(flask_app)
    fill("catalogue.search", find)
    fill("search.trace", trace)
    fill("list.scope", place_scope)
    fill("list.tabs", list_tabs)
    fill("list.nothing", list_nothing)
    fill("orders.pick_up_points", pick_up_points)
    fill("account.orders", own_orders)
    fill("home.stories", home_stories)
    fill("account.sections", account_link)
    fill("invariants.reviews", review_breaches)
    fill("order.line", line_link)
    fill("product.voices", voices)
    fill("living.pictures", home_pictures)
    fill("product.wish", wish_buttons)
    fill("account.session_changed", follow_session)
    fill("home.villages", home_villages)
    fill("product.beside", beside_product)
    fill("producer.beside", beside_producer)
    fill("province.beside", beside_province)
    fill("map.showrooms", showrooms_by_province)
    fill("map.villages", villages_by_province)
    fill("problem.suggestions", nearest_products)
    fill("page.categories", category_links)
    fill("producer.counts", maker_counts)
    fill("producer.products", maker_shelf)
    fill("product.available", supply_of)
    fill("product.estimate", estimate)
    fill("product.together", bought_together)
    fill("stock.pick_up_places", pick_up_places)
    fill("page.cart_count", cart_count)


def beside_product(
    product_id: int, province_code: str, commune_code: str | None, lang: str
) -> list[Any]:
    """Name the villages and showrooms near a product, for its page.

    Links only, and each leads to a page that reads what is so now: half a minute old is soon enough.
    """
    return _beside.get(
        (product_id, lang),
        lambda: [
            *villages_beside(province_code, commune_code, lang, product_id),
            *showrooms_beside(province_code, lang, product_id),
        ],
    )


def place_scope(kind: str, slug: str) -> Scope | None:
    """Find the goods of a showroom or a village, to which the list may be narrowed."""
    ways = {"showroom": shelf_scope, "village": village_scope}
    return ways[kind](slug)


def beside_producer(
    producer_id: int, province_code: str, commune_code: str | None, lang: str
) -> list[Fragment]:
    """Draw the villages to visit near a producer and the showrooms that hold its goods, for its page."""
    return [
        *villages_of_producer(province_code, commune_code, lang),
        *showrooms_of_producer(producer_id, province_code, lang),
    ]


def beside_province(province_code: str, lang: str) -> list[Any]:
    """Name a few villages and showrooms of a province, for its page."""
    return [
        *villages_beside(province_code, None, lang),
        *showrooms_beside(province_code, lang),
    ]


def configure_logs() -> None:
    """Write one JSON object a line."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )
