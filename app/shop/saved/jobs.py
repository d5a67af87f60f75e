"""What is done about wish lists without anybody asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.foundation.work import unit_of_work
from app.shop.saved.services import drop_unused_lists

if TYPE_CHECKING:
    from datetime import datetime


def drop_unused(*, now: datetime) -> int:
    """Delete the lists of browsers that nobody used for 180 days, in small units; tell how many."""
    dropped = 0
    while True:
        with unit_of_work():
            some = drop_unused_lists(now)
        dropped += some
        if not some:
            return dropped
