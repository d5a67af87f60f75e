"""Labels of the demonstration: a product's name, its producer and its place, in the manner of its region."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motifs import band, cover
from PIL import Image, ImageDraw
from typefaces import face, whole

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE: Final = 1000
MOST_LINES: Final = 4


@dataclass(frozen=True)
class Words:
    """What stands on a label."""

    name: str
    producer: str
    place: str


@dataclass(frozen=True)
class Palette:
    """Colours of a label: paper, ink, accent, second, third and deep."""

    paper: str
    ink: str
    accent: str
    second: str
    third: str
    deep: str

    @property
    def on_paper(self) -> tuple[str, ...]:
        """The motif's colours on paper."""
        return (self.paper, self.accent, self.second, self.third, self.ink)

    @property
    def on_deep(self) -> tuple[str, ...]:
        """The motif's colours on the deep ground."""
        return (self.deep, self.second, self.accent, self.paper, self.third)


def lines_of(text: str, count: int) -> list[str]:
    """Break a text into so many lines of even length."""
    words = text.split()
    if count >= len(words):
        return words
    best: tuple[int, list[str]] | None = None
    for cuts in itertools.combinations(range(1, len(words)), count - 1):
        edges = (0, *cuts, len(words))
        lines = [" ".join(words[a:b]) for a, b in itertools.pairwise(edges)]
        cost = max(len(line) for line in lines) * 10 + (max(map(len, lines)) - min(map(len, lines)))
        if best is None or cost < best[0]:
            best = (cost, lines)
    return best[1] if best else [text]


def fitted(
    text: str, width: float, height: float, *, name: str, largest: int, leading: float = 1.26
) -> tuple[list[str], int]:
    """Choose lines and a size with which a text fits a box without being cut."""
    found: tuple[list[str], int] = ([text], 8)
    for count in range(1, MOST_LINES + 1):
        lines = lines_of(text, count)
        longest = max(face(name, 100).getlength(line) for line in lines)
        size = int(min(largest, width / longest * 100, height / (leading * len(lines))))
        if size > found[1] * (1.06 if count > 1 else 0):
            found = (lines, size)
    return found


def write(
    pen: ImageDraw.ImageDraw,
    text: str,
    box: tuple[float, float, float, float],
    *,
    name: str,
    colour: str,
    largest: int,
    leading: float = 1.26,
) -> None:
    """Write a text into the middle of a box (left, top, right, bottom)."""
    text = whole(text, name)
    width, height = box[2] - box[0], box[3] - box[1]
    lines, size = fitted(text, width, height, name=name, largest=largest, leading=leading)
    type_ = face(name, max(size, 8))
    step = size * leading
    top = box[1] + (height - step * len(lines)) / 2 + step / 2
    for at, line in enumerate(lines):
        pen.text(
            ((box[0] + box[2]) / 2, top + at * step), line, font=type_, fill=colour, anchor="mm"
        )


def _texts(
    art: Image.Image,
    words: Words,
    box: tuple[float, float, float, float],
    colours: tuple[str, str, str],
) -> None:
    """Set place, name and producer one below the other in a box; `colours` are of small, name and rule."""
    pen = ImageDraw.Draw(art)
    small, large, rule = colours
    left, top, right, bottom = box
    w, h = right - left, bottom - top
    little = int(min(h * 0.11, w * 0.085))
    write(
        pen,
        words.place.upper(),
        (left, top, right, top + h * 0.13),
        name="strong",
        colour=small,
        largest=little,
    )
    write(
        pen,
        words.name,
        (left, top + h * 0.17, right, top + h * 0.78),
        name="lora",
        colour=large,
        largest=int(min(h * 0.34, w * 0.25)),
    )
    middle = (left + right) / 2
    y = top + h * 0.82
    thick = max(2, int(h * 0.008))
    pen.line([(middle - w * 0.2, y), (middle + w * 0.2, y)], fill=rule, width=thick)
    r = thick * 2.4
    pen.polygon([(middle - r, y), (middle, y - r), (middle + r, y), (middle, y + r)], fill=rule)
    write(
        pen,
        words.producer,
        (left, top + h * 0.86, right, bottom),
        name="text",
        colour=small,
        largest=little,
        leading=1.18,
    )


def bands(words: Words, p: Palette, motif: str, size: tuple[int, int], safe: float) -> Image.Image:
    """Paper between two strips of the motif."""
    w, h = size
    art = Image.new("RGB", size, p.paper)
    strip = int(h * 0.13)
    for y in (0, h - strip):
        art.paste(band(motif, w, strip, p.on_deep), (0, y))
    pen = ImageDraw.Draw(art)
    for y in (strip + h * 0.018, h - strip - h * 0.03):
        pen.rectangle([0, y, w, y + max(2, h * 0.01)], fill=p.accent)
    gap = w * (1 - safe) / 2
    _texts(
        art, words, (gap, strip + h * 0.06, w - gap, h - strip - h * 0.06), (p.ink, p.ink, p.accent)
    )
    return art


