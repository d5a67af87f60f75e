"""Reading producers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.foundation.actors import Permission, ScopeKind
from app.foundation.database import by_name, db
from app.foundation.former_slugs import slug_today
from app.foundation.paging import Page, offset_of
from app.foundation.text import fold
from app.places.queries import counted_by_province
from app.vendors.models import Producer

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from app.foundation.actors import Actor
    from app.places.queries import ProvinceCount
    from app.vendors.models import ProducerKind

PAGE: Final = 24
WORDS: Final = 16
CHOICES: Final = 50


def producer_by_slug(slug: str) -> Producer | None:
    """Find a producer by the readable part of its link."""
    return db.session.scalar(select(Producer).where(Producer.slug == slug))


def public_producer(slug: str) -> Producer | None:
    """Find a producer with its team and those it works with, in one statement: both are few."""
    return (
        db.session.execute(
            select(Producer)
            .where(Producer.slug == slug)
            .options(joinedload(Producer.people), joinedload(Producer.links))
            .execution_options(populate_existing=True)
        )
        .unique()
        .scalar_one_or_none()
    )


def producer_slug_today(slug: str) -> str | None:
    """Tell the address of today of a producer that once had this one."""
    return slug_today(Producer, slug)


def producer_count() -> int:
    """Count the producers."""
    return db.session.scalar(select(func.count()).select_from(Producer)) or 0


def producer_slugs(offset: int, limit: int) -> list[str]:
    """List a stretch of the producers' addresses in a lasting order."""
    statement = select(Producer.slug).order_by(Producer.id).offset(offset).limit(limit)
    return list(db.session.scalars(statement))


def producers_page(
    *, q: str, province_code: str | None, number: int, kind: ProducerKind | None = None
) -> Page[Producer]:
    """List producers by name, those whose name has every word of `q`, accents optional.

    Raises `NoSuchPageError`.
    """
    wanted: list[ColumnElement[bool]] = []
    if province_code is not None:
        wanted.append(Producer.province_code == province_code)
    if kind is not None:
        wanted.append(Producer.kind == kind)
    if q:
        ids = _named(q, wanted)
        offset = offset_of(number, size=PAGE, total=len(ids))
        shown = ids[offset : offset + PAGE]
        rows = {
            one.id: one
            for one in db.session.scalars(select(Producer).where(Producer.id.in_(shown)))
        }
        items = [rows[one] for one in shown if one in rows]
        return Page(items=items, number=number, size=PAGE, total=len(ids))
    total = db.session.scalar(select(func.count()).select_from(Producer).where(*wanted)) or 0
    offset = offset_of(number, size=PAGE, total=total)
    found = db.session.scalars(
        select(Producer).where(*wanted).order_by(*_by_name()).offset(offset).limit(PAGE)
    ).all()
    return Page(items=found, number=number, size=PAGE, total=total)


def producers_by_province() -> list[ProvinceCount]:
    """Count the producers of each province that has one, in the order of names."""
    return counted_by_province(Producer.province_code)


def producers_of_actor(actor: Actor) -> list[Producer]:
    """List the producers at whose desk the actor works; an operator sees the first of all."""
    found = select(Producer).order_by(by_name(Producer.sort_key), Producer.id).limit(CHOICES)
    if not actor.is_operator:
        found = found.where(
            Producer.id.in_(actor.ids(Permission.DESK_PRODUCER, ScopeKind.PRODUCER))
        )
    return list(db.session.scalars(found))


def producer_of_actor(actor: Actor, slug: str) -> Producer | None:
    """Find one of the producers at whose desk the actor works; another one does not exist."""
    found = db.session.scalar(select(Producer).where(Producer.slug == slug))
    if found is None or actor.is_operator:
        return found
    return found if found.id in actor.ids(Permission.DESK_PRODUCER, ScopeKind.PRODUCER) else None


def _named(q: str, wanted: list[ColumnElement[bool]]) -> list[int]:
    words = fold(q).split()[:WORDS]
    rows = db.session.execute(
        select(Producer.id, Producer.name).where(*wanted).order_by(*_by_name())
    )
    return [
        producer_id
        for producer_id, name in rows
        if all(word in _folded(" ".join(name.values())) for word in words)
    ]


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    return fold(name)


def _by_name() -> tuple[Any, Any]:
    return by_name(Producer.sort_key), Producer.id
