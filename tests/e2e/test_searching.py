"""People search: words survive filters and the back button, and nothing needs a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.people import Window

pytestmark = pytest.mark.browser
SAID = {
    "vi": ("caf phee dưới 500k", "Đến 500.000 ₫", "Đang hiển thị kết quả cho cà phê"),
    "en": ("cofee under 500k", "Up to 500,000 ₫", "Showing results for coffee"),
}
TEA = {"vi": "chè", "en": "tea"}


def count_is(window: Window, number: int) -> None:
    """Wait until the list has so many products."""
    window.page.locator(f"[data-testid=result-count][data-count='{number}']").wait_for()


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_facet_goes_on_and_off_and_back_keeps_the_words(
    visit: Callable[..., Window], width: str
) -> None:
    window = visit(width, lang="en")
    window.open("/")
    window.search("tea")
    everything = window.results()

    window.filter("star-4")
    some = window.results()
    assert some < everything
    assert "q=tea" in window.page.url
    window.look("searched")

    window.page.go_back()
    count_is(window, everything)
    assert window.page.get_by_test_id("search-input").first.input_value() == "tea"
    window.page.go_forward()
    count_is(window, some)
    window.page.get_by_test_id("chip").filter(has_text="4 stars").get_by_role("link").click()
    count_is(window, everything)
    assert window.page.url.endswith("/en/products?q=tea")
    window.page.go_back()
    count_is(window, some)
    assert re.search("tea|trà|chè", window.page.locator("mark").first.inner_text().lower())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_search_without_a_script_says_what_it_did_with_the_words(
    visit: Callable[..., Window], lang: str
) -> None:
    typed, price, said = SAID[lang]
    window = visit("phone", lang=lang, script=False)
    window.open("/")
    window.search(typed)

    assert said in window.page.get_by_test_id("did-you-mean").inner_text()
    assert price in window.page.get_by_test_id("reading").inner_text().replace("\xa0", " ")
    assert window.page.locator("mark").count()
    mended = window.results()
    assert mended
    window.look("mended")

    window.page.get_by_test_id("did-you-mean").get_by_role("link").click()

    window.page.wait_for_url(re.compile("exact=1"))
    assert window.results() < mended
    assert not window.page.get_by_test_id("reading").count()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_tabs_lead_to_producers_and_a_producer_s_goods_are_searched(
    visit: Callable[..., Window], lang: str
) -> None:
    window = visit("desk", lang=lang)
    window.open("/")
    window.search(TEA[lang])
    window.page.get_by_test_id("tabs").get_by_role("link").first.click()

    window.page.wait_for_url(re.compile("/search/producers"))
    assert window.page.locator("mark").count()
    window.look("producers")
    window.page.get_by_test_id("found").first.get_by_role("link").click()
    window.page.wait_for_url(re.compile("/producers/"))
    window.look("producer-with-field")

    field = window.page.get_by_test_id("search-within")
    field.fill(TEA[lang])
    field.press("Enter")

    window.page.wait_for_url(re.compile("seller="))
    assert window.results()
    window.look("within")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_found_leads_somewhere(visit: Callable[..., Window], lang: str) -> None:
    window = visit("phone", lang=lang)
    window.open("/products?q=zzqx&star=5")

    assert window.results() == 0
    assert window.page.get_by_test_id("suggestions").get_by_role("link").count()
    assert window.page.get_by_test_id("in-season").get_by_test_id("product-card").count()
    window.look("nothing")
