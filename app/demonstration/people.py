"""One account for each role, with a password that everybody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from app.accounts.models import User
from app.accounts.security.passwords import hash_of
from app.accounts.services import create_demonstration_user, grant_role
from app.demonstration.files import rows
from app.demonstration.register import producer_ids
from app.foundation.actors import SYSTEM, Role, Scope
from app.foundation.database import db
from app.places.models import Commune
from app.showrooms.models import Showroom
from app.villages.models import Village

if TYPE_CHECKING:
    from datetime import datetime


def load_people(password: str, *, is_allowed: bool, now: datetime) -> None:
    """Open the accounts and give them their roles. Raises `DemonstrationRefusedError`."""
    missing = [said for said in rows("accounts") if _user(said["email"]) is None]
    if not missing:
        return
    hashed = hash_of(password)
    for said in missing:
        user = create_demonstration_user(
            email=said["email"],
            name=said["name"],
            password_hash=hashed,
            language="vi",
            is_allowed=is_allowed,
            now=now,
        )
        if said["role"] == "shopper":
            continue
        grant_role(user, Role(said["role"]), _scope(said["scope"]), actor=SYSTEM, now=now)
        if said["role"] == Role.VILLAGE_HOST:
            key = said["scope"].partition(":")[2]
            db.session.execute(
                update(Village).where(Village.slug == key).values(host_email=said["email"])
            )


def _user(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email))


def _scope(said: str | None) -> Scope:
    kind, _, key = (said or "centre").partition(":")
    if kind == "producer":
        return Scope.producer(producer_ids()[key])
    if kind == "showroom":
        return Scope.showroom(
            db.session.scalars(select(Showroom.id).where(Showroom.slug == key)).one()
        )
    if kind == "village":
        return Scope.village(
            db.session.scalars(select(Village.id).where(Village.slug == key)).one()
        )
    if kind == "province":
        return Scope.territory(key)
    if kind == "commune":
        return Scope.territory(db.session.get_one(Commune, key).province_code, key)
    return Scope.territory()
