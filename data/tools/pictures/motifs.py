"""Motifs of the regions, after weaving, pottery and carving: drawn as tiles that repeat."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Colours = Sequence[str]
    Pen = ImageDraw.ImageDraw

FINE: Final = 3


def _diamond(pen: Pen, x: float, y: float, r: float, colour: str, *, tall: float = 1.0) -> None:
    pen.polygon([(x - r, y), (x, y - r * tall), (x + r, y), (x, y + r * tall)], fill=colour)


def diamonds(pen: Pen, n: float, c: Colours) -> None:
    """Nested diamonds between small triangles, as in the north's highlands."""
    for x in (0, n):
        _diamond(pen, x, n / 2, n * 0.26, c[3])
        _diamond(pen, x, n / 2, n * 0.13, c[0])
    _diamond(pen, n / 2, n / 2, n * 0.46, c[1])
    _diamond(pen, n / 2, n / 2, n * 0.31, c[0])
    _diamond(pen, n / 2, n / 2, n * 0.22, c[2])
    _diamond(pen, n / 2, n / 2, n * 0.09, c[4])
    for x in (0, n):
        for y, up in ((0, 1), (n, -1)):
            pen.polygon([(x - n * 0.2, y), (x + n * 0.2, y), (x, y + up * n * 0.2)], fill=c[2])


def waves(pen: Pen, n: float, c: Colours) -> None:
    """Rows of waves, for the coast."""
    for row, shift in ((-0.1, 0.5), (0.35, 0.0), (0.8, 0.5)):
        for at in (-1, 0, 1):
            x, y = (at + shift + 0.5) * n, (row + 0.45) * n
            for share, colour in ((0.5, c[1]), (0.4, c[0]), (0.31, c[2]), (0.2, c[0]), (0.1, c[1])):
                r = share * n
                pen.pieslice([x - r, y - r, x + r, y + r], 180, 360, fill=colour)


def lotus(pen: Pen, n: float, c: Colours) -> None:
    """A lotus flower over water, for the deltas."""
    x, y = n / 2, n * 0.8
    for angle, colour in ((-72, c[2]), (72, c[2]), (-40, c[1]), (40, c[1]), (0, c[3])):
        a = math.radians(angle)
        tip = (x + math.sin(a) * n * 0.62, y - math.cos(a) * n * 0.62)
        mid = 0.34 * n
        width = 0.15 * n
        left = (
            x + math.sin(a) * mid - math.cos(a) * width,
            y - math.cos(a) * mid - math.sin(a) * width,
        )
        right = (
            x + math.sin(a) * mid + math.cos(a) * width,
            y - math.cos(a) * mid + math.sin(a) * width,
        )
        pen.polygon(_curve((x, y), left, tip) + _curve(tip, right, (x, y)), fill=colour)
    pen.rectangle([0, n * 0.86, n, n * 0.92], fill=c[2])
    for at in range(4):
        pen.ellipse([n * (at + 0.4) / 4, n * 0.945, n * (at + 0.6) / 4, n * 0.995], fill=c[1])


