"""Rules of gift sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.foundation.errors import ConflictError

if TYPE_CHECKING:
    from app.content.queries import PricedGiftSet


class SetBrokenError(ConflictError):
    """A part of a gift set is not sold any more, so the whole cannot be bought."""

    code = "set_broken"


def gift_lines(found: PricedGiftSet) -> list[tuple[int, int]]:
    """Name what goes into the cart: (variant, quantity). Raises `SetBrokenError`."""
    if found.total is None:
        raise SetBrokenError
    return [(line.variant_id, line.quantity) for line in found.lines]
