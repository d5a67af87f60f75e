"""What happens to listings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.foundation.events import Event

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingChanged(Event):
    """A listing's texts, variants, photos or state are other than they were."""

    listing_id: int
    product_id: int
    at: datetime
