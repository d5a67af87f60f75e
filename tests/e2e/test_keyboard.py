"""Buying with nothing but a keyboard, and seeing all the way where one is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.e2e.people import Window

pytestmark = pytest.mark.browser

MOST_STEPS: Final = 250
HA_NOI: Final = "01"
# The ring may be drawn by what holds the field, such as the whole search box.
HAS_RING: Final = """element => {
    for (let one = element, up = 0; one && up < 4; one = one.parentElement, up += 1) {
        for (const near of [one, ...(up < 2 ? one.children : [])]) {
            const style = getComputedStyle(near);
            if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 1) return true;
        }
    }
    return false;
}"""


def reach(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus, and demand that one sees it."""
    wanted = target.first.element_handle()
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            assert page.evaluate(HAS_RING, wanted), "one does not see where the focus is"
            return
    message = f"{target} cannot be reached by Tab"
    raise AssertionError(message)


def enter(page: Page, target: Locator) -> None:
    """Reach something and press Enter."""
    reach(page, target)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("width", "lang"), [("phone", "vi"), ("desk", "en")])
def test_a_guest_buys_with_the_keyboard_alone(
    visit: Callable[..., Window], width: str, lang: str
) -> None:
    window = visit(width, lang=lang)
    page = window.page
    window.open("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    reach(page, page.get_by_test_id("search-input"))
    page.keyboard.type("tra xanh")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/products\?.*q="))
    for at in range(window.cards().count()):
        enter(page, window.cards().nth(at).get_by_role("link"))
        page.wait_for_url(re.compile(r"/products/[^?]+$"))
        if not page.locator("[data-kind=collected]").count():
            break  # it can be sent; what other buyers left may only wait at a showroom
        page.go_back()
    enter(page, page.locator("main").get_by_test_id("add-to-cart"))
    page.wait_for_url(re.compile(r"/cart$"))
    enter(page, page.get_by_test_id("start-checkout"))
    page.wait_for_url(re.compile("/checkout/"))

    for name, words in (
        ("name", "Nguyễn Thị Lan"),
        ("phone", "0912 345 678"),
        ("email", f"keys.{width}@example.test"),
    ):
        reach(page, page.locator(f"[name={name}]"))
        page.keyboard.type(words)
    reach(page, page.locator("[name=province]"))
    while page.locator("[name=province]").input_value() != HA_NOI:
        page.keyboard.press("ArrowDown")
    reach(page, page.locator("[name=commune]"))
    page.keyboard.type("phường Hồng Hà")
    reach(page, page.locator("[name=street]"))
    page.keyboard.type("12 Nghĩa Dũng")
    for _attempt in range(3):
        with page.expect_navigation():
            enter(page, page.get_by_test_id("place-order"))
        if "/orders/" in page.url:
            break
        window.look("k-asked")
        choice = page.locator("[name=commune_code]")
        if choice.count():  # more than one place has had this name
            reach(page, choice)
            page.keyboard.press("Space")
    page.wait_for_url(re.compile("/orders/CP-"))
    window.look("k-order")
