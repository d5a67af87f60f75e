"""Filters change the list in place where there is a script, and lead to the same list where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.people import Window

pytestmark = pytest.mark.browser
CATEGORY = {"vi": "thuc-pham", "en": "food"}


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_filters_work_in_place_and_back_leads_back(
    visit: Callable[..., Window], width: str
) -> None:
    window = visit(width, lang="en")
    window.open("/products")
    everything = window.results()
    assert not window.page.evaluate("'htmx' in window")  # fetched when somebody reaches for it
    window.page.evaluate("window.isSamePage = true")
    with window.page.expect_response(lambda answer: "htmx" in answer.url):
        window.page.locator(".facets").hover()
    for _ in range(50):  # a function to wait for would need what our policy forbids
        if window.page.evaluate("'htmx' in window"):
            break
        window.page.wait_for_timeout(50)

    window.filter("category-food")

    assert window.page.evaluate("window.isSamePage")
    assert window.page.url.endswith("/en/products?category=food")
    assert window.page.title().startswith("Food")
    food = window.results()
    assert food < everything
    switch = window.page.locator(".language-switch a[lang=vi]")
    assert str(switch.get_attribute("href")).endswith("/vi/products?category=food")
    window.look("filtered")

    window.page.go_back()
    window.page.locator(f"[data-testid=result-count][data-count='{everything}']").wait_for()
    window.page.go_forward()
    window.page.locator(f"[data-testid=result-count][data-count='{food}']").wait_for()
    window.page.reload()
    assert window.results() == food


def test_a_long_list_of_choices_is_looked_through_without_accents(
    visit: Callable[..., Window],
) -> None:
    window = visit("desk", lang="vi")
    window.open("/products")

    window.page.locator("#find-province").fill("dak")

    shown = window.page.locator("[aria-labelledby=facet-province] li:visible .facet__label")
    assert shown.all_inner_texts() == ["Đắk Lắk"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_filters_work_without_a_script(visit: Callable[..., Window], lang: str) -> None:
    window = visit("phone", lang=lang, script=False)
    window.open("/products")
    everything = window.results()

    window.filter(f"category-{CATEGORY[lang]}")

    assert window.results() < everything
