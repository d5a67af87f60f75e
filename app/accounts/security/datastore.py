"""How Flask-Security reaches people: our table, our services, and no commit of its own."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_security.core import RoleMixin
from flask_security.datastore import SQLAlchemyUserDatastore

from app.accounts import queries, services
from app.accounts.models import User
from app.foundation.clock import now
from app.foundation.database import db
from app.web.locale import language


class Accounts(SQLAlchemyUserDatastore):
    """The datastore; roles are memberships, so it knows none of Flask-Security's own."""

    def __init__(self) -> None:
        """Name the table."""
        super().__init__(db, User, RoleMixin)

    def commit(self) -> None:
        """Leave it to the unit of work around the view: only an edge commits."""

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> User | None:  # noqa: ANN401, ARG002, FBT001, FBT002 - the library's signature
        """Find an account by address or session key; demonstration ones only where they may be."""
        [(attribute, value)] = wanted.items()
        if attribute == "email":
            user = queries.user_by_email(str(value))
        elif attribute == "fs_uniquifier":
            user = queries.user_by_session(str(value))
        else:
            raise KeyError(attribute)
        if user and user.is_demonstration and not current_app.config["SETTINGS"].is_demonstration:
            return None
        return user

    def create_user(self, **given: Any) -> User:  # noqa: ANN401
        """Open an account from the sign-up form, with the password hashed already."""
        return services.create_user(
            email=given["email"],
            name=given["name"],
            password_hash=given["password"],
            language=language(),
            now=now(),
        )
