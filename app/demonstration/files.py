"""Reading the data folder, and numbers that follow from a key alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from app.foundation.localized import LocalizedText
from app.foundation.text import ALPHABET

FOLDER: Final = Path(__file__).resolve().parents[2] / "data"
PUBLIC_ID: Final = 8

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """Read one of the lists."""
    read: list[Row] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return read


def words_for_names() -> Row:
    """Read what names of made-up goods are put together from."""
    read: Row = json.loads((FOLDER / "demonstration-names.json").read_text(encoding="utf-8"))
    return read


def both(said: Row | None) -> LocalizedText | None:
    """Take a text in two languages, if there is one."""
    return LocalizedText.of(said) if said else None


def number_of(key: str) -> int:
    """Draw the same large number for the same key, on every machine."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")


def public_id(key: str) -> str:
    """Make the public id of a product of the data: a second run finds it again."""
    number = number_of(f"product:{key}")
    letters = []
    for _ in range(PUBLIC_ID):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    return "".join(letters)


def printed(said: Row) -> str:
    """Write an origin as its source printed it: commune, district, province."""
    parts = (said.get(name) for name in ("commune", "district", "province"))
    return ", ".join(part for part in parts if part)
