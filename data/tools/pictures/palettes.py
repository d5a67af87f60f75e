"""Colours and motifs of the regions, and the grounds that goods stand on."""

from __future__ import annotations

from typing import Final

from labels import Palette

# region: the motif, and palettes of which a producer keeps one
REGIONS: Final[dict[str, tuple[str, tuple[Palette, ...]]]] = {
    "north": (
        "diamonds",
        (
            Palette("#fbf3df", "#2e2018", "#a8321f", "#e3a63a", "#5f7f4b", "#2a3350"),
            Palette("#f7efe0", "#27303f", "#24506b", "#d98f2b", "#b3402e", "#1f3f3a"),
            Palette("#fdf4e3", "#3a2414", "#8a3b12", "#e8b24c", "#2f6f5e", "#4b1f1a"),
            Palette("#f5f1e4", "#20301f", "#3f6b3a", "#e0b040", "#a8321f", "#203a2c"),
            Palette("#fbf0e6", "#3a1a2a", "#8c2f52", "#e6b35a", "#3c5a80", "#33203f"),
        ),
    ),
    "delta": (
        "lotus",
        (
            Palette("#fbf6ea", "#2c2a1c", "#9b2d1f", "#d9a441", "#e8a6a0", "#6e1f1a"),
            Palette("#f6f5e9", "#1f3328", "#2f6b4c", "#d9b45b", "#e7a9ab", "#1f4a3a"),
            Palette("#fdf3ea", "#40202a", "#b0475f", "#e2b45f", "#7b9b62", "#5a2237"),
            Palette("#f3f4ef", "#1c2c40", "#274f7d", "#c99a3b", "#d88a86", "#1b355a"),
        ),
    ),
    "coast": (
        "waves",
        (
            Palette("#f8f3e6", "#16303a", "#1f5f70", "#d9a14b", "#c8553d", "#123f4e"),
            Palette("#fbf1e3", "#3b1a12", "#a63a22", "#e0a850", "#2d6a78", "#5a1b14"),
            Palette("#f4f5ee", "#1d2f45", "#2b5f93", "#e3b961", "#d06a4b", "#1a3b63"),
            Palette("#fdf4e0", "#2f2a18", "#8a6a1f", "#d97a3a", "#2f7070", "#3c4a34"),
        ),
    ),
    "south_coast": (
        "cham",
        (
            Palette("#fbf0e0", "#3a1710", "#a5391f", "#e3a53b", "#3d7068", "#64201a"),
            Palette("#f8f2e4", "#2a2140", "#54408a", "#e0a83f", "#c2503a", "#2f2452"),
            Palette("#fdf3e2", "#1f2f2c", "#23706a", "#e8ad4a", "#b8432f", "#164a48"),
        ),
    ),
    "highland": (
        "highland",
        (
            Palette("#f6ead2", "#2b1a10", "#8b1f18", "#d98f2b", "#3f5a43", "#2b1a14"),
            Palette("#fbf1dd", "#26221c", "#a2451c", "#e3ad4c", "#35503f", "#3d2417"),
            Palette("#f5efe0", "#1f2a22", "#35603f", "#dba13a", "#a3301f", "#1f3a2a"),
            Palette("#fcf2e4", "#331c26", "#7a2f3d", "#e0a75a", "#5a6b3a", "#401d28"),
            Palette("#f3ecdf", "#1d2733", "#2c4a66", "#d89a3c", "#9c3a26", "#1c2f45"),
        ),
    ),
    "mekong": (
        "khmer",
        (
            Palette("#fcf5e2", "#2d2a12", "#2f6e3c", "#e2b13c", "#c9582f", "#1f5034"),
            Palette("#fdf2e0", "#3a2010", "#b5541c", "#e8b53f", "#2f6b56", "#6e2c12"),
            Palette("#f7f4e6", "#1f2c3c", "#2a5d8a", "#e3b04a", "#cc6a3a", "#19426b"),
            Palette("#fcf1ea", "#3a1a30", "#8a2f63", "#e5b04c", "#3f7a5a", "#561f45"),
        ),
    ),
    "south_east": (
        "ears",
        (
            Palette("#fbf5e3", "#2c2412", "#8a5a16", "#d99f34", "#3f6b3a", "#4a3312"),
            Palette("#f6f5e8", "#20301c", "#3d6f33", "#dcb03e", "#b5482c", "#274a24"),
            Palette("#fdf1e4", "#3a1a12", "#a83a20", "#e2a93f", "#46704a", "#6a2014"),
        ),
    ),
}

OF_PROVINCE: Final = {
    **dict.fromkeys(("04", "08", "11", "12", "14", "15", "19", "20", "25"), "north"),
    **dict.fromkeys(("01", "24", "31", "33", "37"), "delta"),
    **dict.fromkeys(("22", "38", "40", "42", "44", "46", "48"), "coast"),
    **dict.fromkeys(("51", "56"), "south_coast"),
    **dict.fromkeys(("52", "66", "68"), "highland"),
    **dict.fromkeys(("75", "79", "80"), "south_east"),
    **dict.fromkeys(("82", "86", "91", "92", "96"), "mekong"),
}

# linear light, as the studio's ground reflects it
GROUNDS: Final = {
    "honey": (0.82, 0.69, 0.46),
    "clay": (0.76, 0.50, 0.36),
    "sage": (0.55, 0.64, 0.50),
    "wood": (0.66, 0.53, 0.40),
    "stone": (0.70, 0.68, 0.63),
    "wheat": (0.78, 0.66, 0.48),
    "rose": (0.76, 0.58, 0.51),
    "mist": (0.56, 0.64, 0.67),
    "mint": (0.60, 0.70, 0.58),
    "sand": (0.80, 0.71, 0.57),
    "dusk": (0.47, 0.52, 0.60),
    "plum": (0.60, 0.49, 0.52),
}


def linear(colour: str) -> tuple[float, float, float]:
    """Turn `#rrggbb` into light."""
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return r, g, b
