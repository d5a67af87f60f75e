"""Hearts and scales in a browser: kept at once, remembered on the next page, and put side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.people import Window

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_hearts_fill_and_scales_compare(visit: Callable[..., Window], width: str) -> None:
    window = visit(width, lang="en")
    page = window.page
    window.open("/products")
    hearts, scales = page.get_by_test_id("wish"), page.get_by_test_id("compare")

    for number in (0, 2):
        hearts.nth(number).click()
        page.locator(f":nth-match([data-testid=wish], {number + 1})[aria-pressed=true]").wait_for()
        scales.nth(number).click()
    page.reload()
    page.locator("[data-testid=wish][aria-pressed=true]").nth(1).wait_for()
    chosen = [hearts.nth(number).get_attribute("value") for number in (0, 2)]

    page.locator(".compare-tray a").click()
    page.get_by_test_id("compare-table").wait_for()
    assert page.url.endswith(f"/en/compare?ids={','.join(map(str, chosen))}")
    window.look("compare")
    window.open("/wishes")
    lines = page.get_by_test_id("wish-line")
    assert [one.get_attribute("data-product-id") for one in lines.all()] == chosen[::-1]
    window.look("wishes")


def test_hearts_and_scales_work_without_a_script(visit: Callable[..., Window]) -> None:
    window = visit("phone", lang="vi", script=False)
    page = window.page
    window.open("/products")

    page.get_by_test_id("wish").first.click()
    assert "/vi/products" in page.url
    window.open("/wishes")
    assert page.get_by_test_id("wish-line").count() == 1
    window.open("/products")
    page.get_by_test_id("compare").first.click()
    page.get_by_test_id("compare-with").first.click()

    assert page.locator("thead th").count() == 2
