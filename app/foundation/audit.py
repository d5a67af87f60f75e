"""The audit trail: one row for each privileged change (I10; the hash chain comes later)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.database import Model, db

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.foundation.actors import Actor


class AuditEntry(Model):
    """Who did what to which object, and what it was before and after."""

    __tablename__ = "audit_entries"

    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int | None] = mapped_column(index=True)
    actor_name: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


def record(
    action: str,
    subject: str,
    *,
    actor: Actor,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write the row in the transaction of the change itself."""
    db.session.add(
        AuditEntry(
            at=now,
            user_id=actor.user_id,
            actor_name=actor.name,
            action=action,
            subject=subject,
            details=dict(details or {}),
        )
    )
