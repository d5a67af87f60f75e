"""What is done by itself goes on, whatever becomes of one part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.jobs import queue

if TYPE_CHECKING:
    from datetime import datetime

    import pytest
    from flask import Flask


def test_a_chore_of_the_hour_that_fails_stops_no_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[datetime] = []

    def break_down(_now: datetime) -> None:
        raise OSError

    monkeypatch.setattr(queue, "HOURLY", {"first": break_down, "second": done.append})

    queue.keep_hours(app)

    assert len(done) == 1
