"""Files from outside, unpacked into plain pixels without trusting a byte of them (S12, S13).

What a file is, its first bytes say, never its name. What unpacking it would take is reckoned from its header and
refused when it is too much; the rest is done in strips, one picture at a time, so that a request grows by less
than 100 MB whatever was sent (F17).
"""

from __future__ import annotations

import ctypes
import io
from contextlib import suppress
from threading import Lock
from typing import Any, Final

from PIL import Image, ImageCms, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from app.foundation.errors import InvalidInputError

MEGABYTE: Final = 1024 * 1024
LARGEST_FILE: Final = 8 * MEGABYTE
LARGEST_SIDE: Final = 1600  # of what is kept
SMALLEST_SIDE: Final = 360  # of what is kept
LEAST_SIDE: Final = 32  # of what is taken
MOST_PIXELS: Final = 24_000_000
MOST_MEMORY: Final = 64 * MEGABYTE  # that unpacking alone may take
WEBP_COST: Final = 16  # bytes a pixel: its decoder holds the picture several times over
LARGEST_PROFILE: Final = 4 * MEGABYTE
ROWS: Final = 32  # of the result, in one strip
SUPPORT: Final = 3  # source pixels around a point that the filter looks at, times the scale
ORIENTATION: Final = 0x0112
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SPACES: Final = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}
BYTES: Final = {"1": 1, "L": 1, "P": 1, "I;16": 2}  # of a pixel in memory; 4 in every other mode
PROGRESSIVE: Final = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
BARE: Final = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})
SCAN: Final = 0xDA
MMAP_THRESHOLD: Final = -3  # of mallopt

# A text chunk of a PNG unpacks to at most 1 MB already; all of them together to no more than this.
PngImagePlugin.MAX_TEXT_MEMORY = 4 * MEGABYTE
_one_at_a_time: Final = Lock()
_SRGB: Final = ImageCms.createProfile("sRGB")


class PictureRefusedError(InvalidInputError):
    """The file is no picture that we take."""

    code = "picture_refused"

    def __init__(self, **values: Any) -> None:  # noqa: ANN401
        """Name the field; whoever asked for the picture may name another."""
        super().__init__(field="photo", **values)


class PictureTooLargeError(PictureRefusedError):
    """The file has more bytes than are taken."""

    code = "picture_too_large"
    status = 413


class TooManyPixelsError(PictureRefusedError):
    """The picture would take more memory than it may; `most` is how many million pixels it could have."""

    code = "picture_too_many_pixels"


class PictureTooSmallError(PictureRefusedError):
    """The picture has no side that would show anything."""

    code = "picture_too_small"


class NotAPictureError(PictureRefusedError):
    """The content is no JPEG, PNG or WebP, whatever its name says."""

    code = "not_a_picture"


class PictureBrokenError(PictureRefusedError):
    """The file begins like a picture and cannot be read."""

    code = "picture_broken"


class PictureMovesError(PictureRefusedError):
    """The picture is animated."""

    code = "picture_moves"


def return_memory_at_once() -> None:
    """Have the C library give large blocks back as soon as they are free.

    By itself it keeps those of each thread for later, and pictures in four threads would add up.
    """
    with suppress(AttributeError, OSError):  # another C library does as it does
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, MEGABYTE)


