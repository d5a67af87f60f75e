"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import event

import app.programme.models  # noqa: F401 - its tables
from app.foundation.database import db
from app.programme.queries import forget_categories
from app.programme.routes import bp
from app.web.sentences import add_sentences
from app.web.sitemaps import add_pages, leave_out

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring the register."""
    app.register_blueprint(bp)
    add_pages("programme.register")
    leave_out(
        "reached from a printed code; the product's page says the same", "programme.certificate"
    )
    add_sentences({"certificate_revoked": _l("This certificate has been revoked already.")})
    with app.app_context():
        # Whoever disposes of an engine may go on with another database.
        event.listen(db.engine, "engine_disposed", lambda _engine: forget_categories())
