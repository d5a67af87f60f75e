"""Each test happens on the same day and begins with nothing tried."""

from __future__ import annotations

import pytest

from app.web.limits import limiter
from tests.support import make


@pytest.fixture(autouse=True)
def _day(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock on the tests' day, and forget how often something was tried."""
    limiter.reset()
    for module in ("public", "buyers", "desks"):
        monkeypatch.setattr(f"app.shop.reviews.routes.{module}.now", lambda: make.NOW)
