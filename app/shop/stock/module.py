"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import app.shop.stock.models  # noqa: F401 - its tables

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring the stock ledger."""
