"""Chợ Phiên: storefront, register and trade promotion of the OCOP programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application; `settings` default to the process environment."""
    from app.bootstrap import assemble  # noqa: PLC0415 - the root is below this package's name
    from config import Settings as FromEnvironment  # noqa: PLC0415 - read once, at the start

    app = Flask(__name__, static_folder=None, template_folder="templates")
    assemble(app, settings or FromEnvironment.from_environment())
    return app
