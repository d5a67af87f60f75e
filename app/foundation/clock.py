"""The only reader of the wall clock, and the shop's time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Tell the instant, in UTC."""
    return datetime.now(UTC)


def local_date(instant: datetime) -> date:
    """Tell the date that people in Vietnam write for an instant."""
    return instant.astimezone(VIETNAM).date()


def today() -> date:
    """Tell today's date in Vietnam."""
    return local_date(now())
