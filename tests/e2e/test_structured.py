"""What machines read off pages is judged by the structured data testing tool."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from ops.pages import CARD, Found, go

if TYPE_CHECKING:
    from collections.abc import Callable

    from ops.pages import Address
    from tests.e2e.people import Window

pytestmark = pytest.mark.browser

TOOL: Final = Path(__file__).parents[1] / "tools/node_modules/.bin/sdtt"
DESCRIBED: Final[dict[str, tuple[Address, str]]] = {
    "product": (Found("/products", CARD), "Product"),
    "producer": (Found("/producers", "main a[href*='/producers/']"), "Organization"),
    "showroom": (Found("/showrooms", "main a[href*='/showrooms/']"), "Store"),
    "village": (Found("/villages", "main a[href*='/villages/']"), "TouristAttraction"),
    "fair": (Found("/fairs", "main a[href*='/fairs/']"), "Event"),
    "story": (Found("/stories", "main a[href*='/stories/']"), "Article"),
}


@pytest.mark.parametrize("what", DESCRIBED)
def test_a_page_describes_itself_to_machines(visit: Callable[..., Window], what: str) -> None:
    node = shutil.which("node")
    if node is None or not TOOL.exists():
        assert not os.environ.get("REQUIRE_ALL_TESTS"), "the testing tool is not installed"
        pytest.skip("npm has not fetched the testing tool")
    address, kind = DESCRIBED[what]
    window = visit(lang="en")
    go(window.page, address, "en")

    judged = subprocess.run(
        [
            *(node, str(TOOL), "--url", window.page.url),
            *("--presets", "Google", "--schemas", f"jsonld:{kind},jsonld:BreadcrumbList"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert judged.returncode == 0, judged.stdout
    assert "Failed: 0" in judged.stdout
