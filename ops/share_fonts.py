"""Make the fonts that sharing cards are drawn with: one TTF a weight, from the two subsets of each web font.

`python -m ops.share_fonts` after the files in `data/fonts` change.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from ops.fonts import rename

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCES: Final = ROOT / "data" / "fonts"
TARGET: Final = ROOT / "app" / "foundation" / "fonts"
FONTS: Final = {
    "be-vietnam-pro-400.ttf": ("be-vietnam-pro-{}-400-normal.woff2", None),
    "be-vietnam-pro-600.ttf": ("be-vietnam-pro-{}-600-normal.woff2", None),
    "phien-serif-600.ttf": ("lora-{}-wght-normal.woff2", 600),
}


def make(name: str) -> None:
    """Unpack both subsets, fix the weight of a variable font, and join them."""
    pattern, weight = FONTS[name]
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for subset in ("latin", "vietnamese"):
            font = TTFont(SOURCES / pattern.format(subset))
            if weight is not None:
                font = instancer.instantiateVariableFont(font, {"wght": weight})
            font.flavor = None
            path = f"{folder}/{subset}.ttf"
            for table in ("GSUB", "GPOS", "GDEF", "STAT", "HVAR", "DSIG"):
                if table in font:
                    del font[table]
            font.save(path)
            parts.append(path)
        joined = Merger().merge(parts)
        if weight is not None:
            rename(joined, "Phien Serif")  # its own name is reserved (NOTICE.md)
        joined.save(TARGET / name)


if __name__ == "__main__":
    for one in FONTS:
        make(one)
