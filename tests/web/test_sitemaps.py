"""The sitemaps name every public page in every language, and no other."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from app.foundation.database import db
from app.foundation.kept import forget_all
from app.web import sitemaps
from app.web.access import access_of
from app.web.locale import LANGUAGES
from tests.shop.catalogue.sale import on_sale, path_of
from tests.showrooms import builders as showrooms
from tests.support import make
from tests.support.found import canonical, robots
from tests.support.statements import counted_statements
from tests.villages import builders as villages

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.browser import Browser

HOST = "http://localhost"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def read(browser: Browser, path: str) -> ET.Element:
    """Parse a file of ours."""
    return ET.fromstring(browser.open(path).response.get_data(as_text=True))  # noqa: S314 - our own


def files(browser: Browser) -> list[str]:
    """The paths of all files."""
    index = read(browser, "/sitemap.xml")
    return [(one.text or "").removeprefix(HOST) for one in index.iter(f"{MAP}loc")]


def addresses(browser: Browser) -> list[str]:
    """The paths of all pages in all files."""
    return [
        (one.text or "").removeprefix(HOST)
        for path in files(browser)
        for one in read(browser, path).iter(f"{MAP}loc")
    ]


def a_small_shop() -> None:
    """One of everything that has a page."""
    on_sale()
    showrooms.showroom()
    villages.village()
    db.session.commit()


def test_every_public_page_is_in_a_sitemap_or_left_out_for_a_reason(application: Flask) -> None:
    listed = {name for one in sitemaps.sitemaps() for name in one.endpoints}
    out = sitemaps.left_out()
    pages = {
        rule.endpoint
        for rule in application.url_map.iter_rules()
        if "<lang:lang>" in str(rule)
        and "GET" in (rule.methods or ())
        and (access := access_of(application, rule.endpoint)) is not None
        and access.is_public
    }

    assert pages - listed - out.keys() == set()
    assert listed & out.keys() == set()
    assert all(out.values())


def test_every_address_opens_and_stands_for_itself(browser: Browser) -> None:
    a_small_shop()

    found = addresses(browser)

    assert len(found) == len(set(found))
    for path in found:
        page = browser.open(path)
        assert canonical(page) == HOST + path
        assert robots(page).startswith("index")


def test_no_page_that_links_reach_is_missing(browser: Browser) -> None:
    a_small_shop()
    found = set(addresses(browser))
    seen: set[str] = set()
    queue = ["/en/"]

    while queue:
        path = queue.pop()
        if path in seen or not path.startswith(("/en/", "/vi/")):
            continue
        seen.add(path)
        answer = browser.client.get(path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        page = browser.open(path)
        if robots(page).startswith("index"):
            assert (canonical(page) or "").removeprefix(HOST) in found, path
        if "noindex, nofollow" not in robots(page) and "?" not in path:
            queue += [(one.get("href") or "").split("#")[0] for one in page.all("a")]

    assert found <= seen | {path for path in found if "?" in path}


def test_an_entry_names_its_other_languages_and_its_last_change(browser: Browser) -> None:
    product = on_sale()
    db.session.commit()

    (url,) = read(browser, "/sitemaps/products-en-1.xml").findall(f"{MAP}url")

    assert url.findtext(f"{MAP}loc") == HOST + path_of(product, "en")
    assert date.fromisoformat(url.findtext(f"{MAP}lastmod") or "") <= make.TODAY
    links = {one.get("hreflang"): one.get("href") for one in url.findall(f"{XHTML}link")}
    assert links == {
        "vi": HOST + path_of(product, "vi"),
        "en": HOST + path_of(product, "en"),
        "x-default": HOST + path_of(product, "vi"),
    }


def test_a_certificate_of_tomorrow_is_no_change_of_today(browser: Browser) -> None:
    product = on_sale(stars=None)
    make.certificate(product, issued_on=make.TODAY + timedelta(days=300))
    db.session.commit()

    text = browser.open("/sitemaps/products-vi-1.xml").text

    assert (make.TODAY + timedelta(days=300)).isoformat() not in text


def test_only_lists_that_hold_something_are_named(browser: Browser) -> None:
    on_sale()
    db.session.commit()

    found = [one for one in addresses(browser) if one.startswith("/en/products?")]

    assert found == [
        "/en/products?category=food",
        "/en/products?category=tea",
        "/en/products?category=fresh-and-processed-tea",
        "/en/products?province=tuyen-quang",
        "/en/products?star=4",
    ]


def test_a_file_holds_so_many_and_the_next_one_the_rest(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    paths = [path_of(on_sale(f"Chè {number}"), "vi") for number in range(3)]
    db.session.commit()

    found = [one for one in files(browser) if "products-vi" in one]

    assert found == ["/sitemaps/products-vi-1.xml", "/sitemaps/products-vi-2.xml"]
    assert [len(read(browser, one)) for one in found] == [2, 1]
    assert [one for one in addresses(browser) if one in paths] == paths
    browser.open("/sitemaps/products-vi-3.xml", status=404)


@pytest.mark.parametrize(
    "name", ["products-vi-0", "products-fr-1", "products-vi", "x-vi-1", "products-vi-1e3", "..%2f"]
)
def test_other_names_are_nothing(browser: Browser, name: str) -> None:
    browser.open(f"/sitemaps/{name}.xml", status=404)


def test_a_file_costs_one_statement_and_then_none_but_the_stamp(browser: Browser) -> None:
    for number in range(4):
        on_sale(f"Chè {number}")
    a_small_shop()
    browser.open("/en/products")
    forget_all()

    for path in files(browser):
        db.session.remove()
        with counted_statements() as first:
            browser.open(path)
        with counted_statements() as again:
            browser.open(path)
        assert len(first) <= 2, first  # the stamp and the rows
        assert len(again) <= 1, again


def test_a_new_product_is_in_the_file_at_once(browser: Browser) -> None:
    on_sale()
    db.session.commit()
    before = len(read(browser, "/sitemaps/products-vi-1.xml"))

    on_sale("Mật ong")
    db.session.commit()

    assert len(read(browser, "/sitemaps/products-vi-1.xml")) == before + 1


def test_files_are_pressed_and_known_again(browser: Browser) -> None:
    on_sale()
    db.session.commit()

    pressed = browser.client.get("/sitemap.xml", headers={"Accept-Encoding": "gzip"})
    again = browser.client.get(
        "/sitemap.xml",
        headers={"If-None-Match": pressed.headers["ETag"], "Accept-Encoding": "gzip"},
    )

    assert pressed.headers["Content-Encoding"] == "gzip"
    assert pressed.get_data()[:2] == b"\x1f\x8b"
    assert again.status_code == 304
    assert "Set-Cookie" not in pressed.headers


def test_every_language_has_its_files(browser: Browser) -> None:
    a_small_shop()

    kinds = {re.sub(r"-\d+\.xml$", "", one) for one in files(browser)}

    assert kinds == {
        f"/sitemaps/{kind}-{lang}"
        for kind in (
            *("pages", "lists", "products", "producers", "showrooms", "villages"),
            "help",  # files of ours, so never none
        )
        for lang in LANGUAGES
    }
