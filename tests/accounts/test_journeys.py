"""What people do with an account, from the first letter to the last, in both languages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.foundation.actors import Permission, Role, Scope
from app.foundation.database import db
from app.web.navigation import DeskEntry, _desk_entries, add_desk_entry
from tests.accounts.letters import PASSWORD
from tests.support import make
from tests.support.browser import Browser

if TYPE_CHECKING:
    from flask import Flask

    from tests.accounts.letters import Post

LANGUAGES = pytest.mark.parametrize("lang", ["vi", "en"])
ANOTHER = "một mình chèo ngược gió mùa"


@LANGUAGES
def test_a_new_person_confirms_the_address_and_signs_in(app: Flask, post: Post, lang: str) -> None:
    browser = Browser(app, lang=lang)
    browser.get("security.login")
    browser.get("security.register")

    answer = browser.post(
        "security.register",
        {"name": " Trần Văn Hòa ", "email": "Hoa@Example.test", "password": PASSWORD},
    )
    assert "hoa@example.test" in browser.follow(answer)
    letter = post.one()
    assert letter.to == "hoa@example.test"
    assert letter.path.startswith(f"/{lang}/account/confirm/")
    assert letter.url.startswith("http://localhost/")
    browser.open(letter.path)
    browser.follow(browser.send(letter.path))
    signed_in = browser.post("security.login", {"email": "hoa@example.test", "password": PASSWORD})

    assert signed_in.location == f"/{lang}/account/start"
    page = browser.follow(browser.get("accounts.landing", status=303))
    assert "Trần Văn Hòa" in page.form_values(action=f"/{lang}/account").values()
    user = db.session.scalar(select(User))
    assert user is not None
    assert user.confirmed_at is not None
    assert user.language == lang
    assert user.password is not None
    assert user.password.startswith("$argon2id$")


def test_following_the_link_alone_confirms_nothing(browser: Browser, post: Post) -> None:
    browser.post(
        "security.register", {"name": "Lan", "email": "lan@example.test", "password": PASSWORD}
    )

    browser.open(post.one().path)

    user = db.session.scalar(select(User))
    assert user is not None
    assert user.confirmed_at is None


def test_an_unconfirmed_person_is_told_so_once_the_password_is_proven(
    browser: Browser, post: Post
) -> None:
    browser.post(
        "security.register", {"name": "Lan", "email": "lan@example.test", "password": PASSWORD}
    )
    post.one()

    page = browser.post(
        "security.login", {"email": "lan@example.test", "password": PASSWORD}, status=422
    )
    assert "not confirmed" in page

    browser.get("security.send_confirmation")
    browser.post("security.send_confirmation", {"email": "lan@example.test"}, status=200)
    assert post.one().path.startswith("/en/account/confirm/")


@LANGUAGES
def test_a_forgotten_password_is_replaced_and_every_session_ends(
    app: Flask, member: User, post: Post, lang: str
) -> None:
    elsewhere = Browser(app, lang=lang)
    elsewhere.sign_in(member)
    elsewhere.get("accounts.profile")
    browser = Browser(app, lang=lang)
    browser.get("security.forgot_password")

    browser.post("security.forgot_password", {"email": "LAN@example.test"}, status=200)
    link = post.one()
    assert link.path.startswith("/en/account/reset/")  # in the language of the account
    browser.open(link.path)
    answer = browser.send(link.path, {"password": ANOTHER})

    browser.follow(answer)
    browser.post("security.login", {"email": "lan@example.test", "password": ANOTHER})
    assert "password" in post.one().subject
    assert "/sign-in" in elsewhere.get("accounts.profile", status=303).location
    again = Browser(app).open(link.path, status=302)
    assert again.location.endswith("/account/reset")


def test_changing_the_password_ends_the_other_sessions_but_not_this_one(
    app: Flask, member: User, post: Post
) -> None:
    elsewhere = Browser(app)
    elsewhere.sign_in(member)
    browser = Browser(app)
    browser.sign_in(member)
    browser.get("security.change_password")

    browser.post("security.change_password", {"password": PASSWORD, "new_password": ANOTHER})

    browser.get("accounts.profile")
    elsewhere.get("accounts.profile", status=303)
    assert "changed" in post.one().subject


@LANGUAGES
def test_another_address_is_used_once_it_is_confirmed(
    app: Flask, member: User, post: Post, lang: str
) -> None:
    browser = Browser(app, lang=lang)
    browser.sign_in(member)
    browser.get("security.change_email")

    page = browser.post("security.change_email", {"email": "moi@example.test"}, status=200)
    assert "moi@example.test" in page
    letter = post.one()
    assert letter.to == "moi@example.test"
    browser.open(letter.path)
    browser.follow(browser.send(letter.path))

    db.session.rollback()
    assert db.session.get_one(User, member.id).email == "moi@example.test"
    assert post.one().to == "lan@example.test"


def test_an_address_is_changed_only_by_somebody_who_signed_in_lately(
    app: Flask, member: User
) -> None:
    browser = Browser(app)
    browser.sign_in(member)
    with browser.client.session_transaction() as session:
        session["fs_paa"] = time.time() - 2 * 3_600

    answer = browser.get("security.change_email", status=302)
    browser.follow(answer)
    answer = browser.post("security.verify", {"password": PASSWORD, "next": "/en/account/e-mail"})

    assert answer.location == "/en/account/e-mail"
    browser.follow(answer)


def test_signing_out_makes_every_copy_of_the_cookie_worthless(app: Flask, member: User) -> None:
    stolen = Browser(app)
    stolen.sign_in(member)
    browser = Browser(app)
    browser.sign_in(member)
    browser.get("accounts.profile")

    browser.post("security.logout")

    browser.get("accounts.profile", status=303)
    stolen.get("accounts.profile", status=303)


def test_people_change_how_they_are_called_and_written_to(app: Flask, member: User) -> None:
    browser = Browser(app)
    browser.sign_in(member)
    browser.get("accounts.profile")

    browser.post("accounts.change_profile", {"name": "Lan", "language": "vi"})
    refused = browser.post("accounts.change_profile", {"name": "", "language": "xx"}, status=422)

    assert "fill this in" in refused
    db.session.rollback()
    assert db.session.get_one(User, member.id).name == "Lan"


def test_a_desk_is_where_work_begins(app: Flask) -> None:
    before = {desk: list(entries) for desk, entries in _desk_entries.items()}
    _desk_entries.clear()
    add_desk_entry(
        "producer",
        DeskEntry(
            endpoint="accounts.profile",
            label="Orders",
            icon="package",
            permission=Permission.DESK_PRODUCER,
        ),
    )
    owner = make.user(Role.PRODUCER_OWNER, Scope.producer(7))
    db.session.commit()
    browser = Browser(app)
    browser.sign_in(owner)

    assert browser.get("accounts.landing", status=303).location == "/en/account"
    assert "Producer's desk" in browser.get("accounts.profile")

    _desk_entries.clear()
    _desk_entries.update(before)


def test_one_account_for_one_address(browser: Browser, member: User, post: Post) -> None:
    browser.post(
        "security.register", {"name": "Lan", "email": "LAN@example.test", "password": PASSWORD}
    )

    assert db.session.scalar(select(func.count()).select_from(User)) == 1
    letter = post.one()
    assert letter.to == "lan@example.test"
    assert "already" in letter.subject


def test_an_account_that_somebody_else_opened_goes_to_the_owner_of_the_address(
    app: Flask, post: Post
) -> None:
    thief = Browser(app)
    form = {"name": "Thief", "email": "lan@example.test", "password": ANOTHER}
    thief.post("security.register", form)
    owner = Browser(app)
    owner.post("security.register", form | {"name": "Lan", "password": PASSWORD})
    post.deliver()

    owner.post("security.forgot_password", {"email": "lan@example.test"}, status=200)
    owner.send(post.one().path, {"password": PASSWORD})

    owner.post("security.login", {"email": "lan@example.test", "password": PASSWORD})
    thief.post("security.login", {"email": "lan@example.test", "password": ANOTHER}, status=422)
