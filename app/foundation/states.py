"""A state machine is a table; only `move` may follow it (R18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from app.foundation.errors import IllegalMoveError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from enum import StrEnum

S = TypeVar("S", bound="StrEnum")


def move(table: Mapping[S, AbstractSet[S]], current: S, wanted: S) -> S:
    """Return `wanted` if the table allows it from `current`.

    Raises `IllegalMoveError` otherwise.
    """
    if wanted not in table[current]:
        raise IllegalMoveError(current=current.value, wanted=wanted.value)
    return wanted
