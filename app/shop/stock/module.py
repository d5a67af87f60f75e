"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

import app.shop.stock.models  # noqa: F401 - its tables
from app.foundation.events import subscribe
from app.shop.catalogue.services import mark_availability
from app.shop.stock.events import AvailabilityChanged
from app.web.sentences import add_sentences

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:  # noqa: ARG001 - as every module
    """Bring the stock ledger."""
    subscribe(AvailabilityChanged, show_availability)
    add_sentences(
        {
            "sold_out": _l("Somebody else was faster: there are not that many left."),
            "stock_promised": _l(
                "%(reserved)s are promised to orders; the shelf cannot hold fewer."
            ),
        }
    )


def show_availability(event: AvailabilityChanged) -> None:
    """Let the product's card say whether it can be bought."""
    mark_availability(event.listing_id, is_in_stock=event.is_in_stock, now=event.at)
