"""What modules want done each night, kept below the job queue that does it.

A chore runs in a unit of work of its own and may run twice: it does no harm then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    Chore = Callable[[datetime], object]

_nightly: Final[dict[str, Chore]] = {}


def each_night(name: str, chore: Chore) -> None:
    """Have something done each night."""
    _nightly[name] = chore


def nightly() -> Mapping[str, Chore]:
    """List what is done each night, by name."""
    return dict(_nightly)
