"""What modules want done by the clock, or at once, by the process that keeps house.

A chore opens its own units of work, does no harm when it runs twice, and may be missed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

Chore = Callable[[datetime], object]
Asker = Callable[[str], None]

_minutely: Final[dict[str, Chore]] = {}
_hourly: Final[dict[str, Chore]] = {}
_asked: Final[dict[str, Chore]] = {}
_askers: Final[list[Asker]] = []


def do_every_minute(name: str, chore: Chore) -> None:
    """Name what is done every minute."""
    _minutely[name] = chore


def do_every_hour(name: str, chore: Chore) -> None:
    """Name what is done every hour."""
    _hourly[name] = chore


def do_when_asked(name: str, chore: Chore) -> None:
    """Name what is done only when somebody asks for it."""
    _asked[name] = chore


def every_minute() -> Mapping[str, Chore]:
    """Give what is done every minute."""
    return _minutely


def every_hour() -> Mapping[str, Chore]:
    """Give what is done every hour."""
    return _hourly


def named(name: str) -> Chore:
    """Give a chore by its name. Raises `KeyError` when there is none."""
    return {**_asked, **_minutely, **_hourly}[name]


def ask_for(name: str) -> None:
    """Ask that a chore be done now instead of at its time; nothing is written to the database."""
    for ask in _askers:
        ask(name)


def add_asker(ask: Asker) -> None:
    """Name who passes such a wish on; it may not raise."""
    if ask not in _askers:
        _askers.append(ask)
