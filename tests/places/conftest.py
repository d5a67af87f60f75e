"""A database with all of Vietnam's places, loaded once for the tests that only look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from app.foundation.work import unit_of_work
from app.places.services import load_places
from config import ROOT
from tests.support.fresh import fresh_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from tests.support.databases import PostgresServer

FOLDER: Final = ROOT / "data" / "places"


@pytest.fixture(scope="module")
def country(
    application: Flask, template: str, server: PostgresServer | None, instance: Path
) -> Iterator[Flask]:
    """The application over every province and commune; its tests leave them as they are."""
    with fresh_database(application, template, server, instance) as app:
        with unit_of_work():
            load_places(FOLDER)
        yield app
