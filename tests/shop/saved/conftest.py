"""Pressing hearts is limited; each test begins with nothing counted."""

from __future__ import annotations

import pytest

from app.web.limits import limiter


@pytest.fixture(autouse=True)
def _nothing_counted(app: object) -> None:
    """Forget who pressed how often in the test before."""
    limiter.reset()
