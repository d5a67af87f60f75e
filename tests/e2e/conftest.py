"""The shop as `make run` starts it, and browsers at the widths of a phone and of a desk.

E2E_PICTURES=<folder> keeps a picture of every step. Each page is judged by axe-core in both themes, where npm
has fetched it (`make test` does).
"""

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
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import sync_playwright

from tests.e2e.people import AXE_SCRIPT, WIDTHS, Letter, Shop, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Response

ROOT: Final = Path(__file__).resolve().parents[2]
LOG: Final = pytest.StashKey[Path]()
LOG_TAIL: Final = 6_000
START_SECONDS: Final = 240
CHROMIUM_FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Show what the shop wrote beside whatever failed."""
    outcome = yield
    report = outcome.get_result()
    path = item.config.stash.get(LOG, None)
    if report.failed and path is not None:
        report.sections.append(("the shop's log", path.read_text(errors="replace")[-LOG_TAIL:]))


@pytest.fixture(scope="session")
def shop(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Shop]:
    """Start the shop with its demonstration data, as the README does."""
    instance = tmp_path_factory.mktemp("shop")
    request.config.stash[LOG] = instance / "log.txt"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = ("OCOP_", "DATABASE_URL", "BASE_URL", "MAIL_URL", "REDIS_URL", "COV_", "PYTEST")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environ |= {"OCOP_INSTANCE": str(instance), "PORT": str(port)}
    with (instance / "log.txt").open("wb") as log:
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
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(40)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers. Raises `AssertionError` when it ends or takes four minutes."""
    limit = time.monotonic() + START_SECONDS
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
        if os.environ.get("REQUIRE_ALL_TESTS"):
            assert AXE_SCRIPT.exists(), "axe-core is not installed"
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, shop: Shop) -> Iterator[Callable[..., Window]]:
    """Open a new window of a width; whatever breaks in it fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        # Chromium reports a refused form here too; `watch` judges answers.
        if said.type == "error" and "the server responded with a status of" not in said.text:
            faults.append(f"console: {said.text}")

    def watch(answer: Response) -> None:
        is_page = answer.request.resource_type == "document"
        if answer.status >= (500 if is_page else 400):
            faults.append(f"{answer.status} {answer.url}")

    def open_window(width: str = "desk", *, lang: str = "vi", script: bool = True) -> Window:
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
        page.on("console", hear)
        page.on("response", watch)
        return Window(page, lang, width, has_script=script)

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def letters(shop: Shop) -> Callable[[str], list[Letter]]:
    """Wait for the letters to an address, and read them as a mail program does."""

    def read(address: str, *, seconds: float = 15) -> list[Letter]:
        limit = time.monotonic() + seconds
        found: list[Letter] = []
        while not found and time.monotonic() < limit:
            time.sleep(0.2)
            for path in (shop.instance / "mail").glob("*.eml"):
                source = message_from_bytes(path.read_bytes(), policy=policy.default)
                if source["To"] == address:
                    plain = source.get_body(("plain",))
                    rich = source.get_body(("html",))
                    assert plain is not None
                    assert rich is not None
                    found.append(
                        Letter(str(source["Subject"]), plain.get_content(), rich.get_content())
                    )
        return found

    return read
