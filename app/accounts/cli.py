"""`flask users create`: an account for somebody who runs the platform or a desk."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts import queries, services
from app.accounts.security.passwords import PasswordRules, hash_of
from app.foundation.actors import SYSTEM, Role, Scope, ScopeKind
from app.foundation.clock import now
from app.foundation.errors import DomainError
from app.foundation.work import unit_of_work
from app.web.locale import DEFAULT, LANGUAGES

users = AppGroup("users", help="Accounts and their roles.")


def scope_named(text: str) -> Scope:
    """Read `producer:12`, `territory:08/00706` or `territory:` (the country)."""
    kind, colon, key = text.partition(":")
    try:
        scope = Scope(ScopeKind(kind), key)
    except ValueError as error:
        msg = f"one of {', '.join(ScopeKind)}, then :key"
        raise click.BadParameter(msg) from error
    if not colon:
        raise click.BadParameter("kind:key, such as producer:12")
    return scope


def refused(error: DomainError) -> click.ClickException:
    """Say at the terminal which rule said no."""
    return click.ClickException(f"refused: {error.code}")


def checked_language(context: click.Context, option: click.Parameter, code: str) -> str:
    """Take a language that the shop speaks. Raises `click.BadParameter` for another one."""
    if code not in LANGUAGES:
        raise click.BadParameter(", ".join(LANGUAGES), context, option)
    return code


@users.command("create")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]))
@click.option("--scope", default="territory:", show_default=True, help="producer:12, territory:08")
@click.option("--language", callback=checked_language, default=DEFAULT, show_default=True)
@click.password_option()
def create(
    *, email: str, name: str, role: str | None, scope: str, language: str, password: str
) -> None:
    """Open a confirmed account, and give it a role where one is named."""
    faults, _ = PasswordRules(current_app).validate(
        password, is_register=True, email=email, name=name
    )
    if faults:
        raise click.BadParameter(" ".join(faults))
    password_hash = hash_of(password)
    try:
        with unit_of_work():
            user = services.create_user(
                email=email,
                name=name,
                password_hash=password_hash,
                language=language,
                now=now(),
                is_confirmed=True,
            )
            if role:
                services.grant_role(user, Role(role), scope_named(scope), actor=SYSTEM, now=now())
    except DomainError as error:
        raise refused(error) from error
    click.echo(f"{email} may sign in")


@users.command("grant")
@click.option("--email", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--scope", default="territory:", show_default=True)
@click.option("--revoke", is_flag=True, help="Take the role away instead.")
def grant(*, email: str, role: str, scope: str, revoke: bool) -> None:
    """Give an account a role, or take one away."""
    change = services.revoke_role if revoke else services.grant_role
    try:
        with unit_of_work():
            user = queries.user_by_email(email)
            if user is None:
                raise click.ClickException("there is no such account")
            change(user, Role(role), scope_named(scope), actor=SYSTEM, now=now())
    except DomainError as error:
        raise refused(error) from error
    click.echo("done")
