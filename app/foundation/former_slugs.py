"""Readable parts of addresses that something once had: old links lead to where it stands today."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Index, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit
from app.foundation.database import Model, db
from app.foundation.errors import ConflictError, InvalidInputError

if TYPE_CHECKING:
    from app.foundation.actors import Actor

LONGEST: Final = 80
_WANTED: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class SlugTakenError(ConflictError):
    """Another one has this address, or had it: its old links must not lead elsewhere."""

    code = "slug_taken"


class FormerSlug(Model):
    """An address that was: `kind` is a table's name, `owner_id` a row of it."""

    __tablename__ = "former_slugs"
    __table_args__ = (
        UniqueConstraint("kind", "slug"),
        Index("ix_former_slugs_kind_owner_id", "kind", "owner_id"),
        {"sqlite_autoincrement": True},
    )

    kind: Mapped[str] = mapped_column(String(40))
    slug: Mapped[str] = mapped_column(String(100))
    owner_id: Mapped[int]
    left_at: Mapped[datetime]


def slug_today(table: Any, slug: str) -> str | None:  # noqa: ANN401 - any table with `slug`
    """Tell the address of today of what once had this one; none where nothing had."""
    found: str | None = db.session.scalar(
        select(table.slug)
        .join(FormerSlug, FormerSlug.owner_id == table.id)
        .where(FormerSlug.kind == table.__tablename__, FormerSlug.slug == slug)
    )
    return found


def give_slug(
    owner: Any,  # noqa: ANN401 - a row of any table with `slug`
    slug: str,
    *,
    actor: Actor,
    now: datetime,
) -> bool:
    """Give something another address and remember the one it had; its service asks for permission.

    Whether anything changed. Raises `InvalidInputError` for what is no address, and `SlugTakenError`.
    """
    if not _WANTED.fullmatch(slug) or len(slug) > LONGEST:
        raise InvalidInputError(field="slug")
    if slug == owner.slug:
        return False
    table: Any = type(owner)
    kind = table.__tablename__
    former = select(FormerSlug.owner_id).where(FormerSlug.kind == kind, FormerSlug.slug == slug)
    earlier_owner = db.session.scalar(former)
    living_owner = db.session.scalar(select(table.id).where(table.slug == slug))
    if living_owner is not None or earlier_owner not in {None, owner.id}:
        raise SlugTakenError(field="slug")
    if earlier_owner is not None:  # back to an address of its own
        db.session.execute(
            delete(FormerSlug).where(FormerSlug.kind == kind, FormerSlug.slug == slug)
        )
    before = owner.slug
    db.session.add(FormerSlug(kind=kind, slug=before, owner_id=owner.id, left_at=now))
    owner.slug = slug
    db.session.flush()
    audit.record(
        "slug.changed",
        f"{kind}:{owner.id}",
        actor=actor,
        now=now,
        details={"before": before, "after": slug},
    )
    return True
