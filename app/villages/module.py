"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

import app.villages.routes.desk  # noqa: F401 - its routes
from app.foundation import outbox
from app.foundation.actors import Permission
from app.foundation.picture_store import names_pictures
from app.villages import found, jobs, queries
from app.villages.models import Village
from app.villages.routes.public import bp
from app.villages.services import TELL_ANSWER, TELL_GUEST, TELL_HOST
from app.web.navigation import DeskEntry, add_desk_entry
from app.web.sentences import add_sentences
from app.web.sitemaps import add_pages, add_sitemap, leave_out

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring tourism villages."""
    app.register_blueprint(bp)
    names_pictures(Village.photo_key)
    add_pages("villages.villages")
    add_sitemap("villages", "villages.village", count=queries.village_count, entries=found.entries)
    leave_out("one guest's own request", "villages.thanks")
    outbox.handle_topic(TELL_HOST, jobs.tell_host)
    outbox.handle_topic(TELL_GUEST, jobs.tell_guest)
    outbox.handle_topic(TELL_ANSWER, jobs.tell_answer)
    add_sentences(
        {
            "visit_day": _l("Choose a day between today and a year from now."),
            "too_many_guests": _l("This village takes 1 to %(most)s people at once."),
            "reply_missing": _l("Write to the guest why the visit is not possible."),
        }
    )
    add_desk_entry(
        "village",
        DeskEntry(
            endpoint="villages.desk_requests",
            label=_l("Visit requests"),
            icon="calendar-days",
            permission=Permission.DESK_VILLAGE,
            position=10,
        ),
    )
