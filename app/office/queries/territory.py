"""An officer's territory: the country, some provinces, some communes; every read is filtered by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from app.foundation.actors import Permission, ScopeKind
from app.foundation.database import by_name, db
from app.places.models import Commune, Province

if TYPE_CHECKING:
    from app.foundation.actors import Actor
    from app.foundation.localized import LocalizedText


def reach(actor: Actor) -> list[tuple[str, str]] | None:
    """List the (province, commune or nothing) that an actor answers for; None is the country."""
    keys = actor.keys(Permission.REGISTER_READ, ScopeKind.TERRITORY)
    if actor.is_operator or "" in keys:
        return None
    parts = [key.partition("/") for key in keys]
    return [(province, commune) for province, _, commune in parts]


def within(actor: Actor, province: Any, commune: Any) -> ColumnElement[bool]:  # noqa: ANN401
    """Filter rows to the actor's territory by their province and commune columns.

    A row that knows only its province belongs to the province's officers, to no commune's.
    """
    touched = reach(actor)
    if touched is None:
        return true()
    return or_(
        false(),
        *(
            and_(province == province_code, commune == commune_code)
            if commune_code
            else province == province_code
            for province_code, commune_code in touched
        ),
    )


def provinces_of(actor: Actor) -> list[tuple[str, LocalizedText]]:
    """List the provinces that the actor's territory touches, for a filter."""
    touched = reach(actor)
    found = select(Province.code, Province.name).order_by(by_name(Province.sort_key))
    if touched is not None:
        found = found.where(Province.code.in_([code for code, _ in touched]))
    return [(code, name) for code, name in db.session.execute(found).all()]


def territory_names(actor: Actor) -> list[LocalizedText]:
    """Name the provinces and communes that the actor answers for; empty for the whole country."""
    touched = reach(actor) or []
    whole = [province for province, commune in touched if not commune]
    parts = [commune for province, commune in touched if commune and province not in whole]
    names: list[LocalizedText] = []
    if whole:
        names += db.session.scalars(
            select(Province.full_name)
            .where(Province.code.in_(whole))
            .order_by(by_name(Province.sort_key))
        )
    if parts:
        names += db.session.scalars(
            select(Commune.full_name)
            .where(Commune.code.in_(parts))
            .order_by(by_name(Commune.sort_key))
        )
    return names
