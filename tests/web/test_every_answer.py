"""What holds for every answer: headers, language, error pages, static files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from app.foundation.database import db
from app.web.access import public
from app.web.headers import FIXED

if TYPE_CHECKING:
    from typing import Any

    from flask import Flask

    from tests.support.browser import Browser

ANSWERS = [
    "/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/vi/",
    "/en/",
    "/xx/",
    "/vi/nothing-here",
    "/static/v/nothing.css",
]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_security_headers(browser: Browser, path: str) -> None:
    response = browser.client.get(path)

    assert {name: response.headers[name] for name in FIXED} == FIXED
    assert response.headers["X-Request-ID"]
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/xx/products", "en", "en"),
        ("/xx/products", "vi", "vi"),
        ("/xx/products", "fr", "vi"),
        ("/en/nothing", "vi", "en"),
        ("/vi/nothing", "en", "vi"),
    ],
)
def test_a_page_that_is_not_there_says_so_in_the_readers_language(
    browser: Browser, path: str, accepted: str, language: str
) -> None:
    browser.lang = accepted

    page = browser.open(path, status=404)

    assert page.document is not None
    assert page.document.get("lang") == language


@pytest.mark.parametrize(("accepted", "language"), [("en-GB", "en"), ("vi", "vi"), ("de", "vi")])
def test_the_bare_address_picks_a_language(browser: Browser, accepted: str, language: str) -> None:
    browser.lang = accepted

    assert browser.open("/", status=302).location == f"/{language}/"


def test_the_language_switch_stays_on_the_page(browser: Browser) -> None:
    page = browser.open("/en/?a=1")

    links = {one.get("hreflang"): one.get("href") for one in page.all("a", hreflang="vi")}
    assert links["vi"] == "/vi/?a=1"


def test_style_sheets_come_bundled_compressed_and_for_ever(browser: Browser) -> None:
    page = browser.open("/en/")
    sheet = next(one.get("href") for one in page.all("link", rel="stylesheet"))
    assert sheet is not None

    plain = browser.client.get(sheet)
    small = browser.client.get(sheet, headers={"Accept-Encoding": "gzip"})

    assert "immutable" in plain.headers["Cache-Control"]
    assert "@import" not in plain.text
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 3
    stale = re.sub(r"/static/\w+/", "/static/older/", sheet)
    assert "immutable" not in browser.client.get(stale).headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/static/x/../../config.py", "/static/x/%2e%2e/config.py"])
def test_static_files_come_from_one_folder(browser: Browser, path: str) -> None:
    assert browser.client.get(path).status_code in {400, 404}


def test_a_form_without_its_token_is_refused(browser: Browser) -> None:
    response = browser.client.post("/en/sign-in", data={"email": "a@example.test"})

    assert response.status_code == 400


def test_a_form_from_elsewhere_is_refused(browser: Browser) -> None:
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.client.post("/en/sign-in", headers=headers).status_code == 403


def test_a_fault_shows_a_page_and_its_number(application: Flask, browser: Browser) -> None:
    @public
    def fail() -> str:
        raise LookupError("a secret detail")

    original = application.view_functions["catalogue.home"]
    application.view_functions["catalogue.home"] = fail
    application.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        page = browser.open("/en/", status=500)
    finally:
        application.view_functions["catalogue.home"] = original
        application.config["PROPAGATE_EXCEPTIONS"] = None

    assert "a secret detail" not in page
    assert page.response.headers["X-Request-ID"] in page.text


def test_a_database_that_is_away_is_told_in_a_sentence(browser: Browser) -> None:
    def away(*_rest: Any) -> None:
        raise ConnectionError("the database is away")

    event.listen(db.engine, "before_cursor_execute", away)
    try:
        page = browser.open("/en/showrooms", status=500)
    finally:
        event.remove(db.engine, "before_cursor_execute", away)

    assert "Nothing that was confirmed to you is lost." in page.text


def test_what_caches_share_sets_no_cookie(browser: Browser) -> None:
    answer = browser.client.get("/en/search/suggest?q=tea")

    assert answer.cache_control.public
    assert "Set-Cookie" not in answer.headers
