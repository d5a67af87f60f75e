"""Pictures of every page at the widths of a phone and of a desk, in both themes and languages, on contact sheets.

    python -m ops.screenshots [--url http://127.0.0.1:8000] [--only home,product] [--desks]

Without a URL a shop of its own is started with fresh demonstration data. Written to instance/screenshots/.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from ops.pages import DESKS, PUBLIC, go

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


ROOT: Final = Path(__file__).resolve().parents[1]
TARGET: Final = ROOT / "instance" / "screenshots"
WIDTHS: Final = {"phone": (390, 844), "desk": (1280, 900)}
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
LANGUAGES: Final = ("vi", "en")
PASSWORD: Final = "ocop-demo"  # noqa: S105 - the demonstration's, printed by `make run`
START_SECONDS: Final = 240
FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# A contact sheet: columns of pictures of this width, cut at this height.
COLUMNS: Final = {"phone": 8, "desk": 4}
CELL: Final = {"phone": (260, 1_100), "desk": (480, 1_100)}


def main() -> int:
    """Take the pictures and lay them out."""
    parser = argparse.ArgumentParser(description="Pictures of every page.")
    parser.add_argument("--url", help="a running shop; one is started without it")
    parser.add_argument("--only", default="", help="endpoints whose name ends so, by comma")
    parser.add_argument("--desks", action="store_true", help="the desks besides")
    asked = parser.parse_args()
    only = tuple(filter(None, asked.only.split(",")))
    with shop(asked.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for width in WIDTHS:
            for theme in THEMES:
                for lang in LANGUAGES:
                    folder = TARGET / f"{width}-{theme}-{lang}"
                    shutil.rmtree(folder, ignore_errors=True)
                    folder.mkdir(parents=True)
                    public_pages(browser, url, folder, width, theme, lang, only)
                    if asked.desks:
                        desks(browser, url, folder, width, theme, lang)
                    sys.stderr.write(f"{sheet(folder, width)}\n")
        browser.close()
    return 0


@contextmanager
def shop(url: str | None) -> Iterator[str]:
    """Give the address of a shop: the one named, or one of our own with fresh data."""
    if url:
        yield url
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as instance:
        environ = os.environ | {"OCOP_INSTANCE": instance, "PORT": str(port)}
        process = subprocess.Popen(
            [sys.executable, "-m", "ops.serve"], cwd=ROOT, env=environ, start_new_session=True
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(40)


def wait_for(url: str) -> None:
    """Wait until a server answers. Raises `TimeoutError` after four minutes."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise TimeoutError(url)


def window(
    browser: Browser, url: str, width: str, theme: Literal["light", "dark"], lang: str
) -> Page:
    """Open a window that is wide, dark and speaks as asked."""
    across, down = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": across, "height": down},
        color_scheme=theme,
        locale=lang,
        base_url=url,
        reduced_motion="reduce",
    )
    return context.new_page()


def public_pages(
    browser: Browser,
    url: str,
    folder: Path,
    width: str,
    theme: Literal["light", "dark"],
    lang: str,
    only: tuple[str, ...],
) -> None:
    """Picture each public page."""
    page = window(browser, url, width, theme, lang)
    for endpoint, addresses in PUBLIC.items():
        if only and not endpoint.endswith(only):
            continue
        for at, address in enumerate(addresses):
            go(page, address, lang)
            take(page, folder / f"{endpoint}-{at}.png")
    page.context.close()


def desks(
    browser: Browser,
    url: str,
    folder: Path,
    width: str,
    theme: Literal["light", "dark"],
    lang: str,
) -> None:
    """Picture each page that a desk's menu leads to."""
    for account, path in DESKS.items():
        page = window(browser, url, width, theme, lang)
        page.goto(f"/{lang}/sign-in")
        page.locator("[name=email]").fill(account)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_url(lambda address: "/sign-in" not in address)
        page.goto(f"/{lang}{path}")
        entries = page.locator(".desk__nav a").evaluate_all("all => all.map(a => a.href)")
        for at, address in enumerate(entries or [page.url]):
            page.goto(address)
            take(page, folder / f"zz-{account.split('@')[0]}-{at}.png")
        page.context.close()


def take(page: Page, path: Path) -> None:
    """Picture the whole page, lazy pictures included."""
    page.evaluate(
        "document.querySelectorAll('img[loading=lazy]').forEach(one => { one.loading = 'eager'; })"
    )
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, full_page=True)


def sheet(folder: Path, width: str) -> Path:
    """Lay the pictures of a folder out on one."""
    across, down = CELL[width]
    columns = COLUMNS[width]
    files = sorted(folder.glob("*.png"))
    rows = -(-len(files) // columns)
    whole = Image.new("RGB", (columns * (across + 12), rows * (down + 32)), "#777777")
    pen = ImageDraw.Draw(whole)
    for at, path in enumerate(files):
        left, top = at % columns * (across + 12), at // columns * (down + 32)
        with Image.open(path) as picture:
            height = round(picture.height * across / picture.width)
            small = picture.convert("RGB").resize((across, height))
        whole.paste(small.crop((0, 0, across, min(height, down))), (left, top + 20))
        pen.text((left, top + 4), path.stem, fill="white")
    target = folder.with_suffix(".jpg")
    whole.save(target, quality=82)
    return target


if __name__ == "__main__":
    sys.exit(main())
