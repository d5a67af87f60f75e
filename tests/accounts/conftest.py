"""What tests of accounts share: letters, people with passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts.security.passwords import hash_of
from app.foundation.database import db
from app.web.limits import limiter
from tests.accounts.letters import PASSWORD, Post
from tests.support import make

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from app.accounts.models import User


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
