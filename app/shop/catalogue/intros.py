"""What is told of a category above its goods, and what a buyer looks for; read once a process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from app.foundation.localized import LocalizedText

FILE: Final = Path(__file__).parent / "data" / "categories.json"


@dataclass(frozen=True, slots=True)
class CategoryIntro:
    """What the goods of a category are, and what tells a good one."""

    about: LocalizedText
    look: LocalizedText


def category_intro(line: tuple[str, ...]) -> CategoryIntro | None:
    """Tell of a category by its line from the industry down: its own words, else those above it."""
    known = _intros()
    return next((known[code] for code in reversed(line) if code in known), None)


@cache
def _intros() -> dict[str, CategoryIntro]:
    texts = json.loads(FILE.read_text(encoding="utf-8"))["categories"]
    return {
        code: CategoryIntro(LocalizedText.of(one["about"]), LocalizedText.of(one["look"]))
        for code, one in texts.items()
    }
