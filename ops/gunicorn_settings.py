"""What gunicorn does around our application."""

from __future__ import annotations

from typing import Any

limit_request_line = 4_094
limit_request_fields = 100
keepalive = 5


def post_fork(server: Any, worker: Any) -> None:  # noqa: ANN401, ARG001
    """Give each worker connections of its own (P15)."""
    from app.foundation.database import db  # noqa: PLC0415 - after the fork
    from wsgi import app  # noqa: PLC0415

    with app.app_context():
        db.engine.dispose(close=False)
