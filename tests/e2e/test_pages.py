"""Every main page fits a phone and a desk in both languages, and nothing in it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ops.pages import DESKS, PUBLIC, go

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.people import Window

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", ["phone", "desk"])
def test_public_pages_fit_and_nothing_breaks(
    visit: Callable[..., Window], width: str, lang: str
) -> None:
    window = visit(width, lang=lang)
    for endpoint, addresses in PUBLIC.items():
        for at, address in enumerate(addresses):
            go(window.page, address, lang)
            window.look(f"p-{endpoint}-{at}")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", ["phone", "desk"])
def test_desks_fit_and_nothing_breaks(visit: Callable[..., Window], width: str, lang: str) -> None:
    for account, path in DESKS.items():
        window = visit(width, lang=lang)
        window.sign_in(account)
        window.open(path)
        name = account.split("@")[0]
        window.look(f"q-{name}")
        entries = window.page.locator(".desk__nav a").evaluate_all("all => all.map(a => a.href)")
        for at, address in enumerate(entries):
            window.page.goto(address)
            window.look(f"q-{name}-{at}")
