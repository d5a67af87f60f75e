"""Fixtures of the villages' tests."""

from __future__ import annotations

import pytest

from app.web.limits import limiter


@pytest.fixture(autouse=True)
def _unlimited(app: object) -> None:
    """Forget who asked how often before."""
    limiter.reset()
