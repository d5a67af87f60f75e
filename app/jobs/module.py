"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.foundation.chores import add_asker
from app.foundation.outbox import handle_topic
from app.foundation.picture_store import DRAW, draw_picture
from app.foundation.work import add_waker
from app.jobs.cli import jobs, pictures
from app.jobs.queue import make_queue

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring the job queue; in tests nobody is woken and messages are delivered by hand."""
    queue = make_queue(app, app.config["SETTINGS"])
    app.extensions["jobs"] = queue
    app.cli.add_command(jobs)
    app.cli.add_command(pictures)
    handle_topic(DRAW, draw_picture)
    if not app.config["TESTING"]:
        add_waker(queue.wake)
        add_asker(queue.ask)
