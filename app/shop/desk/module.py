"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

import app.shop.desk.routes.goods
import app.shop.desk.routes.offers
import app.shop.desk.routes.orders
import app.shop.desk.routes.photos  # noqa: F401 - each adds its pages to the blueprint
from app.foundation.actors import Permission
from app.shop.desk.routes.home import bp
from app.web.navigation import DeskEntry, add_desk_entry
from app.web.sentences import add_sentences

if TYPE_CHECKING:
    from flask import Flask

ENTRIES = (
    DeskEntry(
        endpoint="desk.home",
        label=_l("To do"),
        icon="clipboard-list",
        permission=Permission.DESK_PRODUCER,
        position=10,
    ),
    DeskEntry(
        endpoint="desk.orders",
        label=_l("Orders"),
        icon="package",
        permission=Permission.ORDER_FULFIL,
        position=20,
    ),
    DeskEntry(
        endpoint="desk.products",
        label=_l("Products"),
        icon="tag",
        permission=Permission.LISTING_EDIT,
        position=30,
    ),
)


def register(flask_app: Flask) -> None:
    """Bring the producer's desk."""
    flask_app.register_blueprint(bp)
    for entry in ENTRIES:
        add_desk_entry("producer", entry)
    add_sentences({"product_named": _l("You have registered a product of this name already.")})
