"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

import app.showrooms.routes.desk  # noqa: F401 - its routes
from app.foundation.actors import Permission
from app.foundation.picture_store import names_pictures
from app.showrooms import found, queries
from app.showrooms.models import Showroom
from app.showrooms.routes.public import bp
from app.web.navigation import DeskEntry, add_desk_entry
from app.web.sitemaps import add_pages, add_sitemap

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring showrooms."""
    app.register_blueprint(bp)
    names_pictures(Showroom.photo_key)
    add_pages("showrooms.showrooms")
    add_sitemap(
        "showrooms", "showrooms.showroom", count=queries.showroom_count, entries=found.entries
    )
    add_desk_entry(
        "showroom",
        DeskEntry(
            endpoint="showrooms.desk_orders",
            label=_l("Orders to hand over"),
            icon="package",
            permission=Permission.DESK_SHOWROOM,
            position=10,
        ),
    )
