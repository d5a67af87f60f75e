"""What changes about people: accounts, their roles, their sessions."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from app.accounts.models import Membership, User
from app.foundation.actors import Role, Scope, ScopeKind
from app.foundation.audit import record
from app.foundation.database import db
from app.foundation.errors import ConflictError, DomainError, InvalidInputError, NotPermittedError

if TYPE_CHECKING:
    from datetime import datetime

    from app.foundation.actors import Actor

SCOPE_OF: Final = {
    Role.PRODUCER_OWNER: ScopeKind.PRODUCER,
    Role.PRODUCER_STAFF: ScopeKind.PRODUCER,
    Role.SHOWROOM_STAFF: ScopeKind.SHOWROOM,
    Role.VILLAGE_HOST: ScopeKind.VILLAGE,
    Role.OFFICER: ScopeKind.TERRITORY,
    Role.OPERATOR: ScopeKind.TERRITORY,
}


class EmailTakenError(ConflictError):
    """An account with this address exists."""

    code = "email_taken"


class DemonstrationRefusedError(DomainError):
    """Demonstration accounts may not exist on a site for real people."""

    code = "demonstration_refused"
    status = 409


def create_user(
    *,
    email: str,
    name: str,
    password_hash: str | None,
    language: str,
    now: datetime,
    is_confirmed: bool = False,
) -> User:
    """Open an account; `password_hash` comes from `app.accounts.security.passwords.hash_of`.

    Raises `EmailTakenError` when the address has an account.
    """
    address = email.strip().lower()
    if db.session.scalar(select(User.email).where(User.email == address)) is not None:
        raise EmailTakenError(field="email")
    user = User(
        email=address,
        name=name,
        password=password_hash,
        language=language,
        active=True,
        fs_uniquifier=uuid.uuid4().hex,
        confirmed_at=now if is_confirmed else None,
        create_datetime=now,
        is_demonstration=False,
    )
    db.session.add(user)
    db.session.flush()
    return user


def create_demonstration_user(
    *, email: str, name: str, password_hash: str, language: str, is_allowed: bool, now: datetime
) -> User:
    """Open an account with a well-known password, where the settings say demonstration.

    Raises `DemonstrationRefusedError` elsewhere, `EmailTakenError` when the address has an account.
    """
    if not is_allowed:
        raise DemonstrationRefusedError
    user = create_user(
        email=email,
        name=name,
        password_hash=password_hash,
        language=language,
        now=now,
        is_confirmed=True,
    )
    user.is_demonstration = True
    db.session.flush()
    return user


def grant_role(user: User, role: Role, scope: Scope, *, actor: Actor, now: datetime) -> Membership:
    """Give a role at a scope; giving it twice changes nothing.

    Raises `NotPermittedError` unless an operator asks, `InvalidInputError` for a scope of another kind.
    """
    if not actor.is_operator:
        raise NotPermittedError
    if SCOPE_OF[role] is not scope.kind or (
        scope.kind is not ScopeKind.TERRITORY and not scope.key.isdigit()
    ):
        raise InvalidInputError(field="scope")
    held = _membership(user, role, scope)
    if held is not None:
        return held
    membership = Membership(role=role, scope_kind=scope.kind, scope_key=scope.key)
    user.memberships.append(membership)
    db.session.flush()
    _record("role.granted", user, role, scope, actor=actor, now=now)
    return membership


def revoke_role(user: User, role: Role, scope: Scope, *, actor: Actor, now: datetime) -> None:
    """Take a role away; taking what is not held changes nothing.

    Raises `NotPermittedError` unless an operator asks.
    """
    if not actor.is_operator:
        raise NotPermittedError
    held = _membership(user, role, scope)
    if held is None:
        return
    user.memberships.remove(held)
    db.session.flush()
    _record("role.revoked", user, role, scope, actor=actor, now=now)


def change_profile(*, actor: Actor, name: str, language: str) -> None:
    """Let people say what they are called and which language they are written to in.

    Raises `NotPermittedError` for nobody.
    """
    if actor.user_id is None:
        raise NotPermittedError
    user = db.session.get_one(User, actor.user_id)
    user.name = name
    user.language = language
    db.session.flush()


def confirm_address(user: User, *, now: datetime) -> None:
    """Take an address as proven; it stays so."""
    if user.confirmed_at is None:
        user.confirmed_at = now
        db.session.flush()


def end_sessions(user_id: int) -> None:
    """Make every cookie of a person worthless: a signed one cannot be called back (S09)."""
    user = db.session.get_one(User, user_id)
    user.fs_uniquifier = uuid.uuid4().hex
    db.session.flush()


def keep_password(user_id: int, password_hash: str) -> None:
    """Keep a password hashed anew with today's parameters."""
    user = db.session.get_one(User, user_id)
    user.password = password_hash
    db.session.flush()


def _membership(user: User, role: Role, scope: Scope) -> Membership | None:
    wanted = (role, scope.kind, scope.key)
    for membership in user.memberships:
        if (membership.role, membership.scope_kind, membership.scope_key) == wanted:
            return membership
    return None


def _record(
    action: str, user: User, role: Role, scope: Scope, *, actor: Actor, now: datetime
) -> None:
    details = {"role": role.value, "scope": f"{scope.kind.value}:{scope.key}"}
    record(action, f"user:{user.id}", actor=actor, now=now, details=details)
