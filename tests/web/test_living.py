"""The page of the components: complete, by day and by night, and nowhere to be found in production."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pytest
    from flask import Flask

    from tests.support.browser import Browser

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "app" / "templates"
COMPONENTS: Final = sorted(path.stem for path in (TEMPLATES / "components").glob("*.html"))
SAMPLES: Final = sorted(path.stem for path in (TEMPLATES / "living" / "samples").glob("*.html"))


def test_every_component_is_on_the_page_with_its_contract(browser: Browser) -> None:
    page = browser.open("/en/_components")

    assert sorted(page.texts("h3")) == COMPONENTS
    assert all(page.texts("pre"))


def test_every_sample_is_shown_by_day_and_by_night(browser: Browser) -> None:
    page = browser.open("/vi/_components")

    assert len(page.all("div", class_="living__side", data_theme="light")) == len(SAMPLES)
    assert len(page.all("div", class_="living__side", data_theme="dark")) == len(SAMPLES)
    assert set(SAMPLES) <= set(COMPONENTS)


def test_there_is_no_such_page_in_production(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.config["SETTINGS"], environment="production")
    monkeypatch.setitem(app.config, "SETTINGS", settings)

    browser.open("/en/_components", status=404)
