"""Fixtures that every test may ask for: an application, a fresh database, a browser that inspects."""

from __future__ import annotations

import os
import shutil
import socket
from typing import TYPE_CHECKING, Any

import pytest
from flask import current_app, has_app_context
from sqlalchemy import text

from app import create_app
from app.foundation.database import db
from app.foundation.kept import forget_all
from app.foundation.work import is_open
from app.search.engines.embedded import WhooshEngine
from app.search.finder import use_engine
from config import Settings, database_url
from tests.support import make
from tests.support.browser import Browser
from tests.support.databases import PostgresServer, postgres_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask


def pytest_addoption(parser: pytest.Parser) -> None:
    """Choose the database that the tests run on."""
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite")


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one test process."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[PostgresServer | None]:
    """The PostgreSQL server of this run, or none on SQLite."""
    if request.config.getoption("--database") != "postgres":
        yield None
        return
    with postgres_server() as running:
        yield running


@pytest.fixture(scope="session")
def settings(instance: Path, server: PostgresServer | None) -> Settings:
    """Settings for tests: everything in the test's own folder."""
    url = server.create("work") if server else ""
    return Settings(
        instance=instance,
        database_url=database_url(url, instance),
        storage_url=f"file://{instance / 'media'}",
        mail_url=f"file://{instance / 'mail'}",
        base_url="http://localhost",
        secret_key="a secret that is long enough for tests only",  # noqa: S106
        password_salt="a salt that is long enough for tests only..",  # noqa: S106
        is_testing=True,
    )


@pytest.fixture(scope="session")
def application(settings: Settings) -> Flask:
    """The application, built once; its database is made new for each test."""
    return create_app(settings)


@pytest.fixture(scope="session")
def template(application: Flask, server: PostgresServer | None, instance: Path) -> str:
    """An empty database with the schema and the places that tests name, to be copied."""
    with application.app_context():
        db.create_all()
        make.reference_rows()
        db.session.commit()
        db.session.remove()
        if server is None:
            with db.engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.engine.dispose()
    if server:
        server.copy("work", "template_for_tests")
        return "template_for_tests"
    path = instance / "template.sqlite3"
    shutil.copy(instance / "chophien.sqlite3", path)
    return str(path)


@pytest.fixture
def app(
    application: Flask, template: str, server: PostgresServer | None, instance: Path
) -> Iterator[Flask]:
    """The application over a fresh database, inside an application context."""
    if server:
        with application.app_context():
            db.engine.dispose()
        server.copy(template, "work")
    else:
        for leftover in instance.glob("chophien.sqlite3*"):
            leftover.unlink()
        shutil.copy(template, instance / "chophien.sqlite3")
    shutil.rmtree(instance / "mail", ignore_errors=True)
    shutil.rmtree(instance / "search", ignore_errors=True)
    use_engine(WhooshEngine(instance / "search", check_every=0))
    forget_all()
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _no_network_inside_a_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any test whose code opens a connection while a transaction writes (R19)."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if has_app_context() and "sqlalchemy" in current_app.extensions and is_open():
            raise RuntimeError("a connection was opened inside a unit of work")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A client that inspects every page that it opens."""
    return Browser(app)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run, unless every optional test is required."""
    required = os.environ.get("REQUIRE_ALL_TESTS") == "1"
    if shutil.which("chromium") is None and not required:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="needs Chromium"))
