"""Menus as data: modules add entries, layouts draw them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import current_app, request, url_for

from app.web.identity import current_actor

if TYPE_CHECKING:
    from app.foundation.actors import Actor, Permission

FOOTER: Final = ("buyers", "sellers", "programme")
_footer_entries: Final[dict[str, list[FooterEntry]]] = {column: [] for column in FOOTER}
_desk_entries: Final[dict[str, list[DeskEntry]]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEntry:
    """One line of a desk's side menu."""

    endpoint: str
    label: Any
    icon: str
    permission: Permission
    position: int = 50
    parts: tuple[str, ...] = ()  # blueprints whose pages belong to the line too

    def holds(self, endpoint: str | None) -> bool:
        """Whether a page is the line's own or one below it."""
        return endpoint == self.endpoint or (endpoint or "").partition(".")[0] in self.parts


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A menu entry as a template draws it."""

    label: str
    url: str
    icon: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterEntry:
    """One line of a column of the footer."""

    endpoint: str
    label: Any
    values: tuple[tuple[str, str], ...] = ()
    position: int = 50


def add_footer_entry(column: str, entry: FooterEntry) -> None:
    """Add a line to a column of the footer: buyers, sellers or programme."""
    entries = _footer_entries[column]
    if entry not in entries:
        entries.append(entry)
        entries.sort(key=lambda one: one.position)


def footer_links() -> dict[str, list[MenuLink]]:
    """List what modules added to the footer, by column."""
    return {
        column: [
            MenuLink(
                str(one.label),
                url_for(one.endpoint, **dict[str, Any](one.values)),
                "",
                active=False,
            )
            for one in entries
        ]
        for column, entries in _footer_entries.items()
    }


def has_page(endpoint: str) -> bool:
    """Whether the shop has a page of that name; layouts link only what is there."""
    return endpoint in current_app.view_functions


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
            active=entry.holds(request.endpoint),
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
