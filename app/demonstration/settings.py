"""What the demonstration asks of the application around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from config import Settings


def settings() -> Settings:
    """Give the settings of the running application."""
    given: Settings = current_app.config["SETTINGS"]
    return given
