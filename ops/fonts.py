"""Make the web fonts of static/fonts/ from the faces in data/fonts/: `python -m ops.fonts`.

Of each face two files are made: one with every letter of Vietnamese and English and the signs that pages show,
which a first visit loads, and one with the rest, which a browser fetches when such a sign is on the page.
Hints go, kerning stays. The display face is pinned to its one weight, and renamed: its authors reserve its name
for what they made themselves. `--measure FONT` prints how a system's font must be stretched to stand in for ours.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCES: Final = ROOT / "data" / "fonts"
TARGET: Final = ROOT / "static" / "fonts"
VIETNAMESE: Final = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" + "".join(
    map(chr, range(0x1EA0, 0x1EFA))
)
SIGNS: Final = "\u00a0–—“”‘’…·×−½¼¾₫€°²³©«»•±§®→←"
MAIN: Final = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(VIETNAMESE + SIGNS)
SMALLEST_KERN: Final = 30
FAMILY_NAMES: Final = frozenset({1, 3, 4, 6, 16, 25})
# What a page is made of: a sample to compare widths by.
SAMPLE: Final = (
    "Đặc sản làng quê Việt Nam có nguồn gốc rõ ràng, sao nào cũng có giấy chứng nhận ai cũng tra được. "
    "Village goods with provenance: every star comes from a certificate that anyone can check. 0123456789"
)


@dataclass(frozen=True, slots=True)
class Face:
    """A face of ours: the files that it is made of, in the order in which their glyphs are taken."""

    name: str
    parts: tuple[str, ...]
    weight: int
    renamed: str = ""


FACES: Final = (
    *(
        Face(
            f"be-vietnam-pro-{weight}",
            tuple(
                f"be-vietnam-pro-{part}-{weight}-normal.woff2" for part in ("latin", "vietnamese")
            ),
            weight,
        )
        for weight in (400, 600)
    ),
    Face(
        "phien-serif-600",
        ("lora-latin-wght-normal.woff2", "lora-vietnamese-wght-normal.woff2"),
        600,
        renamed="Phien Serif",
    ),
)


def main() -> int:
    """Make every file and tell its weight."""
    parser = argparse.ArgumentParser(prog="python -m ops.fonts", description=__doc__)
    parser.add_argument("--measure", type=Path, nargs=2, metavar=("OURS", "THEIRS"))
    given = parser.parse_args()
    if given.measure:
        say(stand_in(*(TTFont(path) for path in given.measure)))
        return 0
    for face in FACES:
        for name, characters in halves(face):
            font = drawn(face, characters)
            path = TARGET / f"{name}.woff2"
            font.save(path)
            say(f"{path.stat().st_size:>7}  {path.name}  {ranges(font)}")
    return 0


def halves(face: Face) -> list[tuple[str, set[str]]]:
    """Divide what a face can write into what everybody needs and the rest."""
    able = {
        chr(code)
        for part in face.parts
        for code in TTFont(SOURCES / part).getBestCmap()
        if code >= ord(" ")
    }
    return [(face.name, able & MAIN), (f"{face.name}-rest", able - MAIN)]


def drawn(face: Face, characters: set[str]) -> Any:  # noqa: ANN401 - fontTools is untyped
    """Join the parts of a face and keep only some characters."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, part in enumerate(face.parts):
            font = TTFont(SOURCES / part, recalcTimestamp=False)
            if "fvar" in font:
                font = instancer.instantiateVariableFont(font, {"wght": face.weight})
            font.flavor = None
            paths.append(f"{folder}/{number}.ttf")
            font.save(paths[-1])
        joined = Merger().merge(paths)
        made = TTFont(paths[0])["head"].created
    options = subset.Options(
        hinting=False,
        layout_features=["kern", "liga"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        glyph_names=False,
        notdef_outline=False,
        recalc_timestamp=False,
    )
    chosen = subset.Subsetter(options)
    chosen.populate(text="".join(sorted(characters)))
    chosen.subset(joined)
    if "GPOS" in joined:
        drop_small_kerns(joined)
    if face.renamed:
        rename(joined, face.renamed)
    joined["head"].created = joined["head"].modified = made
    joined.recalcTimestamp = False
    joined.flavor = "woff2"
    return joined


def drop_small_kerns(font: Any) -> None:  # noqa: ANN401
    """Keep single pairs only between plain letters and where they can be seen; classes stay whole."""
    plain = {glyph for code, glyph in font.getBestCmap().items() if chr(code).isascii()}
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for outer in lookup.SubTable:
            table = getattr(outer, "ExtSubTable", outer)
            if not hasattr(table, "PairSet"):
                continue
            kept = []
            for first, pairs in zip(table.Coverage.glyphs, table.PairSet, strict=True):
                pairs.PairValueRecord = [
                    one
                    for one in pairs.PairValueRecord
                    if {first, one.SecondGlyph} <= plain
                    and one.Value1
                    and abs(one.Value1.XAdvance) >= SMALLEST_KERN
                ]
                pairs.PairValueCount = len(pairs.PairValueRecord)
                if pairs.PairValueRecord:
                    kept.append((first, pairs))
            table.Coverage.glyphs = [first for first, _pairs in kept]
            table.PairSet = [pairs for _first, pairs in kept]
            table.PairSetCount = len(kept)


def rename(font: Any, family: str) -> None:  # noqa: ANN401
    """Give a face another name, and leave the notice of its authors."""
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            record.string = family.replace(" ", "") if record.nameID in {3, 6} else family


def ranges(font: Any) -> str:  # noqa: ANN401
    """Write what a font can write as a `unicode-range`."""
    parts: list[list[int]] = []
    for code in sorted(font.getBestCmap()):
        if parts and code == parts[-1][1] + 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return ", ".join(f"U+{a:04X}" if a == b else f"U+{a:04X}-{b:04X}" for a, b in parts)


def stand_in(ours: Any, theirs: Any) -> str:  # noqa: ANN401
    """Write the descriptors with which a line in their font takes the room of one in ours."""
    shared = [
        one for one in SAMPLE if all(ord(one) in font.getBestCmap() for font in (ours, theirs))
    ]
    size = width(ours, shared) / width(theirs, shared)
    unit = ours["head"].unitsPerEm
    up, down, gap = (
        getattr(ours["hhea"], name) / unit / size for name in ("ascent", "descent", "lineGap")
    )
    return (
        f"size-adjust: {size:.2%}; ascent-override: {up:.2%}; "
        f"descent-override: {-down:.2%}; line-gap-override: {gap:.2%};"
    )


def width(font: Any, characters: list[str]) -> float:  # noqa: ANN401
    """Measure a line in a font, as a share of its size."""
    known, advances = font.getBestCmap(), font["hmtx"].metrics
    units: int = font["head"].unitsPerEm
    return sum(float(advances[known[ord(one)]][0]) for one in characters) / units


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
