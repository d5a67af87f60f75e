"""The shop without its guard against overselling: proof that the guard is what the hammer tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, true

from app.shop.stock import services
from wsgi import app

if TYPE_CHECKING:
    from app.shop.stock.models import StockLevel


def unguarded(level: type[StockLevel], quantity: int) -> ColumnElement[bool]:
    """Let everybody have everything."""
    return true()


services.guarded = unguarded

__all__ = ["app"]
