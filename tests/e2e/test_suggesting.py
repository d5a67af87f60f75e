"""Finding by a few letters, with nothing but a keyboard, in both languages; and what is counted of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.e2e.test_keyboard import reach

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page, Request

    from tests.e2e.people import Window

pytestmark = pytest.mark.browser
COUNTED = {"vi": re.compile(r"^\d gợi ý"), "en": re.compile(r"^\d suggestions?\.")}


def chosen(page: Page) -> Locator:
    """The line that a screen reader is on."""
    return page.locator('[role=option][aria-selected="true"]')


@pytest.mark.parametrize(("width", "lang"), [("phone", "vi"), ("desk", "en")])
def test_the_keyboard_alone_finds_what_the_letters_mean(
    visit: Callable[..., Window], width: str, lang: str
) -> None:
    window = visit(width, lang=lang)
    page = window.page
    window.open("/")
    box = page.get_by_test_id("search-input")
    lines = page.get_by_test_id("suggestion")
    reach(page, box)
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")

    page.keyboard.type("che shan", delay=20)
    expect(lines.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_test_id("suggestion-status")).to_have_text(COUNTED[lang])
    assert lines.count() <= 8
    window.look("suggested")

    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == chosen(page).get_attribute("id")
    assert page.evaluate("document.activeElement.id") == box.get_attribute("id")
    page.keyboard.press("ArrowUp")
    expect(chosen(page)).to_have_count(0)
    page.keyboard.press("ArrowUp")
    assert lines.last.get_attribute("aria-selected") == "true"
    page.keyboard.press("Home")
    expect(chosen(page)).to_have_count(0)
    assert page.evaluate("document.activeElement.selectionStart") == 0
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.input_value() == "che shan", "the first Escape only closes the list"

    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/products\?.*q=che\+shan"))
    assert window.results() > 0


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_province_is_chosen_by_its_letters(visit: Callable[..., Window], lang: str) -> None:
    window = visit("desk", lang=lang)
    page = window.page
    window.open("/")
    reach(page, page.get_by_test_id("search-input"))

    page.keyboard.type("lam do", delay=20)
    line = page.locator("[data-testid=suggestion][data-kind=province]")
    expect(line).to_be_visible()
    expect(line.locator("mark").first).to_have_text("Lâm")
    while chosen(page).get_attribute("data-kind") != "province" if chosen(page).count() else True:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/provinces/lam-dong$"))
    window.look("province")


def test_a_finger_opens_a_line_and_an_input_method_is_left_alone(
    visit: Callable[..., Window],
) -> None:
    window = visit("phone", lang="vi")
    page = window.page
    window.open("/")
    box = page.get_by_test_id("search-input")
    box.click()
    page.keyboard.type("mat ong", delay=20)
    first = page.get_by_test_id("suggestion").first
    expect(first).to_be_visible()

    page.keyboard.press("ArrowDown")
    box.evaluate(
        """field => field.dispatchEvent(new KeyboardEvent("keydown",
        {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    )
    assert page.url.endswith("/vi/"), "that Enter ends a letter, and chooses nothing"
    first.click()

    page.wait_for_url(re.compile(r"/products\?"))


def test_a_search_is_told_once_and_an_opened_product_too(visit: Callable[..., Window]) -> None:
    window = visit("desk", lang="vi")
    told: list[Request] = []
    window.page.on(
        "request", lambda one: told.append(one) if "/search/" in one.url and one.post_data else None
    )
    window.open("/")
    window.search("mật ong")
    window.page.wait_for_timeout(300)

    window.open_card(window.page.get_by_test_id("product-card").first)
    window.page.wait_for_timeout(300)

    assert [one.url.rpartition("/")[2] for one in told] == ["searched", "opened"]
    assert set(parse_qs(told[1].post_data or "")) == {"token", "product"}


def test_whoever_asks_to_be_left_alone_tells_nothing(visit: Callable[..., Window]) -> None:
    window = visit("desk", lang="vi")
    told: list[Request] = []
    window.page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"
    )
    window.page.on("request", lambda one: told.append(one) if one.method == "POST" else None)

    window.open("/products?q=ch%C3%A8")
    window.page.wait_for_timeout(300)

    assert told == []