def deep(words: Words, p: Palette, motif: str, size: tuple[int, int], safe: float) -> Image.Image:
    """Light letters on the deep ground, a broad strip of the motif below."""
    w, h = size
    art = Image.new("RGB", size, p.deep)
    strip = int(h * 0.2)
    art.paste(band(motif, w, strip, p.on_deep), (0, h - strip))
    pen = ImageDraw.Draw(art)
    for y in (h * 0.035, h - strip - h * 0.03):
        pen.rectangle([0, y, w, y + max(2, h * 0.012)], fill=p.second)
    gap = w * (1 - safe) / 2
    _texts(
        art, words, (gap, h * 0.085, w - gap, h - strip - h * 0.05), (p.second, p.paper, p.second)
    )
    return art


def block(words: Words, p: Palette, motif: str, size: tuple[int, int], safe: float) -> Image.Image:
    """The motif over the upper third, the words on paper below."""
    w, h = size
    art = Image.new("RGB", size, p.paper)
    upper = int(h * 0.3)
    art.paste(cover(motif, w, upper, upper // 2, p.on_deep), (0, 0))
    pen = ImageDraw.Draw(art)
    pen.rectangle([0, upper, w, upper + h * 0.02], fill=p.accent)
    pen.rectangle([0, h * 0.955, w, h], fill=p.accent)
    gap = w * (1 - safe) / 2
    _texts(art, words, (gap, upper + h * 0.055, w - gap, h * 0.93), (p.ink, p.accent, p.second))
    return art


def plaque(words: Words, p: Palette, motif: str, size: tuple[int, int], safe: float) -> Image.Image:
    """A paper plaque on the motif."""
    w, h = size
    art = cover(motif, w, h, int(min(w, h) * 0.16), p.on_deep)
    pen = ImageDraw.Draw(art)
    half = w * min(0.97, safe + 0.06) / 2
    box = [w / 2 - half, h * 0.13, w / 2 + half, h * 0.87]
    r = min(w, h) * 0.06
    pen.rounded_rectangle(box, radius=r, fill=p.second)
    edge = min(w, h) * 0.014
    inner = [box[0] + edge, box[1] + edge, box[2] - edge, box[3] - edge]
    pen.rounded_rectangle(inner, radius=r * 0.85, fill=p.paper)
    pad = w * safe * 0.03
    _texts(
        art,
        words,
        (inner[0] + pad + edge, inner[1] + h * 0.035, inner[2] - pad - edge, inner[3] - h * 0.035),
        (p.accent, p.ink, p.accent),
    )
    return art


def arch(words: Words, p: Palette, motif: str, size: tuple[int, int], safe: float) -> Image.Image:
    """Accent ground with a paper arch, the motif at its foot."""
    w, h = size
    art = Image.new("RGB", size, p.accent)
    pen = ImageDraw.Draw(art)
    half = w * min(0.98, safe + 0.08) / 2
    top = h * 0.05
    rise = min(half, h * 0.32)
    pen.ellipse([w / 2 - half, top, w / 2 + half, top + 2 * rise], fill=p.paper)
    pen.rectangle([w / 2 - half, top + rise, w / 2 + half, h], fill=p.paper)
    strip = int(h * 0.13)
    art.paste(band(motif, w, strip, p.on_deep), (0, h - strip))
    gap = w * (1 - safe * 0.9) / 2
    _texts(art, words, (gap, h * 0.15, w - gap, h - strip - h * 0.035), (p.accent, p.ink, p.second))
    return art


def card(words: Words, p: Palette, motif: str, size: tuple[int, int], safe: float) -> Image.Image:
    """A plain name card with a thin strip of the motif."""
    w, h = size
    art = Image.new("RGB", size, p.paper)
    strip = int(h * 0.12)
    art.paste(band(motif, w, strip, p.on_deep), (0, 0))
    ImageDraw.Draw(art).rectangle([0, h * 0.965, w, h], fill=p.accent)
    gap = w * (1 - max(safe, 0.88)) / 2
    _texts(art, words, (gap, strip + h * 0.07, w - gap, h * 0.93), (p.ink, p.accent, p.second))
    return art


STYLES: Final[tuple[Callable[[Words, Palette, str, tuple[int, int], float], Image.Image], ...]] = (
    bands, deep, block, plaque, arch,
)  # fmt: skip


def size_for(ratio: float) -> tuple[int, int]:
    """Give the size of a drawing for a surface `ratio` times as wide as high."""
    if ratio >= 1:
        return int(SIZE * min(ratio, 2.4) ** 0.5), int(SIZE * min(ratio, 2.4) ** 0.5 / ratio)
    return int(SIZE * ratio), SIZE
