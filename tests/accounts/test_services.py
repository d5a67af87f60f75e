"""Roles, demonstration accounts, and the commands that make accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.accounts import queries, services
from app.accounts.models import User
from app.accounts.security.passwords import hash_of
from app.foundation.actors import NOBODY, SYSTEM, Permission, Role, Scope
from app.foundation.audit import AuditEntry
from app.foundation.database import db
from app.foundation.errors import InvalidInputError, NotPermittedError
from app.foundation.work import unit_of_work
from tests.accounts.letters import PASSWORD
from tests.support import make
from tests.support.browser import Browser

if TYPE_CHECKING:
    from flask import Flask


def test_a_role_is_given_once_and_leaves_a_trace(app: Flask) -> None:
    user = make.user()

    services.grant_role(user, Role.OFFICER, Scope.territory("08"), actor=SYSTEM, now=make.NOW)
    services.grant_role(user, Role.OFFICER, Scope.territory("08"), actor=SYSTEM, now=make.NOW)

    actor = queries.actor_of(user)
    assert actor.may(Permission.DESK_OFFICE, Scope.territory("08", "00706"))
    assert not actor.may(Permission.DESK_OFFICE, Scope.territory("01"))
    [entry] = db.session.scalars(select(AuditEntry))
    assert entry.action == "role.granted"
    assert entry.details == {"role": "officer", "scope": "territory:08"}


def test_a_role_is_taken_away(app: Flask) -> None:
    user = make.user(Role.OPERATOR, Scope.territory())

    services.revoke_role(user, Role.OPERATOR, Scope.territory(), actor=SYSTEM, now=make.NOW)
    services.revoke_role(user, Role.OPERATOR, Scope.territory(), actor=SYSTEM, now=make.NOW)

    assert not queries.actor_of(user).is_operator
    assert [entry.action for entry in db.session.scalars(select(AuditEntry))] == ["role.revoked"]


def test_only_an_operator_gives_roles(app: Flask) -> None:
    user = make.user()
    owner = make.actor(Role.PRODUCER_OWNER, Scope.producer(1))

    for actor in (owner, NOBODY):
        with pytest.raises(NotPermittedError):
            services.grant_role(
                user, Role.PRODUCER_OWNER, Scope.producer(2), actor=actor, now=make.NOW
            )
        with pytest.raises(NotPermittedError):
            services.revoke_role(
                user, Role.PRODUCER_OWNER, Scope.producer(2), actor=actor, now=make.NOW
            )


@pytest.mark.parametrize("scope", [Scope.territory("08"), Scope.showroom(1)])
def test_a_role_is_held_where_it_belongs(app: Flask, scope: Scope) -> None:
    with pytest.raises(InvalidInputError):
        services.grant_role(make.user(), Role.VILLAGE_HOST, scope, actor=SYSTEM, now=make.NOW)


def test_an_address_has_one_account(app: Flask) -> None:
    given: dict[str, Any] = {
        "name": "Lan",
        "password_hash": None,
        "language": "vi",
        "now": make.NOW,
    }
    services.create_user(email="lan@example.test", **given)

    with pytest.raises(services.EmailTakenError):
        services.create_user(email="LAN@example.test ", **given)


def test_demonstration_accounts_exist_only_where_the_settings_say_so(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {
        "email": "officer@example.test",
        "name": "Officer",
        "password_hash": hash_of("ocop-demo"),
        "language": "vi",
        "now": make.NOW,
    }
    with pytest.raises(services.DemonstrationRefusedError):
        services.create_demonstration_user(**given, is_allowed=False)
    with unit_of_work():
        user = services.create_demonstration_user(**given, is_allowed=True)
    browser = Browser(app)
    browser.post("security.login", {"email": "officer@example.test", "password": "ocop-demo"})
    browser.get("accounts.profile")

    settings = replace(app.config["SETTINGS"], is_demonstration=False)
    monkeypatch.setitem(app.config, "SETTINGS", settings)

    browser.get("accounts.profile", status=303)
    Browser(app).post(
        "security.login", {"email": "officer@example.test", "password": "ocop-demo"}, status=422
    )
    assert user.is_demonstration


def test_a_command_opens_an_account_with_a_role(app: Flask) -> None:
    runner = app.test_cli_runner()

    done = runner.invoke(
        args=[
            "users",
            "create",
            "--email",
            "op@example.test",
            "--name",
            "Op",
            "--role",
            "operator",
        ],
        input=f"{PASSWORD}\n{PASSWORD}\n",
    )
    again = runner.invoke(
        args=["users", "create", "--email", "op@example.test", "--name", "Op"],
        input=f"{PASSWORD}\n{PASSWORD}\n",
    )
    weak = runner.invoke(
        args=["users", "create", "--email", "weak@example.test", "--name", "Op"],
        input="ocop-demo\nocop-demo\n",
    )

    assert done.exit_code == 0, done.output
    assert again.exit_code != 0
    assert weak.exit_code != 0
    user = queries.user_by_email("op@example.test")
    assert user is not None
    assert queries.actor_of(user).is_operator
    Browser(app).post("security.login", {"email": "op@example.test", "password": PASSWORD})


def test_a_command_gives_and_takes_roles(app: Flask) -> None:
    person = make.user(email="staff@example.test")
    db.session.commit()
    call = ["users", "grant", "--email", "staff@example.test", "--role", "showroom_staff"]

    given = app.test_cli_runner().invoke(args=[*call, "--scope", "showroom:4"])
    assert given.exit_code == 0, given.output
    db.session.rollback()
    assert queries.actor_of(person).may(Permission.DESK_SHOWROOM, Scope.showroom(4))

    taken = app.test_cli_runner().invoke(args=[*call, "--scope", "showroom:4", "--revoke"])
    assert taken.exit_code == 0
    db.session.rollback()
    assert not queries.actor_of(person).grants
    for scope in ("shop:4", "showroom", "showroom:x"):
        refused = app.test_cli_runner().invoke(args=[*call, "--scope", scope])
        assert refused.exit_code != 0


def test_a_stronger_hash_is_kept_at_the_next_sign_in(
    app: Flask, member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = member.password
    security = app.extensions["security"]
    stronger = security.pwd_context.copy(argon2__time_cost=2)
    monkeypatch.setattr(security, "pwd_context", stronger)

    Browser(app).post("security.login", {"email": "lan@example.test", "password": PASSWORD})

    db.session.rollback()
    after = db.session.get_one(User, member.id).password
    assert after != before
    assert after is not None
    assert "t=2" in after
