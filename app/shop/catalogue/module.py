"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.foundation.events import subscribe
from app.foundation.picture_store import PictureDrawn, names_pictures
from app.places.queries import provinces
from app.programme.events import (
    CertificateIssued,
    CertificateRevoked,
    ProductRegistered,
    RecognitionRecorded,
)
from app.shop.catalogue import found, queries, sharing
from app.shop.catalogue.cli import group
from app.shop.catalogue.jobs import (
    on_picture_drawn,
    on_producer_moved,
    on_recognition,
    on_register_change,
)
from app.shop.catalogue.models import Photo, ProductCard
from app.shop.catalogue.routes import product as _product  # noqa: F401 - its pages
from app.shop.catalogue.routes.origins import bp
from app.shop.catalogue.views import card_html
from app.vendors.events import ProducerMoved
from app.web.sentences import add_sentences
from app.web.sitemaps import add_pages, add_sitemap, leave_out

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring the catalogue."""
    app.register_blueprint(bp)
    sharing.register(app)
    add_pages("catalogue.home", "catalogue.map_page", "catalogue.provinces_page")
    add_sitemap("lists", "catalogue.products", count=found.list_count, entries=found.list_entries)
    add_sitemap(
        "products",
        "catalogue.product",
        count=queries.product_count,
        entries=found.product_entries,
    )
    add_sitemap(
        "provinces",
        "catalogue.province",
        count=lambda: len(provinces()),
        entries=found.province_entries,
    )
    leave_out("a picture of the product's page", "catalogue.share_card")
    leave_out("a part of the product's page", "catalogue.delivery", "catalogue.seen")
    leave_out("for whoever holds the goods with its code", "catalogue.lots", "catalogue.lot")
    app.jinja_env.globals["card_html"] = card_html
    app.cli.add_command(group)
    subscribe(ProductRegistered, on_register_change)
    subscribe(CertificateIssued, on_register_change)
    subscribe(CertificateRevoked, on_register_change)
    subscribe(RecognitionRecorded, on_recognition)
    subscribe(ProducerMoved, on_producer_moved)
    subscribe(PictureDrawn, on_picture_drawn)
    names_pictures(Photo.key)
    names_pictures(ProductCard.photo_key)
    add_sentences(
        {
            "unknown_filter": _l("There is no such category, province or producer here."),
            "listing_exists": _l("This product has a listing already."),
            "photo_shown": _l("This photo is shown with the product already."),
            "too_many_photos": _l("A product shows at most %(most)s photos."),
            "nothing_to_sell": _l("Give at least one size with its price first."),
        }
    )
