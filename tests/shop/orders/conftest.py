"""Each test begins with nothing tried."""

from __future__ import annotations

import pytest

from app.web.limits import limiter


@pytest.fixture(autouse=True)
def _unlimited(app: object) -> None:
    """Forget how often a link was asked for in other tests."""
    limiter.reset()
