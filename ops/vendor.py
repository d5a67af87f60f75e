"""Fetch the vendored files anew and compare them with what is kept: `python -m ops.vendor [--write]`.

For whoever changes a version in static/vendor/VENDOR.toml. It needs npm; running the shop does not.
Files that were changed after fetching (sprites, maps) name their changes and are only hashed.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
LIST: Final = ROOT / "static" / "vendor" / "VENDOR.toml"


def main() -> int:
    """Compare every file, or with --write copy the unchanged ones; tell how many differ."""
    wants_copies = "--write" in sys.argv[1:]
    differing = 0
    for package in tomllib.loads(LIST.read_text(encoding="utf-8"))["package"]:
        fetched = {} if "changes" in package else fetch(package)
        for one in package["file"]:
            path = ROOT / one["path"]
            if wants_copies and one["source"] in fetched:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(fetched[one["source"]])
            seen = {digest(path.read_bytes())} | {
                digest(data) for source, data in fetched.items() if source == one["source"]
            }
            if seen != {one["sha256"]}:
                differing += 1
                print(f"{one['path']}: {', '.join(sorted(seen))} instead of {one['sha256']}")
    print("Every vendored file is as listed." if not differing else f"{differing} differ.")
    return int(bool(differing))


def fetch(package: dict[str, Any]) -> dict[str, bytes]:
    """Read a package's listed files out of its npm tarball."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", f"{package['name']}@{package['version']}"],  # noqa: S607
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (tarball,) = Path(folder).glob("*.tgz")
        files = {}
        with tarfile.open(tarball) as archive:
            for one in package["file"]:
                member = archive.extractfile(f"package/{one['source']}")
                if member is not None:
                    files[one["source"]] = member.read()
        return files


def digest(data: bytes) -> str:
    """Hash a file as the list does."""
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
