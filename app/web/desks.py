"""Desk pages: a side menu, a name, and a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import render_template
from flask_babel import lazy_gettext as _l

from app.web.navigation import desk_links

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLES: Final[Mapping[str, Any]] = {
    "producer": _l("Producer's desk"),
    "showroom": _l("Showroom desk"),
    "village": _l("Village desk"),
    "office": _l("Programme desk"),
}


def render_desk(desk: str, template: str, **values: Any) -> str:  # noqa: ANN401
    """Render a page of a desk with its menu."""
    return render_template(
        template, desk_name=str(TITLES[desk]), desk_navigation=desk_links(desk), **values
    )
