"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event

import app.places.models  # noqa: F401 - its tables
from app.foundation.database import db
from app.places.queries import forget_places
from app.places.routes import bp
from app.web.sitemaps import leave_out

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring the administrative units."""
    app.register_blueprint(bp)
    leave_out("a part of a form", "places.suggest")
    with app.app_context():
        # Whoever disposes of an engine may go on with another database.
        event.listen(db.engine, "engine_disposed", lambda _engine: forget_places())
