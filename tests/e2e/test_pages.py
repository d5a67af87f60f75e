"""Every main page fits a phone and a desk in both languages, and nothing in it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.people import Window

pytestmark = pytest.mark.browser

PAGES: Final = (
    "/",
    "/products",
    "/products?category=tea&star=4",
    "/products?q=khongcogica",
    "/map",
    "/producers",
    "/showrooms",
    "/villages",
    "/register",
    "/cart",
    "/sign-in",
    "/register?page=2",
    "/orders",
)
# From a list to the page of one of its things.
DETAILS: Final = {
    "/products": "main [data-testid=product-card] a",
    "/producers": "main a[href*='/producers/']",
    "/showrooms": "main a[href*='/showrooms/']",
    "/villages": "main a[href*='/villages/']",
}
DESKS: Final = {
    "tea@chophien.example": "/desk/producer",
    "showroom@chophien.example": "/desk/showroom",
    "host@chophien.example": "/desk/village",
    "province@chophien.example": "/desk/office",
    "operator@chophien.example": "/account",
}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", ["phone", "desk"])
def test_public_pages_fit_and_nothing_breaks(
    visit: Callable[..., Window], width: str, lang: str
) -> None:
    window = visit(width, lang=lang)
    for at, path in enumerate(PAGES):
        window.open(path)
        window.look(f"p{at:02d}")
        if path in DETAILS:
            address = window.page.locator(DETAILS[path]).first.get_attribute("href")
            assert address
            window.page.goto(address)
            window.look(f"p{at:02d}-one")


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
