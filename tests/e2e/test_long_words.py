"""In a language with long words nothing is cut off, runs out of its button or pushes the page sideways."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from ops import pseudo
from ops.pages import PUBLIC, go
from tests.e2e.conftest import ROOT, wait_for
from tests.e2e.people import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# Labels are looked at: they hold brackets. What may be cut: names on cards (two lines by design), rows that scroll, words for screen readers only.
MAY_BE_CUT: Final = (
    ".visually-hidden, .skip-link, [class*=card__name], [class*=card__name] *, [class*=card__lead], "
    "[class*=rail], [class*=gallery], [class*=strip], svg, svg *, picture, img, textarea, select, "
    "input, table, [hidden], .visually-hidden *"
)
CUT: Final = """
(mayBeCut) => {
  const faults = [];
  const say = (what, one) => faults.push(
    `${what}: <${one.tagName.toLowerCase()} class="${one.getAttribute('class') || ''}"> ` +
    one.textContent.trim().slice(0, 60));
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) faults.push(`the page is ${page.scrollWidth} wide`);
  for (const one of document.body.querySelectorAll('*')) {
    if (!one.offsetParent || one.clientWidth === 1 || one.matches(mayBeCut) || !one.textContent.includes('⟦')) continue;
    const style = getComputedStyle(one);
    const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
    if (one.textContent.trim() && hides && one.scrollWidth > one.clientWidth + 1) say('cut off', one);
    if (one.textContent.trim() && style.overflowY === 'hidden' && style.whiteSpace === 'nowrap' &&
        one.scrollHeight > one.clientHeight + 1) say('cut below', one);
    if (one.matches('button, .button') && one.clientWidth && one.scrollWidth > one.clientWidth + 1) {
      say('runs out of its button', one);
    }
  }
  const bar = [...document.querySelectorAll('header a, header button, header input')]
    .filter((one) => one.offsetParent && !one.closest('[hidden], details:not([open]) > *:not(summary), dialog') &&
      !one.matches('.skip-link, .visually-hidden'));
  for (const [at, one] of bar.entries()) {
    const a = one.getBoundingClientRect();
    if (!a.width || !a.height) continue;
    for (const other of bar.slice(at + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const b = other.getBoundingClientRect();
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (b.width && across > 1 && down > 1 && getComputedStyle(one).position !== 'absolute' &&
          getComputedStyle(other).position !== 'absolute' && !one.closest('form') && !other.closest('form')) {
        say('overlaps in the header', one);
      }
    }
  }
  return faults;
}
"""


@pytest.fixture(scope="module")
def long_worded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The shop in the made-up language; its address."""
    instance = tmp_path_factory.mktemp("long")
    pseudo.write(instance)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = ("OCOP_", "DATABASE_URL", "BASE_URL", "MAIL_URL", "REDIS_URL", "COV_", "PYTEST")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environ |= {"OCOP_INSTANCE": str(instance), "PORT": str(port), "WEB_CONCURRENCY": "1"}
    with (instance / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ops.serve"],
            cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(40)


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_long_words_have_room(chromium: Browser, long_worded: str, width: str) -> None:
    across, down = WIDTHS[width]
    context = chromium.new_context(
        viewport={"width": across, "height": down}, base_url=long_worded, service_workers="block"
    )
    page = context.new_page()
    faults: dict[str, str] = {}
    for endpoint in sorted(set(PUBLIC) - {"living.components"}):
        go(page, PUBLIC[endpoint][0], pseudo.CODE)
        for fault in page.evaluate(CUT, MAY_BE_CUT):
            faults.setdefault(fault, page.url)
    context.close()

    assert [f"{url}: {fault}" for fault, url in faults.items()] == []
