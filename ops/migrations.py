"""Alembic, configured without an ini file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic.config import Config

FOLDER: Final = Path(__file__).resolve().parents[1] / "migrations"


def configuration(url: str) -> Config:
    """Give the settings for a database."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.attributes["url"] = url
    return settings
