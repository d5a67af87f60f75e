"""`make run`: bring the database up to date, fill an empty one, and serve web and jobs together.

Both children are stopped when one of them ends or when this process is told to stop.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import FrameType

ROOT: Final = Path(__file__).resolve().parents[1]
BIN: Final = Path(sys.executable).parent
GRACE: Final = 30.0


def main() -> int:
    """Prepare, serve, and stop tidily."""
    port = os.environ.get("PORT", "8000")
    os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("FLASK_APP", "wsgi")
    os.chdir(ROOT)
    if not prepare():
        return 1
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    web = [
        str(BIN / "gunicorn"),
        "wsgi:app",
        f"--bind=127.0.0.1:{port}",
        f"--workers={workers}",
        "--worker-class=gthread",
        "--threads=4",
        f"--graceful-timeout={int(GRACE)}",
        "--timeout=60",
        "--preload",
        "--config=ops/gunicorn_settings.py",
        "--log-level=warning",
    ]
    jobs = [str(BIN / "flask"), "jobs", "run"]
    children = [subprocess.Popen(web), subprocess.Popen(jobs)]
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    return end(children, expected=stopping)


def prepare() -> bool:
    """Migrate, seed an empty database, and print where to look and who may sign in."""
    from app import create_app  # noqa: PLC0415 - after the environment is set
    from ops.preparation import announce, bring_up_to_date  # noqa: PLC0415

    app = create_app()
    with app.app_context():
        bring_up_to_date()
        announce(os.environ["BASE_URL"])
    return True


def end(children: list[subprocess.Popen[bytes]], *, expected: bool) -> int:
    """Ask the children to stop, wait, and tell how it ended."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    limit = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if expected else 1


if __name__ == "__main__":
    sys.exit(main())
