"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.demonstration.cli import group

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring the command."""
    app.cli.add_command(group)
