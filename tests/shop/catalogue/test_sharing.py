"""The cards that programs show when somebody shares a product."""

from __future__ import annotations

import io
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from app.foundation.database import db
from app.foundation.sharing import HEIGHT, WIDTH, ShareCard, draw_card
from app.foundation.storage import storage
from tests.shop.catalogue.sale import card, on_sale, path_of
from tests.support import make
from tests.support.found import shared
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser

HOST = "http://localhost"
LONG = (
    "Bánh đa nem truyền thống gói lá dong xếp tay của làng nghề ven sông, hộp quà mười hai gói " * 3
)


def address(browser: Browser, path: str) -> str:
    """The path of the card that a page names."""
    return shared(browser.open(path))["og:image"].removeprefix(HOST)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_product_has_a_card_of_its_own(browser: Browser, lang: str) -> None:
    product = on_sale()
    db.session.commit()

    where = address(browser, path_of(product, lang))
    answer = browser.open(where).response

    assert where.startswith(f"/cards/{lang}/{product.public_id}-")
    assert answer.mimetype == "image/jpeg"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers
    with Image.open(io.BytesIO(answer.get_data())) as picture:
        assert picture.size == (WIDTH, HEIGHT)
        assert not picture.getexif()


def test_a_card_is_drawn_once_and_read_in_one_statement(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = on_sale()
    db.session.commit()
    where = address(browser, path_of(product))
    first = browser.open(where).response.get_data()
    monkeypatch.setattr("app.shop.catalogue.sharing.draw_card", None)
    db.session.remove()

    with counted_statements() as seen:
        again = browser.open(where).response.get_data()

    assert again == first
    assert len(seen) == 1


def test_an_old_address_leads_to_today_s_card(browser: Browser) -> None:
    product = on_sale(stars=4)
    db.session.commit()
    old = address(browser, path_of(product))
    product.certificates[0].revoked_on = make.TODAY
    card(product)
    db.session.commit()

    new = address(browser, path_of(product))

    assert new != old
    assert browser.open(old, status=302).location == new


def test_a_star_that_is_no_longer_valid_is_on_no_card(browser: Browser) -> None:
    product = on_sale(stars=None)
    make.certificate(product, issued_on=make.TODAY - timedelta(days=1_096))
    card(product)
    db.session.commit()

    words = shared(browser.open(path_of(product)))["og:image:alt"]

    assert "star" not in words
    other = on_sale("Mật ong", "Honey", stars=3)
    db.session.commit()
    assert "3 OCOP stars" in shared(browser.open(path_of(other)))["og:image:alt"]


@pytest.mark.parametrize(
    "name",
    [
        "x", "-", "none-0123456789abcdef", "{id}", "{id}-", "{id}-0123456789ABCDEF", "{id}-0123456789abcdef0",
        "..%2f..%2fsecret", "{id}-%00", "%F0%9F%8D%B5-0123456789abcdef",
    ],
)  # fmt: skip
def test_other_addresses_of_cards_are_nothing(browser: Browser, name: str) -> None:
    product = on_sale()
    db.session.commit()

    browser.open(f"/cards/en/{name.format(id=product.public_id)}.jpg", status=404)
    browser.open(f"/cards/fr/{product.public_id}-0123456789abcdef.jpg", status=404)


def test_a_product_without_a_picture_has_a_card_of_words(browser: Browser) -> None:
    product = make.registered()
    card(product)
    db.session.commit()

    assert browser.open(address(browser, path_of(product))).status == 200


def test_a_picture_that_is_gone_does_not_break_the_card(browser: Browser) -> None:
    product = on_sale()
    row = card(product)
    row.photo_key = "photos/ab/abcdef~640~123"
    db.session.commit()

    where = address(browser, path_of(product))

    assert browser.open(where).status == 200
    assert storage().exists(f"cards/{where[-20:-18]}/{where[-20:]}")


@pytest.mark.parametrize("name", [LONG, "a" * 300, "Mật ong", "Chè \U0001f375 tuyết", " "])
def test_any_name_fits(name: str) -> None:
    drawn = draw_card(
        ShareCard(
            lang="vi",
            name=name,
            site="Chợ Phiên",
            producer=name,
            place="Huế",
            stars=5,
            stars_words="OCOP 5 sao",
        ),
        None,
    )

    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.getpixel((WIDTH - 8, 300)) == picture.getpixel((4, 4))  # the margin is free


def test_every_vietnamese_letter_has_its_drawing() -> None:
    letters = "aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
    drawn = {
        draw_card(ShareCard(lang="vi", name=letter, site="x"), None)
        for letter in letters + letters.upper()
    }

    assert len(drawn) == 2 * len(letters)


def test_drawing_a_card_takes_little_time() -> None:
    picture = io.BytesIO()
    Image.effect_noise((640, 640), 60).convert("RGB").save(picture, "JPEG")
    what = ShareCard(lang="vi", name=LONG, site="Chợ Phiên", producer=LONG, place="Huế", stars=5)
    draw_card(what, picture.getvalue())

    began = time.process_time()
    draw_card(what, picture.getvalue())

    assert time.process_time() - began < 0.12


def test_drawing_is_limited_and_reading_is_not(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.shop.catalogue.sharing._drawing", _Busy())
    product = on_sale("Chè của riêng bài này", "Tea of this test alone")
    db.session.commit()
    where = address(browser, path_of(product))

    assert browser.open(where, status=503).response.headers["Retry-After"]
    digest = where[-20:]
    storage().put_at(f"cards/{digest[:2]}/{digest}", b"drawn before")
    assert browser.open(where).response.get_data() == b"drawn before"
    storage().delete(f"cards/{digest[:2]}/{digest}")


class _Busy:
    """A process that draws another card."""

    def acquire(self, *, timeout: float) -> bool:
        """Wait in vain."""
        return timeout < 0
