"""From a request to the `Actor` that services ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app, g

from app.foundation.actors import NOBODY, Actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

_LOADER: Final = "actor_loader"


def load_actor_with(app: Flask, loader: Callable[[], Actor]) -> None:
    """Name what finds the signed-in person; the accounts module does."""
    app.extensions[_LOADER] = loader


def current_actor() -> Actor:
    """Tell who asks; found once a request, and only when somebody wants to know."""
    if "actor" not in g:
        loader: Callable[[], Actor] | None = current_app.extensions.get(_LOADER)
        g.actor = loader() if loader else NOBODY
    actor: Actor = g.actor
    return actor
