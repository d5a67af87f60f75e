"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.foundation.actors import Permission
from app.office.routes import bp
from app.web.navigation import DeskEntry, add_desk_entry

if TYPE_CHECKING:
    from flask import Flask

ENTRIES = (
    ("office.office", _l("Overview"), "chart-column", Permission.DESK_OFFICE),
    ("office.office_organisations", _l("Organisations"), "users", Permission.REGISTER_READ),
    ("office.office_products", _l("Products"), "award", Permission.REGISTER_READ),
    ("office.messages", _l("Undelivered messages"), "mail", Permission.MESSAGE_RETRY),
)


def register(app: Flask) -> None:
    """Bring the officer's desk."""
    app.register_blueprint(bp)
    for position, (endpoint, label, icon, permission) in enumerate(ENTRIES, start=1):
        add_desk_entry(
            "office",
            DeskEntry(
                endpoint=endpoint,
                label=label,
                icon=icon,
                permission=permission,
                position=position * 10,
            ),
        )