def unpack(data: bytes) -> Image.Image:
    """Unpack a picture into a square of RGB cut from its middle, upright, its colours in sRGB.

    Raises `PictureRefusedError`: what it is says which limit was met.
    """
    if not data:
        raise PictureBrokenError
    if len(data) > LARGEST_FILE:
        raise PictureTooLargeError(most=LARGEST_FILE // MEGABYTE)
    kind = kind_of(data)
    with _one_at_a_time:
        try:
            with kind(io.BytesIO(data)) as opened:
                must_be_bearable(opened, data)
                opened.load()
                return upright(squared(opened), opened)
        except PictureRefusedError:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise TooManyPixelsError(most=int(MOST_MEMORY / WEBP_COST) // 1_000_000) from error
        except Exception as error:  # a decoder meets broken bytes with struct.error, anything
            raise PictureBrokenError from error


def kind_of(data: bytes) -> Any:  # noqa: ANN401 - a class of Pillow's
    """Choose the decoder by content. Raises `NotAPictureError`."""
    if data.startswith(b"\xff\xd8\xff"):
        return JpegImagePlugin.JpegImageFile
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImagePlugin.PngImageFile
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WebPImagePlugin.WebPImageFile
    raise NotAPictureError


def must_be_bearable(opened: Any, data: bytes) -> None:  # noqa: ANN401
    """Reckon from the header what unpacking takes; a JPEG is told to unpack smaller where it can.

    Raises `TooManyPixelsError`, `PictureTooSmallError` and `PictureMovesError`.
    """
    is_jpeg = isinstance(opened, JpegImagePlugin.JpegImageFile)
    pixels = opened.width * opened.height
    if is_jpeg:
        cost = jpeg_cost(opened, data)
    elif isinstance(opened, WebPImagePlugin.WebPImageFile):
        cost = WEBP_COST
    else:
        cost = BYTES.get(opened.mode, 4)
    most = min(MOST_PIXELS, int(MOST_MEMORY / cost))
    if pixels > most:
        raise TooManyPixelsError(most=most // 1_000_000)
    if min(opened.size) < LEAST_SIDE:
        raise PictureTooSmallError(least=LEAST_SIDE)
    if not is_jpeg and getattr(opened, "n_frames", 1) > 1:
        raise PictureMovesError


def jpeg_cost(opened: JpegImagePlugin.JpegImageFile, data: bytes) -> float:
    """Reckon the bytes a pixel of a JPEG, after telling it to unpack smaller where it can."""
    width, height = opened.size
    held = 0.0
    if is_held_whole(data):
        across = max(one[1] for one in opened.layer)
        down = max(one[2] for one in opened.layer)
        held = 2 * sum(one[1] * one[2] for one in opened.layer) / (across * down or 1)
    room = max(MOST_MEMORY * 3 / 4 - held * width * height, MOST_MEMORY / 8)
    scale = 1
    while scale < 8 and (  # noqa: PLR2004 - what the format offers
        min(width, height) // (scale * 2) >= LARGEST_SIDE or width * height * 4 / scale**2 > room
    ):
        scale *= 2
    opened.draft(opened.mode, (width // scale, height // scale))
    return held + 4 / scale**2


def is_held_whole(data: bytes) -> bool:
    """Tell whether a JPEG comes in several scans, so that its decoder must hold every coefficient at once."""
    at = 2
    parts = 0
    while at + 10 <= len(data):
        kind = data[at + 1]
        if data[at] != 0xFF or kind == 0xFF:  # noqa: PLR2004 - what every marker begins with
            at += 1
        elif kind in BARE:
            at += 2
        elif kind in PROGRESSIVE:
            return True
        elif kind == SCAN:
            return data[at + 4] < parts
        else:
            if kind in FRAMES:
                parts = data[at + 9]
            at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return True


def squared(picture: Image.Image) -> Image.Image:
    """Cut the middle of a picture out and bring it to its size, strip by strip, on a canvas of our own."""
    edge = min(picture.size)
    side = min(max(edge, SMALLEST_SIDE), LARGEST_SIDE)
    left, top = (picture.width - edge) // 2, (picture.height - edge) // 2
    scale = edge / side
    margin = int(SUPPORT * max(scale, 1)) + 2
    paint = painter(picture)
    canvas = Image.new("RGB", (side, side))
    for row in range(0, side, ROWS):
        until = min(row + ROWS, side)
        start, end = top + row * scale, top + until * scale
        above, below = max(int(start) - margin, top), min(int(end) + margin, top + edge)
        strip = paint(picture.crop((left, above, left + edge, below)))
        box = (0, start - above, edge, min(end - above, strip.height))
        canvas.paste(strip.resize((side, until - row), Image.Resampling.LANCZOS, box=box), (0, row))
    return canvas


def painter(picture: Image.Image) -> Any:  # noqa: ANN401 - a function of one strip
    """Choose how strips of a picture become sRGB: by its own colour profile where it has one that can be read."""
    profile = picture.info.get("icc_profile")
    transforms: dict[str, Any] = {}
    if isinstance(profile, bytes) and len(profile) <= LARGEST_PROFILE:
        with suppress(Exception):  # a profile that cannot be read is of no account
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = SPACES[source.profile.xcolor_space]
            transforms[mode] = ImageCms.buildTransform(source, _SRGB, mode, "RGB")

    def paint(strip: Image.Image) -> Image.Image:
        plain = flattened(strip)
        transform = transforms.get(plain.mode)
        if transform is None:
            return plain.convert("RGB")
        painted = ImageCms.applyTransform(plain, transform)
        return plain.convert("RGB") if painted is None else painted

    return paint


def flattened(picture: Image.Image) -> Image.Image:
    """Bring any pixels to grey, RGB or CMYK of eight bits, what is see-through onto white."""
    if picture.mode in {"I;16", "I"}:
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")


def upright(square: Image.Image, opened: Image.Image) -> Image.Image:
    """Turn a picture as the camera was held; notes that cannot be read are of no account."""
    turn = None
    with suppress(Exception):
        turn = TURNS.get(opened.getexif()[ORIENTATION])
    return square if turn is None else square.transpose(turn)
