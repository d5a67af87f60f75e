"""Journey (d): a producer puts a product on sale, and shoppers find it by either name at once."""

from __future__ import annotations

import time
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.people import Window

pytestmark = pytest.mark.browser

PRODUCER: Final = "tea@chophien.example"
SECONDS: Final = 5.0
NAMES: Final = {
    "phone": {"vi": "Bánh khảo Thông Nguyên", "en": "Moonlit rice cakes"},
    "desk": {"vi": "Mứt mận Hoàng Su Phì", "en": "Terrace plum preserve"},
}
WITHOUT_ACCENTS: Final = {"phone": "banh khao thong nguyen", "desk": "mut man hoang su phi"}


@pytest.mark.parametrize(("width", "lang"), [("phone", "vi"), ("desk", "en")])
def test_a_new_product_is_found_by_either_name_within_five_seconds(
    visit: Callable[..., Window], width: str, lang: str
) -> None:
    # given a producer who fills in a product in two languages, with a photo
    window = visit(width, lang=lang)
    page = window.page
    window.sign_in(PRODUCER)
    window.open("/desk/producer")
    window.look("d1-desk")
    page.locator("main a[href*='/products/new']").first.click()
    window.look("d2-form")
    names = NAMES[width]
    for field, value in {
        "name_vi": names["vi"],
        "name_en": names["en"],
        "summary_vi": "Làm thủ công ở bản, gói trong giấy bản.",
        "summary_en": "Made by hand in the village and wrapped in bark paper.",
        "size_1-label_vi": "Hộp 250 g",
        "size_1-label_en": "250 g box",
        "size_1-net_quantity": "250",
        "size_1-weight_grams": "320",
        "size_1-price": "85.000",
        "size_1-on_hand": "12",
        "alt_vi": "Một chiếc hộp màu xanh",
        "alt_en": "A green box",
    }.items():
        page.locator(f"main [name='{field}']").fill(value)
    kinds = page.locator("[name=set_code] option:not([value=''])")
    page.locator("[name=set_code]").select_option(kinds.first.get_attribute("value"))
    page.locator("[name=photo]").set_input_files(
        {"name": "box.png", "mimeType": "image/png", "buffer": photo()}
    )
    window.look("d3-filled")
    shoppers = {reader: visit(width, lang=reader) for reader in ("vi", "en")}

    # when it is put on sale
    page.locator("button[name=action][value=publish]").click()
    page.wait_for_url(lambda url: not url.endswith("/new"))
    saved = time.monotonic()

    # then whoever looks for either name finds it
    for reader, words in (("vi", WITHOUT_ACCENTS[width]), ("vi", names["vi"]), ("en", names["en"])):
        wait_for_result(shoppers[reader], words, names[reader])
    assert time.monotonic() - saved <= SECONDS
    window.look("d4-on-sale")

    # with its photo, and for money
    shopper = shoppers[lang]
    shopper.search(names[lang])
    shopper.look("d5-results")
    shopper.open_card(shopper.cards().filter(has_text=names[lang]))
    shopper.look("d6-product")
    picture = shopper.page.locator(".gallery__main img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    assert names[lang] in shopper.put_in_cart()


def wait_for_result(shopper: Window, words: str, name: str) -> None:
    """Search again and again until a product is there. Raises `AssertionError` after a while."""
    limit = time.monotonic() + SECONDS
    while time.monotonic() < limit:
        shopper.open("/")
        shopper.search(words)
        if shopper.cards().filter(has_text=name).count():
            return
        time.sleep(0.1)
    message = f"{words!r} finds nothing called {name}"
    raise AssertionError(message)


def photo() -> bytes:
    """Draw a box, as a telephone would send it."""
    picture = Image.new("RGB", (900, 700), "#f3e9d2")
    ImageDraw.Draw(picture).rounded_rectangle((250, 200, 650, 560), 30, fill="#2f5d46")
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
