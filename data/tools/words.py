"""Read the curated tables and write the finished files, in one way everywhere."""

import csv
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent
CURATION = DATA / "curation"
SOURCES = DATA / "sources"

Row = dict[str, str]


def fold(text: str) -> str:
    """Return *text* in lower case without Vietnamese marks, for comparing and for keys."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    marks = unicodedata.normalize("NFD", plain)
    return "".join(c for c in marks if not unicodedata.combining(c)).lower()


def slug(text: str, limit: int = 70) -> str:
    """Return an ASCII key for *text*, cut at a whole word when it is long."""
    key = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    if len(key) > limit:
        key = key[: limit + 1].rsplit("-", 1)[0]
    return key


def unique(key: str, taken: set[str], *endings: str) -> str:
    """Return *key*, lengthened by the first ending (or a number) that makes it unique."""
    numbers = (str(n) for n in range(2, 100))
    for ending in ("", *endings, *numbers):
        candidate = f"{key}-{slug(ending)}" if ending else key
        if candidate not in taken:
            taken.add(candidate)
            return candidate
    raise ValueError(key)


def chance(*parts: object) -> float:
    """Return a number in [0, 1) that is the same on every machine for the same parts."""
    digest = hashlib.sha256("|".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:7], "big") / 2**56


def lines(name: str) -> Iterator[list[str]]:
    """Yield the fields of each line of a curated table, leaving out comments."""
    for line in (CURATION / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("|")


def read_csv(path: Path) -> list[Row]:
    """Return the rows of a CSV file as dictionaries."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def both(vi: str, en: str) -> dict[str, str]:
    """Return a text in the two languages of the shop."""
    return {"vi": vi, "en": en}


def capital(text: str) -> str:
    """Return *text* with its first letter in upper case and the rest untouched."""
    return text[:1].upper() + text[1:]


def write(name: str, content: Any) -> None:  # noqa: ANN401 - any JSON value
    """Write a finished file as readable JSON."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (DATA / name).write_text(text + "\n", encoding="utf-8")


def load(name: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the content of a finished file."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))
