"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

import app.shop.basket.models  # noqa: F401 - its tables
from app.shop.basket.routes import bp
from app.web.sentences import add_sentences
from app.web.sitemaps import leave_out

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring the basket."""
    app.register_blueprint(bp)
    leave_out("somebody's own cart", "basket.cart")
    add_sentences(
        {
            "cart_full": _l(
                "Your cart is full. Please buy what is in it first, or take something out."
            )
        }
    )
