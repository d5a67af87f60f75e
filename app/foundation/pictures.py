"""Pictures as they are kept: how a key names its files, and how those are drawn.

A key is `<folder>/<two letters>/<digest>~<width>~<tone>`. In `photos/` it has every width of the ladder in every
format served; in `fresh/` it is a picture just received: one JPEG of its full size, and one for pages until a job
has drawn the ladder. All are fresh files with no metadata of the original (S12).
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageOps

from app.foundation.decoding import LARGEST_SIDE, unpack

# What is kept of a picture: each width in each format served, and one JPEG for mails and old programs.
WIDTHS: Final = (360, 640, 1080, LARGEST_SIDE)
FORMATS_SERVED: Final = ("avif", "webp")
FALLBACK_WIDTH: Final = 640
FRESH: Final = "fresh"
DRAWN: Final = "photos"
ENCODERS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "avif": ("AVIF", {"quality": 55, "speed": 7}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
    "source": ("JPEG", {"quality": 88}),  # what the ladder is drawn from
}
_KEY: Final = re.compile(
    r"(?P<folder>[a-z]+)/[0-9a-z]{2}/(?P<digest>[0-9a-z-]+)~(?P<width>\d{1,5})~(?P<tone>[0-3]{3})"
)


@dataclass(frozen=True, slots=True)
class Key:
    """What a key says of its picture."""

    text: str
    folder: str
    digest: str
    width: int
    tone: str

    @property
    def is_fresh(self) -> bool:
        """Whether the ladder is not drawn yet."""
        return self.folder == FRESH

    @property
    def fallback(self) -> int:
        """The width of the JPEG that every program can show."""
        return min(FALLBACK_WIDTH, self.width)

    @classmethod
    def read(cls, text: str) -> Key | None:
        """Read a key; none when it is of another form."""
        said = _KEY.fullmatch(text)
        return (
            cls(text, said["folder"], said["digest"], int(said["width"]), said["tone"])
            if said
            else None
        )


def key_of(folder: str, digest: str, width: int, tone: str) -> str:
    """Write a key."""
    return f"{folder}/{digest[:2]}/{digest}~{width}~{tone}"


def ladder(width: int) -> list[int]:
    """List the widths in which a picture is kept; the narrowest even if that widens it."""
    return [one for one in WIDTHS if one <= width] or [WIDTHS[0]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture redrawn: its widest width, the tone of its place while it loads, its files by name ending."""

    width: int
    tone: str
    files: dict[str, bytes]

    def key(self, folder: str) -> str:
        """Name it by its content, its width and its tone: `photos/ab/ab…~1080~213`."""
        return key_of(folder, digest_of(self.files[f"{self.width}.webp"]), self.width, self.tone)


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture just received, drawn anew once: its key and the files that a page needs at once."""

    key: str
    files: dict[str, bytes]


def take(data: bytes) -> Taken:
    """Draw a picture anew in its full size, a square of at most 1600, and in the one that pages show first.

    Raises `PictureRefusedError`.
    """
    plain = unpack(data)
    width = plain.width
    source = encoded(plain, "source")
    files = {f"{width}.jpg": source}
    if width > FALLBACK_WIDTH:
        files[f"{FALLBACK_WIDTH}.jpg"] = encoded(fitted(plain, FALLBACK_WIDTH), "jpg")
    return Taken(key_of(FRESH, digest_of(source), width, tone_of(plain)), files)


def draw(plain: Image.Image) -> Drawn:
    """Draw every file of a picture in RGB as squares: every width up to its own, every format served."""
    widths = ladder(min(plain.size))
    files = {}
    for width in widths:
        fresh = fitted(plain, width)
        for kind in FORMATS_SERVED:
            files[f"{width}.{kind}"] = encoded(fresh, kind)
    fallback = min(FALLBACK_WIDTH, widths[-1])
    files[f"{fallback}.jpg"] = encoded(fitted(plain, fallback), "jpg")
    return Drawn(widths[-1], tone_of(plain), files)


def digest_of(data: bytes) -> str:
    """Name content."""
    return hashlib.sha256(data).hexdigest()[:24]


def fitted(picture: Image.Image, side: int) -> Image.Image:
    """Cut a square from the middle, on a canvas that carries nothing of the original."""
    cut = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", cut.size)
    fresh.paste(cut)
    return fresh


def encoded(picture: Image.Image, kind: str) -> bytes:
    """Write one file: `avif`, `webp`, `jpg`, or the `source` of the others."""
    name, settings = ENCODERS[kind]
    out = io.BytesIO()
    picture.save(out, name, **settings)
    return out.getvalue()


def tone_of(picture: Image.Image) -> str:
    """Tell the colour of a picture as three levels from 0 to 3: red, green, blue."""
    pixel = picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(pixel, tuple)  # noqa: S101 - RGB has three bands
    return "".join(str(round(value / 85)) for value in pixel[:3])
