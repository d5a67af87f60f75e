"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.foundation.work import add_waker
from app.jobs.cli import jobs
from app.jobs.queue import make_queue

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring the job queue; in tests nobody is woken and messages are delivered by hand."""
    queue = make_queue(app, app.config["SETTINGS"])
    app.extensions["jobs"] = queue
    app.cli.add_command(jobs)
    if not app.config["TESTING"]:
        add_waker(queue.wake)
