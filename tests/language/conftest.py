"""A shop of its own that also speaks the made-up language, its demonstration loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app import create_app
from app.demonstration.services import seed
from app.foundation.database import db
from app.foundation.kept import forget_all
from app.search.engines.embedded import WhooshEngine
from app.search.finder import use_engine
from app.web.limits import limiter
from config import Settings, database_url
from ops import pseudo
from tests.language.reading import content_of, data_of
from tests.support import make
from tests.support.browser import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance of this shop, with one catalogue more."""
    place = tmp_path_factory.mktemp("languages")
    pseudo.write(place)
    return place


@pytest.fixture(scope="session")
def seeded(folder: Path) -> Flask:
    """The application over the demonstration, on SQLite whatever the other tests run on; made once."""
    app = create_app(
        Settings(
            instance=folder,
            database_url=database_url("", folder),
            storage_url=f"file://{folder / 'media'}",
            mail_url=f"file://{folder / 'mail'}",
            base_url="http://localhost",
            secret_key="a secret that is long enough for tests only",  # noqa: S106
            password_salt="a salt that is long enough for tests only..",  # noqa: S106
            is_testing=True,
        )
    )
    use_engine(WhooshEngine(folder / "search", check_every=0))
    forget_all()
    with app.app_context():
        db.create_all()
        seed(now=make.NOW)
        db.session.remove()
        db.engine.dispose()
    return app


@pytest.fixture(scope="session")
def known(seeded: Flask) -> frozenset[str]:
    """What stands in the columns that hold one text for all languages: names, numbers, addresses."""
    return data_of(seeded)


@pytest.fixture(scope="session")
def content(seeded: Flask) -> frozenset[str]:
    """What producers, villages and editors wrote, in any language; a plain letter cannot mark it."""
    return content_of(seeded)


@pytest.fixture(scope="module")
def shop(seeded: Flask, folder: Path) -> Iterator[Flask]:
    """The shop while a file of tests runs: its search and what it remembers are its own."""
    use_engine(WhooshEngine(folder / "search", check_every=0))
    forget_all()
    with seeded.app_context():
        yield seeded
        db.session.remove()
        db.engine.dispose()
    forget_all()


@pytest.fixture
def reader(shop: Flask) -> Browser:
    """A client that reads the made-up language."""
    limiter.reset()
    return Browser(shop, lang=pseudo.CODE)
