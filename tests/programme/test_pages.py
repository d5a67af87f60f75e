from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.foundation.database import db
from app.programme.views import Source, qr_svg, source_of
from tests.support import make

if TYPE_CHECKING:
    from tests.support.browser import Browser, Page


def _check(browser: Browser, serial: str) -> Page:
    db.session.commit()
    return browser.get("programme.certificate", serial=serial)


def _standing(page: Page) -> str | None:
    return page.one(data_testid="certificate-standing").get("data-standing")


def test_a_valid_certificate_is_said_to_be_valid_and_can_be_scanned(browser: Browser) -> None:
    serial = make.certificate(make.registered(by=make.producer()), 5).serial

    page = _check(browser, serial)

    assert _standing(page) == "valid"
    assert "This certificate is valid." in page
    assert "Demonstration certificate" in page
    assert page.one(data_testid="certificate-panel") is not None
    assert page.one(class_="certificate-panel__qr").findall(".//{*}path")


def test_an_expired_certificate_gives_no_stars(browser: Browser) -> None:
    product = make.registered()
    old = make.certificate(product, issued_on=make.TODAY - timedelta(days=1_096))

    page = _check(browser, old.serial)

    assert _standing(page) == "expired"
    assert "has expired" in page
    assert not page.all(data_testid="certificate-panel")


def test_the_last_day_still_counts(browser: Browser) -> None:
    last = make.certificate(make.registered(), issued_on=make.TODAY - timedelta(days=1_095))

    assert _standing(_check(browser, last.serial)) == "valid"


def test_a_certificate_that_begins_tomorrow_is_not_valid_yet(browser: Browser) -> None:
    coming = make.certificate(make.registered(), issued_on=make.TODAY + timedelta(days=1))

    assert _standing(_check(browser, coming.serial)) == "not_yet"


def test_a_revoked_certificate_names_its_grounds(browser: Browser) -> None:
    revoked = make.certificate(
        make.registered(), revoked_on=make.TODAY, revocation_grounds="False <b>dossier</b>"
    )

    page = _check(browser, revoked.serial)

    assert _standing(page) == "revoked"
    assert "was revoked" in page
    assert "False <b>dossier</b>" in page


def test_an_unknown_number_is_not_found(browser: Browser) -> None:
    browser.get("programme.certificate", serial="MH-0", status=404)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_register_leads_to_products_and_producers(browser: Browser, lang: str) -> None:
    browser.lang = lang
    make.certificate(make.registered(by=make.producer()))
    db.session.commit()

    page = browser.get("programme.register")

    links = {one.get("href") for one in page.all("a")}
    assert {f"/{lang}/products", f"/{lang}/producers"} <= links


def test_a_code_holds_our_address_only_and_is_plain_drawing(browser: Browser) -> None:
    drawn = qr_svg("https://chophien.example/vi/certificates/MH-1")

    assert drawn.startswith("<svg")
    assert "script" not in drawn
    assert "style" not in drawn


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("https://a.example/b (decision 3)", Source("a.example", "https://a.example/b")),
        ("javascript:alert(1)", Source("javascript:alert(1)", None)),
        ("a newspaper", Source("a newspaper", None)),
    ],
)
def test_only_a_web_address_becomes_a_link(text: str, source: Source) -> None:
    assert source_of(text) == source
