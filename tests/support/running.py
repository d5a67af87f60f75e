"""The real shop in processes of its own, as `make run` starts it, on a port and a folder of its own.

Everything stays on the loopback address; logs stay in the shop's folder for whoever looks into a failure.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app import create_app
from app.foundation.database import db
from config import KNOWN, Settings, database_url
from tests.support.shopper import HOST, Shopper

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Mapping

    from flask import Flask

ROOT: Final = Path(__file__).resolve().parents[2]
BIN: Final = Path(sys.executable).parent
SECRET: Final = "a secret that is long enough for tests only"  # noqa: S105
SALT: Final = "a salt that is long enough for tests only.."
START: Final = 30.0
STOP: Final = 15.0


@dataclass
class RunningShop:
    """gunicorn with its workers, and the jobs process if asked for."""

    folder: Path
    address: str
    application: str = "wsgi:app"
    workers: int = 3
    worker_class: str = "gthread"
    with_jobs: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    _web: subprocess.Popen[bytes] | None = None
    _jobs: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers. Raises `RuntimeError` with the log when it does not."""
        self.port = self.port or free_port()
        command = [
            str(BIN / "gunicorn"),
            self.application,
            f"--bind={HOST}:{self.port}",
            f"--workers={self.workers}",
            f"--worker-class={self.worker_class}",
            "--timeout=60",
            "--graceful-timeout=1",
            "--preload",
            "--config=ops/gunicorn_settings.py",
            "--log-level=warning",
        ]
        if self.worker_class == "gthread":
            command.append("--threads=4")
        self._web = self._run(command, "web.log")
        if self.with_jobs and (self._jobs is None or self._jobs.poll() is not None):
            self._jobs = self._run([str(BIN / "flask"), "jobs", "run"], "jobs.log")
        self._wait()

    def stop(self) -> None:
        """Stop tidily; what does not end in time is killed with all its children."""
        for process in (self._web, self._jobs):
            if process is None:
                continue
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(STOP)
            except subprocess.TimeoutExpired:
                pass
            finally:
                end_group(process)
        self._web = self._jobs = None

    def master(self) -> int:
        """The process at the root of the web's tree."""
        assert self._web is not None, "the shop does not run"
        return self._web.pid

    def worker_pids(self) -> list[int]:
        """The web processes that answer."""
        return children(self.master())

    def kill_a_worker(self, chance: random.Random) -> bool:
        """`kill -9` one of the web processes; tell whether there was one."""
        pids = self.worker_pids()
        if not pids:
            return False
        with suppress(ProcessLookupError):
            os.kill(chance.choice(pids), signal.SIGKILL)
            return True
        return False

    def kill_the_web(self) -> None:
        """`kill -9` the master and all its workers at once, as the end of a machine would."""
        assert self._web is not None, "the shop does not run"
        end_group(self._web)

    def shopper(self, **values: Any) -> Shopper:
        """Somebody who comes to this shop."""
        return Shopper(self.port, **values)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a `flask` command against this shop's data."""
        return subprocess.run(
            [str(BIN / "flask"), *arguments],
            cwd=ROOT,
            env=self.surroundings(),
            capture_output=True,
            text=True,
            check=False,
            timeout=3_600,
        )

    def log(self, lines: int = 40) -> str:
        """The end of what the web processes wrote."""
        path = self.folder / "web.log"
        text = path.read_text("utf-8", "replace") if path.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def surroundings(self) -> dict[str, str]:
        """The environment of the shop's processes: ours without its settings, and those given."""
        kept = {name: value for name, value in os.environ.items() if name not in KNOWN}
        return kept | {
            "FLASK_APP": "wsgi",
            "OCOP_INSTANCE": str(self.folder),
            "DATABASE_URL": self.address,
            "SECRET_KEY": SECRET,
            "SECURITY_PASSWORD_SALT": SALT,
            "BASE_URL": f"http://{HOST}:{self.port}",
            **self.environment,
        }

    def _run(self, command: list[str], log: str) -> subprocess.Popen[bytes]:
        with (self.folder / log).open("ab") as file:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.surroundings(),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _wait(self) -> None:
        limit = time.monotonic() + START
        while time.monotonic() < limit:
            assert self._web is not None
            if self._web.poll() is not None:
                break
            if answers(self.port) and len(self.worker_pids()) >= self.workers:
                return
            time.sleep(0.05)
        self.stop()
        message = f"the shop did not start:\n{self.log()}"
        raise RuntimeError(message)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether a shop answers there."""
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(one) for one in text.split()]


def end_group(process: subprocess.Popen[Any]) -> None:
    """Kill a process that leads its own group, and everything in it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(STOP)


def settings_of(folder: Path, address: str) -> Settings:
    """Settings with which this process looks into a running shop's data."""
    return Settings(
        instance=folder,
        database_url=database_url(address, folder),
        storage_url=f"file://{folder / 'media'}",
        mail_url=f"file://{folder / 'mail'}",
        base_url=f"http://{HOST}",
        secret_key=SECRET,
        password_salt=SALT,
        is_testing=True,
    )


@contextmanager
def opened(folder: Path, address: str) -> Iterator[Flask]:
    """An application of this process over a running shop's data, in a context."""
    app = create_app(settings_of(folder, address))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@contextmanager
def running(shop: RunningShop, prepare: Callable[[], None] | None = None) -> Iterator[RunningShop]:
    """A shop that runs inside the block; `prepare` fills its database first, in this process."""
    if prepare:
        with opened(shop.folder, shop.address):
            prepare()
    shop.start()
    try:
        yield shop
    finally:
        shop.stop()


def signed_in(app: Flask, user: Any) -> dict[str, str]:
    """The cookie of somebody who has signed in, without the cost of a password."""
    interface: Any = app.session_interface
    serializer = interface.get_signing_serializer(app)
    told = {"_user_id": user.fs_uniquifier, "_fresh": True, "fs_paa": time.time()}
    return {app.config["SESSION_COOKIE_NAME"]: serializer.dumps(told)}
