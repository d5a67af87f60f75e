"""What orders tell others."""

from __future__ import annotations

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(Event):
    """A buyer placed an order; each producer's part has a number of its own."""

    group_id: int
    numbers: tuple[str, ...]
