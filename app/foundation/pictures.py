"""Pictures from outside, drawn anew before anybody sees them (S12, S13).

Only what decodes as JPEG, PNG or WebP is taken, whatever its name claims; the pixels are counted
before they are decoded; what is kept are fresh files with no metadata of the original.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageOps

from app.foundation.errors import InvalidInputError

FORMATS: Final = ("JPEG", "PNG", "WEBP")
# What is kept of a picture: each width in each format served, and one JPEG for mails and old programs.
WIDTHS: Final = (360, 640, 1080, 1600)
FORMATS_SERVED: Final = ("avif", "webp")
FALLBACK_WIDTH: Final = 640
LARGEST_FILE: Final = 8 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
ENCODERS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "avif": ("AVIF", {"quality": 55, "speed": 7}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}


def ladder(width: int) -> list[int]:
    """List the widths in which a picture is kept; the narrowest even if that widens it."""
    return [one for one in WIDTHS if one <= width] or [WIDTHS[0]]


class PictureRefusedError(InvalidInputError):
    """The file is no picture that we take: too large, too many pixels, another format, broken."""

    code = "picture_refused"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture redrawn: its widest width, the tone of its place while it loads, its files by name ending."""

    width: int
    tone: str
    files: dict[str, bytes]

    def key(self, folder: str) -> str:
        """Name it by its content, its width and its tone: `photos/ab/ab…~1080~213`."""
        digest = hashlib.sha256(self.files[f"{self.width}.webp"]).hexdigest()[:24]
        return f"{folder}/{digest[:2]}/{digest}~{self.width}~{self.tone}"


def redraw(data: bytes) -> Drawn:
    """Redraw a picture as squares cut from its middle: every width up to its own, every format served.

    Raises `PictureRefusedError`.
    """
    if not data or len(data) > LARGEST_FILE:
        raise PictureRefusedError(field="photo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                must_be_small(opened)
                plain = flattened(ImageOps.exif_transpose(opened))
                return draw(plain)
    except (
        Exception
    ) as error:  # a decoder meets broken bytes with struct.error, TypeError, anything
        raise PictureRefusedError(field="photo") from error


def draw(plain: Image.Image) -> Drawn:
    """Draw every file of a picture in RGB."""
    widths = ladder(min(plain.size))
    files = {}
    for width in widths:
        fresh = fitted(plain, width)
        for kind in FORMATS_SERVED:
            files[f"{width}.{kind}"] = encoded(fresh, kind)
    fallback = min(FALLBACK_WIDTH, widths[-1])
    files[f"{fallback}.jpg"] = encoded(fitted(plain, fallback), "jpg")
    return Drawn(widths[-1], tone_of(plain), files)


def fitted(picture: Image.Image, side: int) -> Image.Image:
    """Cut a square from the middle, on a canvas that carries nothing of the original."""
    cut = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", cut.size)
    fresh.paste(cut)
    return fresh


def encoded(picture: Image.Image, kind: str) -> bytes:
    """Write one file: `avif`, `webp` or `jpg`."""
    name, settings = ENCODERS[kind]
    out = io.BytesIO()
    picture.save(out, name, **settings)
    return out.getvalue()


def tone_of(picture: Image.Image) -> str:
    """Tell the colour of a picture as three levels from 0 to 3: red, green, blue."""
    pixel = picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(pixel, tuple)  # noqa: S101 - RGB has three bands
    return "".join(str(round(value / 85)) for value in pixel[:3])


def must_be_small(picture: Image.Image) -> None:
    """Count the pixels that a header promises. Raises `PictureRefusedError`."""
    if picture.width * picture.height > MOST_PIXELS or min(picture.size) < 1:
        raise PictureRefusedError(field="photo")


def flattened(picture: Image.Image) -> Image.Image:
    """Bring any colours to RGB, what is see-through onto white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")
