"""Journeys (a), (b) and (e): find, filter, buy from two producers, follow the private link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.people import Letter, Shop, Window

pytestmark = pytest.mark.browser

READERS = [
    pytest.param(width, lang, script, id=f"{width}-{lang}{'' if script else '-without-script'}")
    for width in ("phone", "desk")
    for lang, script in (("vi", True), ("en", True), ("vi", False))
]
SUBJECTS = {"vi": "Đã đặt đơn", "en": "is placed"}


@pytest.mark.parametrize(("width", "lang", "script"), READERS)
def test_a_guest_buys_from_two_producers(
    visit: Callable[..., Window],
    shop: Shop,
    letters: Callable[[str], list[Letter]],
    width: str,
    lang: str,
    script: bool,  # noqa: FBT001
) -> None:
    window = visit(width, lang=lang, script=script)
    page = window.page
    email = f"lan.{width}.{lang}.{int(script)}@example.test"

    # find a tea by words without accents, and narrow it down
    window.open("/")
    window.look("01-home")
    window.search("che shan tuyet")
    window.look("02-results")
    assert window.results() >= 2
    window.filter("star-5")
    window.look("03-filtered")
    maker = window.open_other_than("")  # of the first tea that can be sent by now
    window.look("04-product")
    first = window.put_in_cart()
    assert page.get_by_test_id("cart-count").inner_text() == "1"

    # a tea of somebody else: beside the first one, or among all teas
    if lang == "vi":
        page.go_back()
    else:
        window.open("/products")
        window.filter("category-food")
        window.filter("category-tea")
        window.look("05-teas")
    other_maker = window.open_other_than(maker)
    second = window.put_in_cart()
    assert page.get_by_test_id("cart-line").count() == 2
    assert "₫" in page.get_by_test_id("cart-total").inner_text()
    window.look("06-cart")

    # delivery, paid in cash; the ward is called by its name of before July 2025
    window.start_checkout()
    window.introduce(email=email)
    page.locator("[name=province]").select_option(value="01")
    page.locator("[name=commune]").fill("phường Phúc Xá")
    page.locator("[name=street]").fill("12 Nghĩa Dũng")
    window.look("07-checkout")
    number = window.place_order()

    # the confirmation
    window.look("09-order")
    said = page.locator("main").inner_text()
    for words in (first, second, maker, other_maker):
        assert words in said
    assert page.get_by_test_id("order-package").count() == 2
    total = page.get_by_test_id("order-total").inner_text()

    # the letter, in the buyer's language, with the private link that works anywhere
    (letter,) = letters(email)
    assert number in letter.subject
    assert SUBJECTS[lang] in letter.subject
    assert first in letter.text
    found = re.search(rf"{re.escape(shop.url)}/{lang}/orders/\S+", letter.text)
    assert found, letter.text
    assert found[0].replace("&", "&amp;") in letter.html
    reader = visit(width, lang=lang, script=script)
    reader.page.goto(found[0])
    assert number in reader.page.get_by_test_id("order-number").inner_text()
    assert reader.page.get_by_test_id("order-total").inner_text() == total

    # nobody reads it by its number alone
    stranger = visit(width, lang=lang, script=script)
    answer = stranger.page.goto(f"/{lang}/orders/{number}")
    assert answer
    assert answer.status == 404
