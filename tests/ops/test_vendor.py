"""Files that other people made are as they were fetched, with their licence beside them."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = tomllib.loads((ROOT / "static" / "vendor" / "VENDOR.toml").read_text(encoding="utf-8"))


def test_every_vendored_file_is_as_it_was_fetched() -> None:
    for package in PACKAGES["package"]:
        assert (ROOT / package["licence_file"]).is_file()
        for one in package["file"]:
            data = (ROOT / one["path"]).read_bytes()

            if "changes" in package:
                continue  # made from theirs, and grows with the shop
            assert hashlib.sha256(data).hexdigest() == one["sha256"], one["path"]


def test_every_vendored_script_is_listed() -> None:
    listed = {one["path"] for package in PACKAGES["package"] for one in package["file"]}
    kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / "static/vendor").rglob("*.js")}

    assert kept <= listed
