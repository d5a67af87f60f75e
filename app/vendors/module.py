"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.foundation.picture_store import names_pictures
from app.vendors import found, queries
from app.vendors.models import Producer
from app.vendors.routes import bp
from app.web.sitemaps import add_pages, add_sitemap

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring producers and their desk."""
    app.register_blueprint(bp)
    names_pictures(Producer.photo_key)
    add_pages("vendors.producers")
    add_sitemap(
        "producers", "vendors.producer", count=queries.producer_count, entries=found.entries
    )