def _curve(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> list[tuple[float, float]]:
    out = []
    control = (2 * b[0] - (a[0] + c[0]) / 2, 2 * b[1] - (a[1] + c[1]) / 2)
    for step in range(13):
        t = step / 12
        out.append(
            tuple((1 - t) ** 2 * a[k] + 2 * t * (1 - t) * control[k] + t * t * c[k] for k in (0, 1))
        )
    return out  # type: ignore[return-value]


def highland(pen: Pen, n: float, c: Colours) -> None:
    """Zigzags and triangles between lines, as woven in the Central Highlands."""
    pen.rectangle([0, 0, n, n * 0.07], fill=c[1])
    pen.rectangle([0, n * 0.93, n, n], fill=c[1])
    pen.rectangle([0, n * 0.11, n, n * 0.135], fill=c[2])
    pen.rectangle([0, n * 0.865, n, n * 0.89], fill=c[2])
    for at in (0, 1):
        x = at * n / 2
        pen.polygon([(x, n * 0.84), (x + n / 4, n * 0.5), (x + n / 2, n * 0.84)], fill=c[1])
        pen.polygon(
            [(x + n * 0.12, n * 0.84), (x + n / 4, n * 0.66), (x + n * 0.38, n * 0.84)], fill=c[2]
        )
        pen.polygon([(x, n * 0.16), (x + n / 4, n * 0.45), (x + n / 2, n * 0.16)], fill=c[3])
        pen.polygon(
            [(x + n * 0.14, n * 0.16), (x + n / 4, n * 0.29), (x + n * 0.36, n * 0.16)], fill=c[4]
        )
        _diamond(pen, x, n / 2, n * 0.08, c[4])
    _diamond(pen, n, n / 2, n * 0.08, c[4])


def cham(pen: Pen, n: float, c: Colours) -> None:
    """Stepped towers and hooks, after Chăm cloth."""
    steps = 5
    for step in range(steps):
        w = n * (0.46 - 0.085 * step)
        y = n * (0.9 - 0.14 * step)
        pen.rectangle([n / 2 - w, y - n * 0.14, n / 2 + w, y], fill=c[1 + step % 3])
    for x in (0, n):
        for step in range(3):
            w, y = n * (0.2 - 0.06 * step), n * (0.04 + 0.13 * step)
            pen.rectangle([x - w, y, x + w, y + n * 0.13], fill=c[3 - step % 2])
    _diamond(pen, n / 2, n * 0.72, n * 0.1, c[4])
    pen.rectangle([0, n * 0.93, n, n * 0.98], fill=c[2])


def khmer(pen: Pen, n: float, c: Colours) -> None:
    """Flame-shaped leaves side by side, after Khmer carving."""
    for x, size, colour in ((0.0, 0.6, c[2]), (1.0, 0.6, c[2]), (0.5, 0.86, c[1])):
        for share, shade in ((1.0, colour), (0.68, c[0]), (0.42, c[3])):
            h, w = n * size * share, n * 0.27 * share * (1 if size > 0.7 else 0.85)
            base = n * 0.9
            top = (x * n, base - h)
            pen.polygon(
                _curve((x * n, base), (x * n - w, base - h * 0.42), top)
                + _curve(top, (x * n + w, base - h * 0.42), (x * n, base)),
                fill=shade,
            )
    pen.rectangle([0, n * 0.91, n, n * 0.96], fill=c[1])


def ears(pen: Pen, n: float, c: Colours) -> None:
    """Ears of rice, for the plains of the south-east."""
    for x, lean, colour in ((0.26, -1, c[1]), (0.74, 1, c[2])):
        for at in range(6):
            y = n * (0.86 - at * 0.13)
            for side in (-1, 1):
                cx, cy = n * x + side * n * 0.08 + lean * at * n * 0.012, y - n * 0.04
                pen.polygon(
                    [
                        (cx - side * n * 0.07, cy + n * 0.09),
                        (cx + side * n * 0.03, cy + n * 0.03),
                        (cx + side * n * 0.07, cy - n * 0.09),
                        (cx - side * n * 0.03, cy - n * 0.02),
                    ],
                    fill=colour,
                )
        pen.line(
            [(n * x, n * 0.98), (n * x + lean * n * 0.07, n * 0.1)],
            fill=c[3],
            width=max(1, int(n * 0.025)),
        )
    pen.rectangle([0, n * 0.96, n, n], fill=c[3])


MOTIFS: Final[dict[str, Callable[[Pen, float, Colours], None]]] = {
    one.__name__: one for one in (diamonds, waves, lotus, highland, cham, khmer, ears)
}


@cache
def tile(name: str, size: int, colours: tuple[str, ...]) -> Image.Image:
    """Draw one tile of a motif."""
    large = Image.new("RGB", (size * FINE, size * FINE), colours[0])
    MOTIFS[name](ImageDraw.Draw(large), size * FINE, colours)
    return large.resize((size, size), Image.Resampling.LANCZOS)


def cover(name: str, width: int, height: int, size: int, colours: tuple[str, ...]) -> Image.Image:
    """Cover a surface with a motif; whole tiles across, so that it closes around a jar."""
    across = max(1, round(width / size))
    size = max(4, math.ceil(width / across))
    one = tile(name, size, colours)
    out = Image.new("RGB", (width, height), colours[0])
    for row in range(math.ceil(height / size)):
        for column in range(across):
            out.paste(one, (column * width // across, row * size))
    return out


def band(name: str, width: int, height: int, colours: tuple[str, ...]) -> Image.Image:
    """A strip of a motif, one tile high."""
    return cover(name, width, height, height, colours)
