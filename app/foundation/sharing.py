"""Cards that programs show when somebody shares a page: 1200 × 630, drawn from a picture and a few words."""

from __future__ import annotations

import hashlib
import io
import json
import math
from bisect import bisect_right
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

WIDTH: Final = 1_200
HEIGHT: Final = 630
VERSION: Final = 1  # counted up when the drawing changes, so that old cards are drawn anew
DIGEST: Final = 16
QUALITY: Final = 82
EDGE: Final = 56
LINES: Final = 4
LONGEST: Final = 200  # letters; more have no room in any size
NAME_SIZES: Final = (60, 54, 48, 42, 36)
FOLDER: Final = Path(__file__).resolve().parent / "fonts"
# The colours of the light theme.
PAPER: Final = (251, 246, 236)
BARK: Final = (42, 30, 20)
MUTED: Final = (92, 74, 56)
LACQUER: Final = (155, 45, 31)
GOLD: Final = (184, 116, 10)
POINTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCard:
    """What a card says; two cards that say the same are the same."""

    lang: str
    name: str
    site: str
    producer: str = ""
    place: str = ""
    stars: int | None = None
    stars_words: str = ""
    picture_key: str = ""
    note: str = ""

    @property
    def digest(self) -> str:
        """Name the card by all that it shows."""
        text = json.dumps([VERSION, asdict(self)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:DIGEST]


def draw_card(card: ShareCard, picture: bytes | None) -> bytes:
    """Draw a card as JPEG; without a picture the words have all the width."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    left = EDGE
    if picture is not None:
        with Image.open(io.BytesIO(picture)) as opened:
            opened.draft("RGB", (HEIGHT, HEIGHT))
            square = ImageOps.fit(
                opened.convert("RGB"), (HEIGHT, HEIGHT), Image.Resampling.BILINEAR
            )
        canvas.paste(square, (0, 0))
        left += HEIGHT
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, HEIGHT - 12, WIDTH, HEIGHT), fill=LACQUER)
    _words(draw, card, left)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _words(draw: ImageDraw.ImageDraw, card: ShareCard, left: int) -> None:
    """Write the site above, the name large, then the stars, and the producer and place at the foot."""
    width = WIDTH - EDGE - left
    draw.ellipse((left, EDGE, left + 30, EDGE + 30), fill=LACQUER)
    draw.text(
        (left + 44, EDGE + 15),
        card.site,
        font=_font("be-vietnam-pro-600", 28),
        fill=LACQUER,
        anchor="lm",
    )
    if card.note:
        small = _font("be-vietnam-pro-400", 22)
        draw.text((left + width, EDGE + 15), card.note, font=small, fill=MUTED, anchor="rm")
    font, lines = _fitted(draw, card.name, width)
    top = EDGE + 78
    step = round(font.size * 1.25)
    for line in lines:
        draw.text((left, top), line, font=font, fill=BARK)
        top += step
    if card.stars:
        _star_row(draw, card, left, top + 34)
    foot = HEIGHT - EDGE - 12
    for text, weight, size, colour in (
        (card.place, "be-vietnam-pro-400", 26, MUTED),
        (card.producer, "be-vietnam-pro-600", 28, BARK),
    ):
        small = _font(weight, size)
        for line in reversed(_few(draw, text, small, width, most=2)):
            draw.text((left, foot), line, font=small, fill=colour, anchor="ls")
            foot -= 38


def _star_row(draw: ImageDraw.ImageDraw, card: ShareCard, left: int, middle: int) -> None:
    for at in range(card.stars or 0):
        draw.polygon(_star(left + 20 + at * 46, middle, 20), fill=GOLD)
    draw.text(
        (left + (card.stars or 0) * 46 + 12, middle),
        card.stars_words,
        font=_font("be-vietnam-pro-600", 26),
        fill=GOLD,
        anchor="lm",
    )


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    return [
        (
            x + math.sin(at * math.pi / POINTS) * (radius if at % 2 == 0 else radius * 0.45),
            y - math.cos(at * math.pi / POINTS) * (radius if at % 2 == 0 else radius * 0.45),
        )
        for at in range(2 * POINTS)
    ]


def _fitted(
    draw: ImageDraw.ImageDraw, text: str, width: int
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Choose the largest size in which the name takes few lines; the smallest one is cut off."""
    for size in NAME_SIZES:
        font = _font("phien-serif-600", size)
        lines = _lines(draw, text, font, width)
        if len(lines) <= LINES and all(draw.textlength(one, font=font) <= width for one in lines):
            return font, lines
    return font, _few(draw, text, font, width, most=LINES)


def _few(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int, *, most: int
) -> list[str]:
    """Write a text in few lines; what does not fit is cut off."""
    lines = _lines(draw, text, font, width)
    kept = [*lines[: most - 1], " ".join(lines[most - 1 :])] if lines[most - 1 :] else lines
    return [_cut(draw, one, font, width) for one in kept]


def _lines(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int
) -> list[str]:
    lines: list[str] = []
    for word in text[:LONGEST].split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    if draw.textlength(text, font=font) <= width:
        return text
    fits = bisect_right(
        range(len(text)), width, key=lambda at: round(draw.textlength(f"{text[:at]}…", font=font))
    )
    return f"{text[: max(0, fits - 1)].rstrip()}…"


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / f"{name}.ttf", size, layout_engine=ImageFont.Layout.BASIC)
