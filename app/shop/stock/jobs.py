"""Housekeeping of the stock, once a minute."""

from __future__ import annotations

from app.foundation import clock
from app.foundation.work import in_unit_of_work
from app.shop.stock.services import expire_holds


def expire_due_holds() -> None:
    """Free what checkouts held and did not buy in time (risks.md R23)."""
    now = clock.now()
    in_unit_of_work(lambda: expire_holds(now))
