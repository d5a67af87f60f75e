"""Day and night: the reader chooses, without a script, and gets back to the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.foundation.database import db
from tests.shop.catalogue.sale import on_sale
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser


def shown(browser: Browser, path: str) -> str | None:
    """Which theme a page is in."""
    document = browser.open(path).document
    assert document is not None
    return document.get("data-theme")


def test_who_chose_nothing_sees_what_the_system_says(browser: Browser) -> None:
    assert shown(browser, "/vi/showrooms") == "auto"


def test_a_choice_holds_on_every_page_and_leads_back_in_the_same_language(browser: Browser) -> None:
    values = browser.open("/en/showrooms?page=1").form_values(data_testid="theme-switch")

    answer = browser.client.post("/en/theme", data=values | {"theme": "dark"})

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/en/showrooms?page=1"
    assert shown(browser, "/vi/villages") == "dark"


def test_the_switch_shows_what_is_chosen(browser: Browser) -> None:
    browser.client.post("/vi/theme", data={"theme": "light"})

    pressed = browser.open("/vi/showrooms").all("button", aria_pressed="true", name="theme")

    assert [one.get("value") for one in pressed] == ["light"]


def test_giving_the_choice_back_leaves_no_cookie(browser: Browser) -> None:
    browser.client.post("/vi/theme", data={"theme": "dark"})

    browser.client.post("/vi/theme", data={"theme": "auto"})

    assert browser.client.get_cookie("theme") is None
    assert shown(browser, "/vi/showrooms") == "auto"


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""]
)
def test_the_switch_leads_to_our_pages_only(browser: Browser, target: str) -> None:
    answer = browser.client.post("/vi/theme", data={"theme": "dark", "next": target})

    assert answer.headers["Location"] == "/vi/"


def test_a_form_from_elsewhere_cannot_change_it(browser: Browser) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}

    answer = browser.client.post("/vi/theme", data={"theme": "dark"}, headers=headers)

    assert answer.status_code == 403


def test_strangers_by_day_and_by_night_are_kept_apart(browser: Browser) -> None:
    on_sale()
    db.session.commit()
    assert shown(browser, "/en/") == "auto"
    browser.client.post("/en/theme", data={"theme": "dark"})

    first = shown(browser, "/en/")
    with counted_statements() as seen:
        second = shown(browser, "/en/")

    assert (first, second) == ("dark", "dark")
    assert len(seen) == 1
