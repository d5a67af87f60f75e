"""What machines are told: health, readiness, and what they may index."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser

import pytest
from sqlalchemy import text, update

from app.foundation import outbox
from app.foundation.clock import now
from app.foundation.database import db
from app.foundation.outbox import OutboxMessage
from tests.support.buying import placed

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.browser import Browser


def test_a_ready_shop_says_that_nothing_is_late(browser: Browser) -> None:
    page = browser.open("/readyz")

    assert page.response.get_json() == {
        "status": "ok",
        "database": "ok",
        "outbox_late_seconds": 0,
    }
    assert page.response.headers["Cache-Control"] == "private, no-cache"


def test_readiness_tells_how_late_the_letters_are(browser: Browser) -> None:
    placed()
    db.session.execute(update(OutboxMessage).values(due_at=now() + timedelta(hours=1)))
    first = db.session.query(OutboxMessage).order_by(OutboxMessage.id).limit(1).one()
    first.due_at = now() - timedelta(minutes=5)
    db.session.commit()

    late = browser.open("/readyz").response.get_json()["outbox_late_seconds"]
    outbox.deliver_due(clock=now)
    after = browser.open("/readyz").response.get_json()["outbox_late_seconds"]

    assert 300 <= late < 360
    assert after == 0


def test_a_database_that_does_not_answer_is_told_without_details(browser: Browser) -> None:
    db.session.execute(text("DROP TABLE outbox_messages"))
    db.session.commit()

    page = browser.open("/readyz", status=503)

    assert page.response.get_json() == {"status": "unavailable", "database": "away"}


def read(browser: Browser) -> RobotFileParser:
    """What crawlers understand."""
    parser = RobotFileParser()
    parser.parse(browser.open("/robots.txt").text.splitlines())
    return parser


def test_a_shop_that_asks_for_it_is_not_indexed(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.config["SETTINGS"], allow_indexing=False)
    monkeypatch.setitem(app.config, "SETTINGS", settings)

    rules = read(browser)

    assert not rules.can_fetch("Bot", "/vi/")
    assert not rules.can_fetch("Bot", "/en/products")
    assert browser.open("/en/").one("meta", name="robots").get("content") == "noindex, nofollow"


@pytest.mark.parametrize("is_demonstration", [True, False])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_shop_is_indexed_but_for_what_is_private(
    app: Flask,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    is_demonstration: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    settings = replace(app.config["SETTINGS"], is_demonstration=is_demonstration)
    monkeypatch.setitem(app.config, "SETTINGS", settings)

    rules = read(browser)

    for open_to_all in ("", "products", "products/che-p1", "map", "showrooms"):
        assert rules.can_fetch("Bot", f"/{lang}/{open_to_all}")
    for own in ("account", "cart", "checkout/x", "desk/producer", "orders/CP-1?token=x"):
        assert not rules.can_fetch("Bot", f"/{lang}/{own}")
    assert rules.site_maps() == ["http://localhost/sitemap.xml"]
