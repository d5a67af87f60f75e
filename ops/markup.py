"""The Nu HTML checker over the pages that tests opened: no message of any kind.

python -m ops.markup <folder of .html files>
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

# A form that is refused keeps the year that was typed, however unlikely it is.
TYPED: Final = "Year may be mistyped"
CHECKER: Final = (
    Path(__file__).resolve().parents[1] / "tests/tools/node_modules/vnu-jar/build/dist/vnu.jar"
)


def is_clean(folder: Path) -> bool:
    """Say each kind of fault once, with the pages that have it; without a checker, say so."""
    java = shutil.which("java")
    if java is None or not CHECKER.exists():
        sys.stderr.write("the Nu checker needs Java, and npm to fetch it: left out\n")
        return not os.environ.get("REQUIRE_ALL_TESTS")
    files = sorted(folder.glob("*.html"))
    if not files:
        sys.stderr.write("no page was kept\n")
        return False
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect"]
    run = subprocess.run(
        [java, "-Xss8m", "-jar", str(CHECKER), *options, *map(str, files)],
        check=False,
        capture_output=True,
    )
    found: dict[str, list[str]] = {}
    for one in json.loads(run.stdout)["messages"]:
        if TYPED in one["message"]:
            continue
        found.setdefault(f"{one['type']}: {one['message']}", []).append(place(one))
    for message, places in found.items():
        sys.stderr.write(f"{message}\n    {len(places)} times, first {places[0]}\n")
    sys.stderr.write(f"{len(files)} pages, {len(found)} kinds of message\n")
    return not found


def place(message: dict[str, Any]) -> str:
    """Name the page, the line and the words."""
    name = message.get("url", "").rsplit("/", 1)[-1]
    words = " ".join(message.get("extract", "").split())
    return f"{name}:{message.get('lastLine', 0)}: {words[:160]}"


if __name__ == "__main__":
    sys.exit(0 if is_clean(Path(sys.argv[1])) else 1)
