"""What happens to producers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.foundation.events import Event

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducerMoved(Event):
    """A producer's page has another address."""

    producer_id: int
    at: datetime
