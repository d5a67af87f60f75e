"""Whole typefaces for drawing labels, made of the two subsets that each came in."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from PIL import ImageFont

FONTS: Final = Path(__file__).resolve().parents[2] / "fonts"
MADE: Final = Path(gettempdir()) / "chophien-typefaces"
FACES: Final = {
    "lora": ("lora-{}-wght-normal.woff2", 620),
    "text": ("be-vietnam-pro-{}-400-normal.woff2", None),
    "strong": ("be-vietnam-pro-{}-600-normal.woff2", None),
}


def _made(name: str) -> Path:
    path = MADE / f"{name}.ttf"
    if path.exists():
        return path
    MADE.mkdir(parents=True, exist_ok=True)
    pattern, weight = FACES[name]
    halves = []
    for subset in ("latin", "vietnamese"):
        font = TTFont(FONTS / pattern.format(subset))
        if weight is not None:
            font = instantiateVariableFont(font, {"wght": weight})
        font.flavor = None
        half = MADE / f"{name}-{subset}.ttf"
        font.save(half)
        halves.append(str(half))
    whole = Merger().merge(halves)
    whole.save(path)
    return path


@cache
def face(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Give a typeface at a size."""
    return ImageFont.truetype(str(_made(name)), size)


@cache
def letters(name: str) -> frozenset[int]:
    """List the characters that a typeface can draw."""
    with TTFont(_made(name)) as font:
        return frozenset(font.getBestCmap())


def whole(text: str, name: str = "lora") -> str:
    """Compose the letters of a text. Raises `ValueError` where the typeface lacks one."""
    composed = unicodedata.normalize("NFC", text)
    missing = {letter for letter in composed if ord(letter) not in letters(name)}
    if missing:
        message = f"{name} cannot draw {missing} of {text!r}"
        raise ValueError(message)
    return composed
