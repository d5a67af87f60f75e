"""`make test`: every test, on SQLite, on PostgreSQL, in the browser, and under the hammer.

REQUIRE_ALL_TESTS=1 makes a missing browser, database or judge of pages a failure instead of a skip (CI does).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from ops import markup

ROOT: Final = Path(__file__).resolve().parents[1]
PYTEST: Final = [sys.executable, "-m", "pytest", "-q"]
QUICK: Final = "not browser and not hammer"
COVERAGE: Final = ["--cov=app", "--cov-branch", "--cov-report="]
STAGES: Final = (
    ("rules, services and pages on SQLite", ["-n", "2", "-m", QUICK, *COVERAGE]),
    (
        "the same on PostgreSQL",
        ["-n", "2", "-m", QUICK, "--database=postgres", *COVERAGE, "--cov-append"],
    ),
    ("journeys in a browser", ["-m", "browser"]),
    ("many processes at once", ["-m", "hammer"]),
)


def main() -> int:
    """Run the stages; a stage that fails does not hide the next one."""
    os.chdir(ROOT)
    failed = []
    pages = tempfile.mkdtemp(prefix="pages-")
    os.environ["KEEP_PAGES"] = pages
    for name, arguments in STAGES:
        sys.stderr.write(f"\n== {name}\n")
        sys.stderr.flush()
        began = time.monotonic()
        if subprocess.run([*PYTEST, *arguments], check=False).returncode:
            failed.append(name)
        sys.stderr.write(f"== {time.monotonic() - began:.0f} s\n")
    sys.stderr.write("\n== the markup of every page\n")
    sys.stderr.flush()
    if not markup.is_clean(Path(pages)):
        failed.append("markup")
    shutil.rmtree(pages)
    sys.stderr.write("\n== coverage of app/, branches included\n")
    sys.stderr.flush()
    if subprocess.run([sys.executable, "-m", "coverage", "report"], check=False).returncode:
        failed.append("coverage")
    sys.stderr.write("\n" + (f"failed: {', '.join(failed)}" if failed else "all passed") + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
