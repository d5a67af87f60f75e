"""Drawings without words: cloth, painted pottery, a picture of rice grains, the side of a box."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Final

from motifs import band, cover
from PIL import Image, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from labels import Palette

COBALTS: Final = ("#1d3f8f", "#2b5590", "#16336b", "#3a4f9a", "#1f5a86")
FIELDS: Final = {"ripe": "#c9a444", "young": "#a8bc58", "water": "#b8c4b4", "green": "#6f8f3c"}
WHITES: Final = ("#f3f4f0", "#f1efe6", "#eef2f2")


def cloth(p: Palette, motif: str, number: int) -> Image.Image:
    """Stripes of the region's weave."""
    chance = random.Random(number)  # noqa: S311 - the same for the same product
    out = Image.new("RGB", (1200, 1000), p.deep)
    pen = ImageDraw.Draw(out)
    y, turn = 0, 0
    grounds = (p.on_deep, (p.accent, p.second, p.paper, p.third, p.deep), p.on_paper)
    while y < out.height:
        h = chance.choice((90, 110, 130))
        out.paste(band(motif, out.width, h, grounds[turn % 3 if number % 2 else turn % 2]), (0, y))
        y += h
        for colour, thick in ((p.second, 12), (p.third, 22), (p.paper, 6)):
            pen.rectangle([0, y, out.width, y + thick], fill=colour)
            y += thick
        turn += 1
    return out


def blue(p: Palette, number: int) -> Image.Image:
    """A white glaze painted in cobalt: flowers on scrolls between borders."""
    chance = random.Random(number)  # noqa: S311
    ink, ground = chance.choice(COBALTS), chance.choice(WHITES)
    count = chance.choice((4, 5, 6))
    petals = chance.choice((6, 8, 10, 12))
    fine = 2
    w, h = 1600 * fine, 1000 * fine
    out = Image.new("RGB", (w, h), ground)
    pen = ImageDraw.Draw(out)
    for y in (0.09, 0.2, 0.84, 0.92):
        pen.rectangle([0, y * h, w, y * h + 12 * fine], fill=ink)
    for at in range(48):
        x = w * at / 48
        pen.polygon([(x, 0.83 * h), (x + w / 96, 0.76 * h), (x + w / 48, 0.83 * h)], fill=ink)
        pen.ellipse([x + w / 160, 0.125 * h, x + w / 70, 0.175 * h], outline=ink, width=4 * fine)
    for at in range(count):
        x, y = w * (at + 0.5) / count, h * (0.46 if at % 2 else 0.56)
        path = [
            (
                x + w / count * (t - 0.5) * 1.0,
                h * 0.51 + h * 0.13 * math.sin(2 * math.pi * t + at * math.pi),
            )
            for t in [k / 40 for k in range(41)]
        ]
        pen.line(path, fill=ink, width=6 * fine)
        for t in range(4, 40, 5):
            lx, ly = path[t]
            side = 1 if t % 2 else -1
            r = h * 0.028
            pen.polygon(
                [
                    (lx, ly),
                    (lx + r, ly + side * r * 0.4),
                    (lx + r * 1.2, ly + side * r * 1.9),
                    (lx - r * 0.2, ly + side * r * 1.2),
                ],
                fill=ink,
            )
        for ring, radius in ((0, 0.155), (1, 0.1)):
            for k in range(petals):
                a = 2 * math.pi * (k + 0.5 * ring) / petals
                tip = (x + math.sin(a) * radius * h, y - math.cos(a) * radius * h)
                r = radius * h * 1.5 / petals
                mid = (x + math.sin(a) * radius * h * 0.62, y - math.cos(a) * radius * h * 0.62)
                left = (mid[0] - math.cos(a) * r, mid[1] - math.sin(a) * r)
                right = (mid[0] + math.cos(a) * r, mid[1] + math.sin(a) * r)
                pen.polygon(
                    [(x, y), left, tip, right],
                    fill=ground if ring == 0 else ink,
                    outline=ink,
                    width=4 * fine,
                )
        pen.ellipse(
            [x - 0.035 * h, y - 0.035 * h, x + 0.035 * h, y + 0.035 * h],
            fill=ground,
            outline=ink,
            width=5 * fine,
        )
        pen.ellipse([x - 0.015 * h, y - 0.015 * h, x + 0.015 * h, y + 0.015 * h], fill=ink)
    _ = p
    return out.resize((w // fine, h // fine), Image.Resampling.LANCZOS).filter(
        ImageFilter.GaussianBlur(0.6)
    )


def glaze(p: Palette, motif: str, number: int) -> Image.Image:
    """A coloured glaze with a painted border."""
    tones = (
        ("#6f9483", "#e9e3d0"),
        ("#8aa0a8", "#f0ece0"),
        ("#a8764a", "#f2e6cc"),
        ("#5a6b52", "#e6dcc0"),
    )
    ground, line = tones[number % len(tones)]
    out = Image.new("RGB", (1600, 800), ground)
    out.paste(band(motif, 1600, 130, (ground, line, p.deep, line, p.deep)), (0, 200))
    pen = ImageDraw.Draw(out)
    for y in (0, 180, 340):
        pen.rectangle([0, y, 1600, y + 14], fill=line)
    return out.filter(ImageFilter.GaussianBlur(1.2))


def picture(p: Palette, number: int) -> Image.Image:
    """A landscape laid of grains: hills, fields, a sun."""
    chance = random.Random(number)  # noqa: S311
    out = Image.new("RGB", (900, 680), "#f2e6c8")
    pen = ImageDraw.Draw(out)
    pen.ellipse([610, 90, 740, 220], fill="#d98a3a")
    tones = ("#d8c79a", "#c2a86a", "#9a8a4a", "#7a7a3a", "#5a5f2c")
    for at, tone in enumerate(tones):
        base = 240 + at * 85
        line = [
            (x, base - 60 * math.sin(x / (150 + 30 * at) + at * 1.7) - 26 * math.sin(x / 61 + at))
            for x in range(0, 901, 12)
        ]
        pen.polygon([*line, (900, 680), (0, 680)], fill=tone)
    for x in (180, 250):
        pen.polygon([(x, 400), (x + 90, 340), (x + 180, 400)], fill="#6a3a1c")
        pen.rectangle([x + 26, 400, x + 154, 450], fill="#a8763f")
    grains = out.load()
    for _ in range(26_000):
        x, y = chance.randrange(900), chance.randrange(680)
        shift = chance.choice((-22, -12, 14, 22))
        tone = tuple(max(0, min(255, v + shift)) for v in grains[x, y])
        pen.line(
            [(x, y), (x + chance.choice((-4, 4)), y + chance.choice((-2, 3)))], fill=tone, width=2
        )
    _ = p
    return out


def lid(p: Palette, motif: str) -> Image.Image:
    """The edge of a box lid."""
    return cover(motif, 900, 130, 130, p.on_deep)


def side_of(kind: str, p: Palette, motif: str, number: int) -> Image.Image:
    """Draw what a scene's side shows."""
    if kind == "blue":
        return blue(p, number)
    if kind == "cloth":
        return cloth(p, motif, number)
    if kind == "glaze":
        return glaze(p, motif, number)
    if kind in FIELDS:
        return Image.new("RGB", (16, 16), FIELDS[kind])
    if kind == "picture":
        return picture(p, number)
    return lid(p, motif)
