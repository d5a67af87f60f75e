"""Named places of a lower module that the composition root fills from an upper one.

A listing page asks `catalogue.search` for ranked products; search, which stands above, answers.
The lower module calls `slot(name)` and works without an answer; only `app.bootstrap` calls `fill`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_filled: dict[str, Callable[..., Any]] = {}


def fill(name: str, answer: Callable[..., Any]) -> None:
    """Let `answer` stand in a named place."""
    _filled[name] = answer


def slot(name: str) -> Callable[..., Any] | None:
    """Find what stands in a named place, if anything does."""
    return _filled.get(name)
