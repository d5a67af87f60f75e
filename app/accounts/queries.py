"""What is asked about people."""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.models import User
from app.foundation.actors import Actor, Grant, Scope
from app.foundation.database import db
from app.foundation.localized import DEFAULT_LANGUAGE


def user_by_email(email: str) -> User | None:
    """Find an account by its address, in whatever case it was typed."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def user_by_session(key: str) -> User | None:
    """Find an account by the key that its session cookies carry."""
    return db.session.scalar(select(User).where(User.fs_uniquifier == key))


def user_by_id(user_id: int) -> User | None:
    """Find an account by its number."""
    return db.session.get(User, user_id)


def actor_of(user: User) -> Actor:
    """Make what services ask from an account and its roles."""
    grants = tuple(
        Grant(membership.role, Scope(membership.scope_kind, membership.scope_key))
        for membership in user.memberships
    )
    return Actor(user_id=user.id, name=user.name, email=user.email, grants=grants)


def language_of(actor: Actor) -> str:
    """Tell the language in which an account gets its letters."""
    user = db.session.get(User, actor.user_id)
    return user.language if user else DEFAULT_LANGUAGE


def language_at(email: str) -> str:
    """Tell the language for letters to an address: that of the account it belongs to, or Vietnamese."""
    user = user_by_email(email)
    return user.language if user else DEFAULT_LANGUAGE
