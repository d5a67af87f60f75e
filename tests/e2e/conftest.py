"""The shop as `make run` starts it, and browsers at the widths of a phone and of a desk."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT: Final = Path(__file__).resolve().parents[2]
WIDTHS: Final = {"phone": (390, 844), "desk": (1280, 900)}
CHROMIUM_FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Shop:
    """A running shop."""

    url: str
    instance: Path

    def letters(self, words: str, *, seconds: float = 10) -> list[str]:
        """Wait for letters that hold some words, and give their sources."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            found = [
                path.read_text(encoding="utf-8", errors="replace")
                for path in (self.instance / "mail").glob("*.eml")
            ]
            matching = [text for text in found if words in text]
            if matching:
                return matching
            time.sleep(0.2)
        return []


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Start the shop with its demonstration data, as the README does."""
    instance = tmp_path_factory.mktemp("shop")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OCOP_", "DATABASE_URL", "COV_", "PYTEST"))
    } | {"OCOP_INSTANCE": str(instance), "PORT": str(port)}
    environ.pop("BASE_URL", None)
    log = (instance / "log.txt").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "ops.serve"],
        cwd=ROOT,
        env=environ,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/healthz", process)
        yield Shop(url, instance)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(40)
        log.close()
        print((instance / "log.txt").read_text(errors="replace")[-4_000:])  # noqa: T201


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers. Raises `AssertionError` when it ends or takes four minutes."""
    limit = time.monotonic() + 240
    while time.monotonic() < limit:
        assert process.poll() is None, "the shop did not start"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise AssertionError("the shop did not answer in four minutes")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        assert path, "Chromium is not installed"
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, shop: Shop) -> Iterator[Callable[..., Page]]:
    """Open a new window of a width; whatever breaks in it fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_window(width: str = "desk", *, lang: str = "vi", script: bool = True) -> Page:
        across, down = WIDTHS[width]
        context = chromium.new_context(
            viewport={"width": across, "height": down},
            locale=lang,
            java_script_enabled=script,
            base_url=shop.url,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on(
            "console",
            lambda said: (
                faults.append(f"console: {said.text}")
                if said.type == "error" and "status of 4" not in said.text
                else None
            ),
        )
        page.on(
            "response",
            lambda answer: (
                faults.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
            ),
        )
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []
