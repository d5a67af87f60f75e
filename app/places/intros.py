"""What is told of each province above its goods, two sentences in each language, read once a process."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

from app.foundation.localized import LocalizedText

FILE: Final = Path(__file__).parent / "data" / "provinces.json"


def province_intro(code: str) -> LocalizedText:
    """Tell of a province by its code; nothing for one that nobody has written about."""
    return _intros().get(code, LocalizedText())


@cache
def _intros() -> dict[str, LocalizedText]:
    texts: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))["provinces"]
    return {code: LocalizedText.of(words) for code, words in texts.items()}
