"""Goods of one place, a showroom's shelf or a village's, to which a list may be narrowed.

The modules of those places stand above; they answer through the slot `list.scope`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.foundation.slots import slot

if TYPE_CHECKING:
    from app.foundation.localized import LocalizedText

# Parameters of the list's address, each with the readable part of a place's own address.
KINDS: Final = ("showroom", "village")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The goods of a place: what the place is called, its page, and the products by number."""

    kind: str
    slug: str
    label: LocalizedText
    url: str
    product_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Whose goods a list is narrowed to, for its search field and the way back."""

    name: str
    slug: str
    label: str
    url: str
    prompt: str


def scope_of(kind: str, slug: str) -> Scope | None:
    """Find the goods of a place; none where there is no such place."""
    find = slot("list.scope")
    found: Scope | None = find(kind, slug) if find else None
    return found


def shared_ids(scopes: tuple[Scope, ...]) -> tuple[int, ...] | None:
    """Tell which products all of some places have; none means everywhere."""
    if not scopes:
        return None
    return tuple(sorted(frozenset.intersection(*(frozenset(one.product_ids) for one in scopes))))
