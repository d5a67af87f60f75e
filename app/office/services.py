"""Writes of the programme desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.foundation import audit
from app.foundation.actors import Permission
from app.foundation.dead_letters import revive
from app.foundation.errors import ConflictError

if TYPE_CHECKING:
    from datetime import datetime

    from app.foundation.actors import Actor


def retry_message(message_id: int, *, actor: Actor, now: datetime) -> None:
    """Try a dead message again.

    Raises `NotPermittedError` for anybody but an operator, and `ConflictError` for a message that
    is not dead.
    """
    actor.must(Permission.MESSAGE_RETRY)
    if not revive(message_id, now=now):
        raise ConflictError
    audit.record("message.retried", f"message:{message_id}", actor=actor, now=now)
