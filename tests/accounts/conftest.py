"""What tests of accounts share: pages that layouts link, letters, people with passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from werkzeug.routing import Rule

from app.accounts.security.passwords import hash_of
from app.foundation.database import db
from app.web.access import public
from app.web.limits import limiter
from tests.accounts.letters import PASSWORD, Post
from tests.support import make

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from app.accounts.models import User

LINKED: Final = (
    "basket.cart", "catalogue.home", "catalogue.map_page", "catalogue.products", "search.suggest",
    "showrooms.showrooms", "vendors.producers", "villages.villages",
)  # fmt: skip


@pytest.fixture(scope="session")
def application(application: Flask) -> Flask:
    """The application, with a page in place of any that layouts link and no module brings."""

    @public
    def stand_in() -> str:
        return "elsewhere"

    for endpoint in LINKED:
        if endpoint not in application.view_functions:
            application.url_map.add(Rule(f"/<lang:lang>/{endpoint}", endpoint=endpoint))
            application.view_functions[endpoint] = stand_in
    return application


@pytest.fixture(autouse=True)
def _unlimited(app: Flask) -> None:
    """Forget who tried how often before."""
    limiter.reset()


@pytest.fixture
def member(app: Flask) -> User:
    """Somebody with a confirmed account and a known password."""
    user: User = make.user(
        email="lan@example.test", name="Nguyễn Thị Lan", password=hash_of(PASSWORD), language="en"
    )
    db.session.commit()
    return user


@pytest.fixture
def post(app: Flask, instance: Path) -> Post:
    """The letters that leave."""
    return Post(app, instance / "mail")
