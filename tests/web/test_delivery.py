"""How answers leave: packed, answered with 304 when nothing changed, and never somebody's own in a shared cache."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import TYPE_CHECKING

import brotli
import pytest

from app.foundation.database import db
from app.web.delivery import begin_packed, end_packed
from tests.shop.catalogue.sale import on_sale
from tests.support import make

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.support.browser import Browser

PACKED = {"br": brotli.decompress, "gzip": gzip.decompress}
PERSONAL = [
    "/en/cart",
    "/en/checkout",
    "/en/orders",
    "/en/account",
    "/en/desk/producer",
    "/en/account/reset",
]
PUBLIC = ["/en/", "/en/products", "/en/map", "/en/producers", "/en/showrooms", "/en/villages"]


def ask(browser: Browser, path: str, headers: dict[str, str] | None = None) -> TestResponse:
    """Ask for a path; each request begins with nothing remembered."""
    with browser.app.app_context():
        answer: TestResponse = browser.client.get(path, headers=headers)
    return answer


@pytest.mark.parametrize("encoding", sorted(PACKED))
@pytest.mark.parametrize("path", ["/en/products", "/en/producers"])
def test_a_packed_page_is_the_page(browser: Browser, encoding: str, path: str) -> None:
    on_sale()
    db.session.commit()
    browser.open(path)

    for _again in range(2):  # drawn, then kept
        packed = ask(browser, path, headers={"Accept-Encoding": f"{encoding}, zstd"})
        text = PACKED[encoding](packed.data)
        assert packed.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert text.startswith(b"<!doctype html>")
        assert text.rstrip().endswith(b"</html>")
        assert len(packed.data) < len(text) / 2


def test_the_form_of_a_packed_kept_page_works(browser: Browser) -> None:
    on_sale()
    db.session.commit()
    browser.open("/en/products")
    ask(browser, "/en/products", headers={"Accept-Encoding": "br"})
    packed = ask(browser, "/en/products", headers={"Accept-Encoding": "br"})
    text = brotli.decompress(packed.data).decode()

    browser.token = text.rpartition('name="csrf_token" value="')[2].partition('"')[0]

    browser.post("basket.add", {"variant_id": "1"}, status=303)


@pytest.mark.parametrize("rest", [b"", b"x", b"y" * 65_536])
def test_words_that_follow_a_packed_beginning_are_read_by_any_browser(rest: bytes) -> None:
    beginning = "Đặc sản làng quê. ".encode() * 500

    assert brotli.decompress(end_packed(begin_packed(beginning), rest) or b"") == beginning + rest
    assert end_packed(b"", b"z" * 65_537) is None


@pytest.mark.parametrize("refused", ["", "identity", "br;q=0, gzip;q=0"])
def test_a_program_that_reads_no_packing_gets_none(browser: Browser, refused: str) -> None:
    answer = ask(browser, "/en/producers", headers={"Accept-Encoding": refused})

    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"<!doctype html>")


@pytest.mark.parametrize("path", PUBLIC)
def test_an_unchanged_page_is_not_sent_again(browser: Browser, path: str) -> None:
    on_sale()
    db.session.commit()
    ask(browser, path)
    name = ask(browser, path).headers["ETag"]

    again = ask(browser, path, headers={"If-None-Match": name})

    assert name.startswith('W/"')
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert "Content-Security-Policy" in again.headers


def test_a_changed_page_has_another_name(browser: Browser) -> None:
    on_sale()
    db.session.commit()
    before = ask(browser, "/en/products").headers["ETag"]

    on_sale("Mật ong", "Honey", set_code="04")
    db.session.commit()

    answer = ask(browser, "/en/products", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert "Honey" in answer.text


def test_the_page_of_a_stranger_is_not_answered_to_whoever_signed_in(browser: Browser) -> None:
    on_sale()
    user = make.user()
    db.session.commit()
    strangers = ask(browser, "/en/products").headers["ETag"]
    browser.sign_in(user)

    answer = ask(browser, "/en/products", headers={"If-None-Match": strangers})

    assert answer.status_code == 200
    assert "Cookie" in answer.headers["Vary"]
    assert not answer.cache_control.public


def test_a_page_with_a_form_is_named_anew_before_its_token_is_too_old(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_sale()
    db.session.commit()
    monkeypatch.setattr("app.foundation.clock.now", lambda: make.NOW)
    ask(browser, "/en/products")
    name = ask(browser, "/en/products").headers["ETag"]

    monkeypatch.setattr("app.foundation.clock.now", lambda: make.NOW + timedelta(hours=6))

    again = ask(browser, "/en/products", headers={"If-None-Match": name})
    assert again.status_code == 200


@pytest.mark.parametrize("path", PERSONAL)
def test_personal_pages_are_stored_nowhere(browser: Browser, path: str) -> None:
    browser.sign_in(make.user())
    db.session.commit()

    answer = ask(browser, path)

    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_only_what_names_nobody_may_be_shared(browser: Browser) -> None:
    on_sale()
    browser.sign_in(make.user())
    db.session.commit()

    for path in [*PUBLIC, "/en/offline", "/en/manifest.webmanifest", "/sw.js", "/robots.txt"]:
        answer = ask(browser, path)
        if answer.cache_control.public:
            assert answer.mimetype != "text/html", path
            assert "Set-Cookie" not in answer.headers, path


def test_an_answer_to_a_form_is_stored_nowhere(browser: Browser) -> None:
    answer = browser.client.post("/en/sign-in", data={"email": "a@example.test"})

    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_a_path_that_only_looks_like_a_file_is_no_page(browser: Browser) -> None:
    browser.sign_in(make.user())
    db.session.commit()

    for path in ("/en/account/x.css", "/en/cart/x.js", "/en/products/x.css"):
        assert ask(browser, path).status_code == 404
