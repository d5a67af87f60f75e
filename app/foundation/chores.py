"""What modules want done by the clock, or at once, by the process that keeps house.

A chore opens its own units of work, does no harm when it runs twice, and may be missed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

Chore = Callable[[datetime], object]
Asker = Callable[[str], None]

_minutely: Final[dict[str, Chore]] = {}
_hourly: Final[dict[str, Chore]] = {}
_asked: Final[dict[str, Chore]] = {}
_first: Final[list[str]] = []
_askers: Final[list[Asker]] = []


def do_every_minute(name: str, chore: Chore) -> None:
    """Name what is done every minute."""
    _minutely[name] = chore


def do_every_hour(name: str, chore: Chore, *, at_start: bool = False) -> None:
    """Name what is done every hour, and if wanted when the process that keeps house starts."""
    _hourly[name] = chore
    if at_start and name not in _first:
        _first.append(name)


def do_when_asked(name: str, chore: Chore) -> None:
    """Name what is done only when somebody asks for it."""
    _asked[name] = chore


def every_minute() -> Mapping[str, Chore]:
    """Give what is done every minute."""
    return _minutely


def every_hour() -> Mapping[str, Chore]:
    """Give what is done every hour."""
    return _hourly


def at_start() -> Sequence[str]:
    """Name what is done when the process that keeps house starts."""
    return _first


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
