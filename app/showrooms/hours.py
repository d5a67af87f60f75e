"""Opening hours as people write them, "8:00–18:00 hằng ngày", and what they mean at a moment."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

_EVERY_DAY: Final = re.compile(
    r"(\d{1,2}):(\d{2})\s*[–-]\s*(\d{1,2}):(\d{2})\s+(?:hằng ngày|daily)", re.IGNORECASE
)


class DailyHours(NamedTuple):
    """The same hours every day."""

    opens: time
    closes: time

    def is_open(self, local: datetime) -> bool:
        """Whether the door is open at a moment of the place's own clock."""
        return self.opens <= local.time() < self.closes


def daily_hours(words: str) -> DailyHours | None:
    """Read hours of every day; none where they are not that simple."""
    said = _EVERY_DAY.fullmatch(words.strip())
    if said is None:
        return None
    try:
        opens, closes = (time(int(said[at]), int(said[at + 1])) for at in (1, 3))
    except ValueError:
        return None
    return DailyHours(opens, closes) if opens < closes else None
