"""One address a page: nearly right ones lead to it, and the language is always known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.foundation.database import db
from tests.shop.catalogue.sale import on_sale, path_of
from tests.showrooms import builders as showrooms
from tests.support import make
from tests.villages import builders as villages

if TYPE_CHECKING:
    from tests.support.browser import Browser


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/VI/products", "/vi/products"),
        ("/En/products/?star=4&q=ch%C3%A8", "/en/products?star=4&q=ch%C3%A8"),
        ("/en/map/", "/en/map"),
        ("/EN/", "/en/"),
        ("/EN", "/en/"),
        ("/vi/products///", "/vi/products"),
    ],
)
def test_a_nearly_right_address_leads_to_the_right_one(
    browser: Browser, asked: str, right: str
) -> None:
    moved = browser.open(asked, status=301)

    assert moved.location == right


@pytest.mark.parametrize(
    "path",
    [
        "/fr/products",
        "/en/nothing/",
        "/vi/../etc",
        "/EN/none",
        "/en/%0d%0aX:y/",
        "/en/none//evil.test/",
    ],
)
def test_an_address_of_nothing_is_not_found_in_the_reader_s_language(
    browser: Browser, path: str
) -> None:
    page = browser.client.get(path, headers={"Accept-Language": "en"})

    assert page.status_code == 404
    assert '<html lang="en"' in page.get_data(as_text=True) or path.startswith("/vi")


def test_an_unknown_language_is_answered_as_the_browser_asks(browser: Browser) -> None:
    for lang in ("en", "vi"):
        with browser.app.app_context():
            answer = browser.app.test_client().get(
                "/fr/products", headers={"Accept-Language": lang}
            )

        assert answer.status_code == 404
        assert answer.headers["Content-Language"] == lang
        assert "Accept-Language" in answer.vary


def test_a_form_is_not_sent_on(browser: Browser) -> None:
    assert browser.client.post("/en/cart/").status_code in {400, 404}


@pytest.mark.parametrize(
    ("cookie", "accepts", "chosen"),
    [("", "en-GB,en;q=0.9", "en"), ("", "vi-VN", "vi"), ("", "fr", "vi"), ("vi", "en", "vi")],
)
def test_the_first_visit_is_led_by_cookie_then_browser(
    browser: Browser, cookie: str, accepts: str, chosen: str
) -> None:
    if cookie:
        browser.client.set_cookie("lang", cookie)

    answer = browser.client.get("/", headers={"Accept-Language": accepts})

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/{chosen}/"
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_switch_leads_to_the_same_page_with_the_same_query(browser: Browser, lang: str) -> None:
    other = {"vi": "en", "en": "vi"}[lang]
    product, store, place = on_sale(), showrooms.showroom(), villages.village()
    maker = make.producer()
    db.session.commit()

    for path in (
        "/",
        "/map",
        "/products?province=tuyen-quang&sort=name",
        "/products?q=ch%C3%A8+xanh",
        path_of(product, "").removeprefix("/"),
        "/producers?q=htx",
        f"/producers/{maker.slug}",
        "/showrooms",
        f"/showrooms/{store.slug}",
        "/villages",
        f"/villages/{place.slug}",
        "/register",
        "/sign-in",
        "/cart",
    ):
        page = browser.open(f"/{lang}{path}")
        switch = page.one("a", hreflang=other).get("href") or ""
        assert page.response.headers["Content-Language"] == lang
        assert switch == f"/{other}{path}", path
        assert browser.open(switch).response.headers["Content-Language"] == other
