"""Journey (c): a guest buys for pick-up, and the showroom hands it over by the code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.people import Letter, Window

pytestmark = pytest.mark.browser

STAFF = "showroom@chophien.example"
SHOWROOM = {"vi": "Siêu thị Hoàng Cầu", "en": "Hoàng Cầu supermarket"}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_showroom_hands_over_what_a_guest_bought(
    visit: Callable[..., Window],
    letters: Callable[[str], list[Letter]],
    width: str,
    lang: str,
) -> None:
    buyer = visit(width, lang=lang)
    page = buyer.page
    email = f"mai.{width}.{lang}@example.test"

    # two teas of two producers, both on the showroom's shelf
    for words, name in (("hong tra phin ho", "Phìn Hồ"), ("che tom non hao dat", "Hảo Đạt")):
        buyer.open("/")
        buyer.search(words)
        buyer.open_card(buyer.cards().first)
        assert name in buyer.put_in_cart()
    buyer.start_checkout()
    buyer.introduce(email=email)
    page.locator("[name=fulfilment][value=pick_up]").check()
    page.locator("#showroom").get_by_label(SHOWROOM[lang]).check()
    buyer.look("c1-checkout")
    number = buyer.place_order()
    buyer.look("c2-order")
    codes = page.get_by_test_id("pick-up-code").all_inner_texts()
    packages = re.findall(rf"{number}-\d", page.locator("main").inner_text())
    assert len(codes) == len(packages) == 2
    assert all(code in letters(email)[0].text for code in codes)

    # the showroom packs both, and gives each to whoever says its code
    clerk = visit(width, lang=lang)
    clerk.sign_in(STAFF)
    for at, (package, code) in enumerate(zip(packages, codes, strict=True)):
        clerk.open("/desk/showroom")
        clerk.look(f"c3-orders-{at}")
        row = clerk.page.get_by_test_id("order-row").filter(has_text=package)
        with clerk.page.expect_navigation():
            row.get_by_test_id("order-number").click()
        clerk.look(f"c4-new-{at}")
        clerk.page.locator("form[action*=ready] button[type=submit]").click()
        clerk.page.get_by_test_id("hand-over-form").wait_for()
        clerk.look(f"c5-ready-{at}")
        if at == 0:
            clerk.page.locator("[name=code]").fill("WRONG2")
            clerk.page.get_by_test_id("hand-over-form").locator("button").click()
            clerk.page.locator("#error-summary").wait_for()
            clerk.look("c6-wrong-code")
        clerk.page.locator("[name=code]").fill(code.lower())
        clerk.page.get_by_test_id("hand-over-form").locator("button").click()
        clerk.page.get_by_test_id("handed-over").wait_for()
        clerk.look(f"c7-handed-over-{at}")

    # the buyer's page says so
    states = page.locator(".package__head .tag")
    before = states.all_inner_texts()
    page.reload()
    buyer.look("c8-collected")
    assert set(states.all_inner_texts()).isdisjoint(before)
