from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.browser import Browser


def test_the_process_answers(browser: Browser) -> None:
    page = browser.open("/healthz")

    assert "ok" in page.text
