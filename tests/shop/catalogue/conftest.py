"""Every test here happens on the same day."""

from __future__ import annotations

import pytest

from tests.support import make


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock on the tests' day."""
    monkeypatch.setattr("app.foundation.clock.now", lambda: make.NOW)
