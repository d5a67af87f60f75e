"""What the stock tells others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.foundation.events import Event

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityChanged(Event):
    """The last unit of a listing was promised or went, or there is one to be had again."""

    listing_id: int
    is_in_stock: bool
    at: datetime
