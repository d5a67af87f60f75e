"""The shop as an application: its manifest, its worker, and the page for a missing network."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.web.assets import FOLDER
from tests.support import make

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.browser import Browser


def told(browser: Browser) -> dict[str, object]:
    """What the worker is told about the shop."""
    first = browser.client.get("/sw.js").text.partition("\n")[0]
    found: dict[str, object] = json.loads(first.removeprefix("const SHOP = ").removesuffix(";"))
    return found


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_manifest_speaks_the_language_of_its_page(browser: Browser, lang: str) -> None:
    browser.lang = lang
    page = browser.get("catalogue.home")
    link = page.one("link", rel="manifest").get("href") or ""

    answer = browser.client.get(link)
    manifest = answer.get_json()

    assert answer.mimetype == "application/manifest+json"
    assert manifest["lang"] == lang
    assert manifest["start_url"] == f"/{lang}/"
    assert {one["purpose"] for one in manifest["icons"]} == {"any", "maskable"}
    for one in manifest["icons"]:
        assert browser.client.get(one["src"]).mimetype == "image/png"


def test_all_that_the_worker_keeps_is_there(browser: Browser) -> None:
    kept = told(browser)["kept"]

    assert isinstance(kept, list)
    assert [url for url in kept if browser.client.get(url).status_code != 200] == []


def test_the_worker_keeps_no_page_of_anybody(browser: Browser) -> None:
    kept = told(browser)["kept"]

    assert isinstance(kept, list)
    pages = {url for url in kept if not url.startswith("/static/")}
    assert pages == {"/vi/offline", "/en/offline"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_for_a_missing_network_says_nothing_about_its_reader(
    browser: Browser, lang: str
) -> None:
    browser.lang = lang
    browser.sign_in(make.user(name="Nguyễn Thị Sao"))

    page = browser.open(f"/{lang}/offline")

    assert "Nguyễn Thị Sao" not in page
    assert not page.all("input", name="csrf_token")
    assert not page.all(data_testid="cart-count")


def test_a_worker_that_is_switched_off_says_so(app: Flask, browser: Browser) -> None:
    settings = app.config["SETTINGS"]
    version = told(browser)["version"]
    app.config["SETTINGS"] = replace(settings, has_worker=False)
    try:
        off = told(browser)
        page = browser.get("catalogue.home")
    finally:
        app.config["SETTINGS"] = settings

    assert off["isOn"] is False
    assert off["version"] == version
    assert not page.all("body", data_island="worker")
    assert (FOLDER / "js" / "worker.js").exists()
