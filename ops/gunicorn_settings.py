"""What gunicorn does around our application."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from flask import Flask

limit_request_line = 4_094
limit_request_fields = 100
keepalive = 5

PAGES: Final = ("/vi/", "/en/", "/vi/products", "/en/products", "/vi/search/suggest?q=a")


def when_ready(server: Any) -> None:  # noqa: ANN401
    """Do once, before the workers are forked, what each would do at its first page, and share it."""
    if not server.cfg.preload_app:
        return
    warm_up(server.app.wsgi(), server.log)
    gc.collect()
    gc.freeze()  # a collection in a worker leaves the pages of these objects alone


def post_fork(server: Any, worker: Any) -> None:  # noqa: ANN401, ARG001
    """Give each worker connections of its own (P15)."""
    from app.foundation.database import db  # noqa: PLC0415 - after the fork

    with server.app.wsgi().app_context():
        db.engine.dispose(close=False)


def warm_up(app: Flask, log: Any) -> None:  # noqa: ANN401
    """Pack the static files, compile the templates and open the first pages; a shop that cannot yet is no fault."""
    from app.foundation.database import db  # noqa: PLC0415
    from app.web.assets import assets_of  # noqa: PLC0415

    assets_of(app).pack()
    try:
        for name in app.jinja_env.list_templates(extensions=["html", "txt"]):
            app.jinja_env.get_template(name)
        visitor = app.test_client()
        for path in PAGES:
            visitor.get(path, base_url=app.config["SETTINGS"].base_url).close()
    except Exception:
        log.exception("The shop starts cold.")
    with app.app_context():
        db.engine.dispose()  # no connection of this process may live on in a worker
