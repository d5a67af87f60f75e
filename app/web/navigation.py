"""Menus as data: modules add entries, layouts draw them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import request, url_for

from app.web.identity import current_actor

if TYPE_CHECKING:
    from app.foundation.actors import Actor, Permission

_desk_entries: Final[dict[str, list[DeskEntry]]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEntry:
    """One line of a desk's side menu."""

    endpoint: str
    label: Any
    icon: str
    permission: Permission
    position: int = 50


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A menu entry as a template draws it."""

    label: str
    url: str
    icon: str
    active: bool


def add_desk_entry(desk: str, entry: DeskEntry) -> None:
    """Add a line to the menu of a desk: producer, showroom, village or office."""
    entries = _desk_entries.setdefault(desk, [])
    if entry not in entries:
        entries.append(entry)
        entries.sort(key=lambda one: one.position)


def desk_links(desk: str) -> list[MenuLink]:
    """List the lines that the actor may open."""
    actor = current_actor()
    return [
        MenuLink(
            str(entry.label),
            url_for(entry.endpoint),
            entry.icon,
            active=request.endpoint == entry.endpoint,
        )
        for entry in _desk_entries.get(desk, [])
        if actor.may(entry.permission)
    ]


def desks_of(actor: Actor) -> list[str]:
    """Name the desks where the actor has something to do."""
    return [
        desk
        for desk, entries in _desk_entries.items()
        if any(actor.may(entry.permission) for entry in entries)
    ]
