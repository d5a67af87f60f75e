"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

import app.shop.saved.models  # noqa: F401 - its tables
from app.shop.saved.routes import bp
from app.web.sentences import add_sentences
from app.web.sitemaps import leave_out

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring the wish list and the comparison."""
    app.register_blueprint(bp)
    leave_out("somebody's own wish list", "saved.wishes", "saved.ids")
    leave_out("as many pages as there are products to put together", "saved.compare")
    add_sentences(
        {
            "wish_list_full": _l(
                "Your wish list holds %(most)s products. Please take something off it first."
            )
        }
    )
