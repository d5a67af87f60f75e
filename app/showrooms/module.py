"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import app.showrooms.models  # noqa: F401 - its tables
from app.showrooms.routes.public import bp

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring showrooms."""
    app.register_blueprint(bp)
