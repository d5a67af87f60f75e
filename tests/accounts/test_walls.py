"""What strangers try at the doors of accounts (S08, S09, S14, S17, S23-S26, R40)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import event, func, select

from app.accounts.models import User
from app.accounts.security.views import ACCESS, is_own_path
from app.foundation.actors import Role, Scope
from app.foundation.database import db
from app.web.access import access_of
from app.web.limits import limiter
from tests.accounts.letters import PASSWORD
from tests.support import make
from tests.support.browser import Browser

if TYPE_CHECKING:
    from flask import Flask

    from tests.accounts.letters import Post
    from tests.support.browser import Page

ODD: Final = {
    "NUL": "a\x00b",
    "surrogate bytes": b"\xed\xa0\x80",
    "right to left": "\u202eabc",
    "emoji": "🐃" * 60,
    "unicode digits": "١٢٣٤٥٦٧٨٩٠١٢",
    "decomposed": "nguye\u0302\u0303n" * 5,
    "too long": "x" * 300_000,
    "markup": "<script>alert(1)</script>@example.test",
    "header": "lan@example.test\r\nBcc: all@example.test",
    "blank": "   ",
}
FOREIGN: Final = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "evil.example",
    "/\t/evil.example", " //evil.example", "javascript:alert(1)", "http://[evil", "///evil.example",
    "security.logout", "http://localhost/en/account", "/%0d%0aSet-Cookie:a=b" + "x" * 3_000,
)  # fmt: skip
FORMS: Final = {
    "security.login": ("email", "password", "next"),
    "security.register": ("name", "email", "password"),
    "security.forgot_password": ("email",),
    "security.send_confirmation": ("email",),
    "accounts.change_profile": ("name", "language"),
    "security.change_password": ("password", "new_password"),
    "security.change_email": ("email",),
    "security.verify": ("password", "next"),
}


def plain(page: Page, *secrets: str) -> str:
    """The words of a page without what differs between two people."""
    words = page.text
    for secret in secrets:
        words = words.replace(secret, "…")
    return words


def test_sign_in_does_not_tell_who_has_an_account(browser: Browser, member: User) -> None:
    browser.get("security.login")

    known = browser.post(
        "security.login", {"email": "lan@example.test", "password": "wrong one"}, status=422
    )
    unknown = browser.post(
        "security.login", {"email": "nobody@example.test", "password": "wrong one"}, status=422
    )

    assert "The e-mail address or the password is not right." in known
    assert plain(known) == plain(unknown)


@pytest.mark.parametrize("endpoint", ["security.forgot_password", "security.send_confirmation"])
def test_asking_for_letters_does_not_tell_who_has_an_account(
    browser: Browser, member: User, endpoint: str
) -> None:
    browser.get(endpoint)

    known = browser.post(endpoint, {"email": "lan@example.test"}, status=200)
    unknown = browser.post(endpoint, {"email": "nobody@example.test"}, status=200)

    assert plain(known, "lan@example.test") == plain(unknown, "nobody@example.test")


def test_signing_up_does_not_tell_who_has_an_account(
    browser: Browser, member: User, post: Post
) -> None:
    form = {"name": "Lan", "password": PASSWORD}

    known = browser.post("security.register", form | {"email": "lan@example.test"})
    first = browser.follow(known)
    unknown = browser.post("security.register", form | {"email": "nobody@example.test"})
    second = browser.follow(unknown)

    assert known.location == unknown.location
    assert plain(first, "lan@example.test") == plain(second, "nobody@example.test")
    assert len(post.deliver()) == 2


def test_changing_the_address_does_not_tell_who_has_an_account(
    app: Flask, member: User, post: Post
) -> None:
    make.user(email="taken@example.test")
    db.session.commit()
    browser = Browser(app)
    browser.sign_in(member)

    page = browser.post("security.change_email", {"email": "taken@example.test"}, status=200)

    assert "We have sent a letter to taken@example.test" in page
    assert post.deliver() == []


def test_a_foreign_next_is_ignored(app: Flask, member: User) -> None:
    for target in FOREIGN:
        browser = Browser(app)
        browser.get("security.login", next=target)

        answer = browser.post(
            "security.login",
            {"email": "lan@example.test", "password": PASSWORD, "next": target},
            next=target,
        )

        assert answer.response.headers["Location"] == "/en/account/start", target
        assert not is_own_path(target)


def test_an_own_next_is_followed(browser: Browser, member: User) -> None:
    answer = browser.get("accounts.profile", status=303)
    page = browser.follow(answer)

    signed_in = browser.send(
        "/en/sign-in",
        page.form_values(action="/en/sign-in")
        | {"email": "lan@example.test", "password": PASSWORD},
    )

    assert signed_in.location == "/en/account"


def test_a_form_without_its_token_is_refused(app: Flask, member: User) -> None:
    browser = Browser(app)
    browser.sign_in(member)
    browser.token = "forged"  # noqa: S105 - no secret

    for endpoint in ACCESS:
        values = {"token": "x"} if "<token>" in rule_of(app, endpoint) else {}
        page = browser.post(endpoint, {"email": "lan@example.test"}, status=400, **values)
        assert "open too long" in page
        browser.token = "forged"  # noqa: S105 - no secret


def rule_of(app: Flask, endpoint: str) -> str:
    """The path of an endpoint."""
    return next(rule.rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)


@pytest.mark.parametrize("endpoint", sorted(FORMS))
def test_odd_input_is_a_fault_of_the_form_and_never_ours(
    app: Flask, member: User, endpoint: str
) -> None:
    browser = Browser(app)
    if endpoint.startswith(("accounts", "security.change", "security.verify")):
        browser.sign_in(member)
    browser.get("security.forgot_password")
    for text in ODD.values():
        limiter.reset()
        data = {"csrf_token": browser.token} | dict.fromkeys(FORMS[endpoint], text)

        with app.app_context():
            response = browser.client.post(browser.url(endpoint), data=data)

        assert response.status_code in {200, 303, 400, 413, 422}
        if response.status_code in {200, 422}:
            browser._inspected(response)


def test_what_is_too_large_is_refused(browser: Browser) -> None:
    browser.post("security.login", {"email": "x" * 1_000_000, "password": "x"}, status=413)


def test_json_is_no_way_in(app: Flask, browser: Browser) -> None:
    browser.get("security.login")

    with app.app_context():
        response = browser.client.post(
            "/en/sign-in", json=["a"], headers={"X-CSRFToken": browser.token}
        )

    assert response.status_code == 415


@pytest.mark.parametrize("path", ["reset", "confirm", "e-mail"])
def test_a_link_that_was_made_up_leads_back(browser: Browser, path: str) -> None:
    browser.get("security.login")

    for token in ("%00",):  # what no database can look up is nowhere
        browser.send(f"/en/account/{path}/{token}", {"password": PASSWORD}, status=404)
    for token in ("x", "a.b.c", "é" * 300, "%ED%A0%80"):
        answer = browser.send(f"/en/account/{path}/{token}", {"password": PASSWORD})

        assert answer.location.startswith(f"/en/account/{path}")


def test_links_start_with_our_address_whatever_host_was_named(
    app: Flask, browser: Browser, member: User, post: Post
) -> None:
    browser.get("security.forgot_password")

    with app.app_context():
        browser.client.post(
            "/en/account/reset",
            data={"csrf_token": browser.token, "email": "lan@example.test"},
            headers={"X-Forwarded-Host": "evil.example"},
        )

    assert post.one().url.startswith("http://localhost/en/account/reset/")


def test_guessing_becomes_slower_and_the_page_says_when(
    app: Flask, browser: Browser, member: User
) -> None:
    for _attempt in range(5):
        browser.post(
            "security.login", {"email": "lan@example.test", "password": "wrong"}, status=422
        )

    page = browser.post(
        "security.login", {"email": "Lan@example.test", "password": PASSWORD}, status=429
    )

    assert "a little too often" in page
    assert 1 <= int(page.response.headers["Retry-After"]) <= 61
    other = make.user(email="other@example.test", password=member.password)
    db.session.commit()
    browser.post("security.login", {"email": other.email, "password": PASSWORD})


def test_signing_in_rightly_is_never_too_often(app: Flask, member: User) -> None:
    for _time in range(7):
        Browser(app).post("security.login", {"email": "lan@example.test", "password": PASSWORD})


def test_letters_are_not_sent_without_end(browser: Browser, member: User, post: Post) -> None:
    for _time in range(3):
        browser.post("security.forgot_password", {"email": "lan@example.test"}, status=200)

    browser.post("security.forgot_password", {"email": "lan@example.test"}, status=429)

    assert len(post.deliver()) == 3


@pytest.mark.parametrize(
    "password",
    ["ngắn quá", "matkhau12345678", "Mật khẩu của OCOP 2026", "ocop-demo-2026", "123456789012",
     "aaaaaaaaaaaaaaaa", "qwertyuiop123456", "Lan@Example.test 1990", "chophien-vietnam!"],
)  # fmt: skip
def test_a_password_that_others_would_try_is_refused(browser: Browser, password: str) -> None:
    browser.post(
        "security.register",
        {"name": "Lan", "email": "lan@example.test", "password": password},
        status=422,
    )

    assert db.session.scalar(select(func.count()).select_from(User)) == 0


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "correct horse battery staple", "x" * 20 + "yz8!" * 200, "xứ Đoài mây trắng lắm"],
)
def test_a_long_password_is_taken_whatever_it_is_made_of(browser: Browser, password: str) -> None:
    browser.post(
        "security.register", {"name": "Lan", "email": "lan@example.test", "password": password}
    )


def test_a_closed_account_has_no_session(app: Flask, member: User) -> None:
    browser = Browser(app)
    browser.sign_in(member)
    browser.get("accounts.profile")
    member.active = False
    db.session.commit()

    browser.get("accounts.profile", status=303)


def test_a_session_ends_two_weeks_after_the_password(app: Flask, member: User) -> None:
    browser = Browser(app)
    browser.sign_in(member)
    with browser.client.session_transaction() as session:
        session["fs_paa"] = time.time() - 15 * 24 * 3_600

    browser.get("accounts.profile", status=303)


def test_every_view_of_the_library_declares_who_may_open_it(app: Flask) -> None:
    present = {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")
    }

    assert present == set(ACCESS)
    assert all(access_of(app, endpoint) for endpoint in present)


def test_knowing_who_asks_costs_two_statements(app: Flask) -> None:
    person = make.user(Role.SHOWROOM_STAFF, Scope.showroom(3))
    db.session.commit()
    browser = Browser(app)
    browser.get("security.login")  # menus are read once by each process
    statements: list[str] = []

    def note(*given: Any) -> None:
        statements.append(given[2])

    event.listen(db.engine, "before_cursor_execute", note)
    browser.get("security.login")
    assert statements == []
    browser.sign_in(person)
    statements.clear()
    browser.get("security.change_password")
    event.remove(db.engine, "before_cursor_execute", note)

    assert len([one for one in statements if one.startswith("SELECT")]) == 2
    assert len(statements) <= 3


def test_a_writing_form_takes_the_lock_at_once_and_a_password_check_never(
    app: Flask, member: User
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no single writer")
    statements: list[str] = []

    def note(*given: Any) -> None:
        statements.append(given[2])

    browser = Browser(app)
    browser.get("security.login")  # menus are read once by each process
    event.listen(db.engine, "before_cursor_execute", note)
    browser.post("security.forgot_password", {"email": "lan@example.test"}, status=200)
    writing = list(statements)
    statements.clear()
    browser.post("security.login", {"email": "lan@example.test", "password": PASSWORD})
    event.remove(db.engine, "before_cursor_execute", note)

    assert writing[0] == "BEGIN IMMEDIATE"
    assert any(one.startswith("INSERT INTO outbox_messages") for one in writing)
    assert "BEGIN IMMEDIATE" not in statements


def test_the_address_of_all_desks_leads_to_ones_own(browser: Browser) -> None:
    assert browser.open("/en/desk", status=303).location.startswith("/en/sign-in")
