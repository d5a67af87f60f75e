"""A telephone on a village road: the shop answers without a network, and keeps nothing that is somebody's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.people import Window

pytestmark = pytest.mark.browser

KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
    return found;
}"""
READY = "async () => { await navigator.serviceWorker.ready; return true; }"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_without_a_network_says_so_and_opens_when_it_is_back(
    visit: Callable[..., Window], lang: str
) -> None:
    window = visit("phone", lang=lang)
    page = window.page
    page.goto(f"/{lang}/")
    page.evaluate(READY)
    page.wait_for_function(CONTROLLED)
    page.context.set_offline(True)

    answer = page.goto(f"/{lang}/products")

    assert answer is not None
    assert answer.status == 200
    assert answer.from_service_worker
    assert page.get_by_test_id("offline").is_visible()
    assert page.locator("html").get_attribute("lang") == lang
    loaded = page.evaluate(
        "async () => (await document.fonts.load('16px \"Be Vietnam Pro\"')).length"
    )
    assert loaded == 1
    window.look("offline")
    page.context.set_offline(False)
    page.get_by_test_id("product-card").first.wait_for()


def test_pages_of_a_person_are_not_kept(visit: Callable[..., Window]) -> None:
    window = visit("phone", lang="vi")
    page = window.page
    page.goto("/vi/")
    page.evaluate(READY)
    page.wait_for_function(CONTROLLED)
    window.sign_in("shopper@chophien.example")
    for path in ("/vi/products", "/vi/cart", "/vi/account", "/vi/orders"):
        page.goto(path)

    kept = page.evaluate(KEPT)

    assert {path for path in kept if not path.startswith("/static/")} == {
        "/vi/offline",
        "/en/offline",
    }
    page.context.set_offline(True)
    page.goto("/vi/cart")
    assert page.get_by_test_id("offline").is_visible()
