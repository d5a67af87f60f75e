"""`make lighthouse`: judge the pages that shoppers meet first as a cheap phone on a slow network sees them.

    python -m ops.lighthouse [--url http://127.0.0.1:8000] [--only product] [--lang vi] [--runs 3]

Without a URL a shop of its own is started as `make run` starts it. Scores are medians of the runs; that of speed
depends on how busy this machine is, transferred bytes and moved layout do not. Ends with 1 when a page misses its
floor. Reports are kept in instance/lighthouse/.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import sync_playwright

from ops.pages import CARD, Address, Found, go
from ops.screenshots import FLAGS, shop

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parents[1]
TOOL: Final = ROOT / "tests" / "tools" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
TARGET: Final = ROOT / "instance" / "lighthouse"
CHROMIUM: Final = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update --no-first-run"
)
PAGES: Final[dict[str, Address]] = {
    "home": "/",
    "listing": "/products",
    "product": Found("/products", CARD),
    "producer": Found("/producers", "main a[href*='/producers/']"),
    "map": "/map",
}
LANGUAGES: Final = ("vi", "en")
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
FLOORS: Final = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_SHIFT: Final = 0.02
LATEST_PAINT_MS: Final = 1_800


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was measured on a page."""

    page: str
    scores: dict[str, int]
    paint_ms: float
    shift: float
    transferred: int
    wrong: tuple[str, ...]

    @property
    def misses(self) -> list[str]:
        """Name the floors that the page does not reach."""
        missed = [name for name, floor in FLOORS.items() if self.scores[name] < floor]
        missed += ["CLS"] if self.shift > MOST_SHIFT else []
        missed += ["LCP"] if self.paint_ms > LATEST_PAINT_MS else []
        return missed


def main() -> int:
    """Judge each page in each language and print a table."""
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("--url", help="a running shop; one is started without it")
    parser.add_argument("--only", default="", help=f"some of {', '.join(PAGES)}, by comma")
    parser.add_argument("--lang", default=",".join(LANGUAGES))
    parser.add_argument("--runs", type=int, default=1)
    asked = parser.parse_args()
    if not TOOL.exists() or shutil.which("chromium") is None:
        say("make lighthouse needs npm and chromium: apt install npm chromium")
        return 1
    only = set(filter(None, asked.only.split(","))) or set(PAGES)
    TARGET.mkdir(parents=True, exist_ok=True)
    say(f"{'page':<14}{'perf':>6}{'a11y':>6}{'best':>6}{'SEO':>6}{'LCP s':>7}{'CLS':>7}{'KiB':>7}")
    verdicts = []
    with shop(asked.url) as url:
        for lang in asked.lang.split(","):
            for name, address in addresses(url, lang, only).items():
                verdict = judge(f"{name} {lang}", address, runs=asked.runs)
                verdicts.append(verdict)
                say(line(verdict))
    return 1 if any(one.misses for one in verdicts) else 0


def addresses(url: str, lang: str, only: set[str]) -> dict[str, str]:
    """Find the addresses of the pages as a visitor does."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(base_url=url)
        found = {}
        for name, address in PAGES.items():
            if name in only:
                go(page, address, lang)
                found[name] = page.url
        browser.close()
    return found


def judge(name: str, address: str, *, runs: int) -> Verdict:
    """Run Lighthouse some times and take the middle of what it measured."""
    reports = [report(f"{name}-{number}".replace(" ", "-"), address) for number in range(runs)]
    audits = [one["audits"] for one in reports]

    def middle(audit: str) -> float:
        return statistics.median(float(one[audit].get("numericValue", 0)) for one in audits)

    return Verdict(
        page=name,
        scores={
            one: round(
                100 * statistics.median(each["categories"][one]["score"] or 0 for each in reports)
            )
            for one in CATEGORIES
        },
        paint_ms=middle("largest-contentful-paint"),
        shift=middle("cumulative-layout-shift"),
        transferred=round(middle("total-byte-weight")),
        wrong=faults(reports[-1]),
    )


def report(name: str, address: str) -> Any:  # noqa: ANN401 - what JSON holds
    """Run Lighthouse once and keep its report."""
    path = TARGET / f"{name}.json"
    command: Sequence[str] = [
        str(TOOL),
        address,
        "--quiet",
        "--no-enable-error-reporting",
        "--output=json",
        f"--output-path={path}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={CHROMIUM}",
    ]
    environ = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    subprocess.run(command, env=environ, check=True, cwd=ROOT)
    return json.loads(path.read_text(encoding="utf-8"))


def faults(found: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Name the audits that fail in the categories which have no noise."""
    return tuple(
        reference["id"]
        for category in CATEGORIES[1:]
        for reference in found["categories"][category]["auditRefs"]
        if reference["weight"] and found["audits"][reference["id"]]["score"] == 0
    )


def line(one: Verdict) -> str:
    """Write a page's line of the table."""
    scores = "".join(f"{one.scores[name]:>6}" for name in CATEGORIES)
    told = (f"  misses {', '.join(one.misses)}" if one.misses else "") + (
        f" ({', '.join(one.wrong)})" if one.wrong else ""
    )
    figures = f"{one.paint_ms / 1_000:>7.1f}{one.shift:>7.3f}{one.transferred / 1_024:>7.0f}"
    return f"{one.page:<14}{scores}{figures}{told}"


def say(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
