"""Pictures from outside, drawn anew before anybody sees them (S12, S13).

Only what decodes as JPEG, PNG or WebP is taken, whatever its name claims; the pixels are counted
before they are decoded; what is kept is a fresh WebP with no metadata of the original.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps

from app.foundation.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS: Final = ("JPEG", "PNG", "WEBP")
LARGEST_FILE: Final = 8 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
QUALITY: Final = 80


class PictureRefusedError(InvalidInputError):
    """The file is no picture that we take: too large, too many pixels, another format, broken."""

    code = "picture_refused"


def squares(data: bytes, sizes: Sequence[int]) -> list[bytes]:
    """Redraw a picture as square WebP files of the given sides, cut from its middle.

    Raises `PictureRefusedError`.
    """
    if not data or len(data) > LARGEST_FILE:
        raise PictureRefusedError(field="photo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                must_be_small(opened)
                upright = ImageOps.exif_transpose(opened)
                plain = flattened(upright)
                return [_webp(plain, side) for side in sizes]
    except (
        Exception
    ) as error:  # a decoder meets broken bytes with struct.error, TypeError, anything
        raise PictureRefusedError(field="photo") from error


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


def _webp(picture: Image.Image, side: int) -> bytes:
    fitted = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", fitted.size)
    fresh.paste(fitted)
    out = io.BytesIO()
    fresh.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
