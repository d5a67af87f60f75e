"""`make run`: bring the database up to date, fill an empty one, and serve web and jobs together.

The application is made once; web and jobs are forked from it, so a start costs one import. Both
children are stopped when one of them ends or when this process is told to stop.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from gunicorn.app.base import BaseApplication

from ops import gunicorn_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from flask import Flask

ROOT: Final = Path(__file__).resolve().parents[1]
GRACE: Final = 30.0
HOOKS: Final = (
    "limit_request_line",
    "limit_request_fields",
    "keepalive",
    "when_ready",
    "post_fork",
)


class Web(BaseApplication):
    """Gunicorn around an application that is there already."""

    def __init__(self, app: Flask, port: str, workers: str) -> None:
        """Keep what it serves and where."""
        self.given = app
        self.options: dict[str, Any] = {
            "bind": f"127.0.0.1:{port}",
            "workers": int(workers),
            "worker_class": "gthread",
            "threads": 4,
            "graceful_timeout": int(GRACE),
            "timeout": 60,
            "preload_app": True,
            "loglevel": "warning",
        } | {name: getattr(gunicorn_settings, name) for name in HOOKS}
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings over."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Give the application."""
        return self.given


def main() -> int:
    """Prepare, serve, and stop tidily."""
    port = os.environ.get("PORT", "8000")
    os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    os.chdir(ROOT)
    app = prepare()
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    children = [fork(Web(app, port, workers).run), fork(lambda: work_on(app))]
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping and all(is_alive(child) for child in children):
        time.sleep(0.2)
    end(children)
    return 0 if stopping else 1


def prepare() -> Flask:
    """Migrate, seed an empty database, print where to look, and leave no connection to be shared."""
    from app import create_app  # noqa: PLC0415 - after the environment is set
    from app.foundation.database import db  # noqa: PLC0415
    from ops.preparation import announce, bring_up_to_date  # noqa: PLC0415

    app = create_app()
    with app.app_context():
        bring_up_to_date()
        announce(os.environ["BASE_URL"])
        db.session.remove()
        db.engine.dispose()
    return app


def work_on(app: Flask) -> None:
    """Deliver messages and keep house."""
    from app.jobs.queue import work  # noqa: PLC0415 - after the environment is set

    with app.app_context():
        work(app)


def fork(task: Callable[[], None]) -> int:
    """Run a task in a child process and tell its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        end_with(task)
    return child


def end_with(task: Callable[[], None]) -> NoReturn:
    """Run a task and end this process with it, whatever happens."""
    status = 1
    try:
        task()
        status = 0
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 0
    except BaseException:  # noqa: BLE001 - a child never returns into its parent's code
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def is_alive(child: int) -> bool:
    """Whether a child still runs; one that ended is taken note of."""
    try:
        return os.waitpid(child, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


def end(children: list[int]) -> None:
    """Ask the children to stop, wait, and insist."""
    running = [child for child in children if is_alive(child)]
    for child in running:
        os.kill(child, signal.SIGTERM)
    limit = time.monotonic() + GRACE
    while running and time.monotonic() < limit:
        time.sleep(0.1)
        running = [child for child in running if is_alive(child)]
    for child in running:
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
