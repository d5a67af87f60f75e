"""Writes of producers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.foundation.actors import Permission, Scope
from app.foundation.events import emit
from app.foundation.former_slugs import give_slug
from app.vendors.events import ProducerMoved

if TYPE_CHECKING:
    from datetime import datetime

    from app.foundation.actors import Actor
    from app.vendors.models import Producer


def change_slug(producer: Producer, slug: str, *, actor: Actor, now: datetime) -> None:
    """Give a producer's page another address; the old one leads on.

    Raises `NotPermittedError`, `InvalidInputError` and `SlugTakenError`.
    """
    actor.must(Permission.ADDRESS_CHANGE, Scope.producer(producer.id))
    if give_slug(producer, slug, actor=actor, now=now):
        emit(ProducerMoved(producer_id=producer.id, at=now))
