"""Every test here happens on the same day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.foundation import slots
from tests.support import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shop.catalogue.asked import Find


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock on the tests' day."""
    monkeypatch.setattr("app.foundation.clock.now", lambda: make.NOW)


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> Callable[[Find | None], None]:
    """Let search answer what a test says; none stands for a shop without search."""

    def use(find: Find | None) -> None:
        filled = dict(slots._filled)
        filled.pop("catalogue.search", None)
        if find is not None:
            filled["catalogue.search"] = find
        monkeypatch.setattr(slots, "_filled", filled)

    use(None)
    return use
