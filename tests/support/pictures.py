"""Pictures that people send, and files that only claim to be some."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageCms

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE = 1024 * 1024


def picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600), **values: Any) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    mode = values.pop("mode", "RGB")
    colour = values.pop("colour", (200, 30, 30) if mode == "RGB" else 0)
    Image.new(mode, size, colour).save(out, kind, **values)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int, height: int, *, colour: int = 2, between: bytes = b"", body: bytes = b""
) -> bytes:
    """A PNG whose header says what it likes."""
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + between
        + chunk(b"IDAT", body or zlib.compress(b"\0" * 1_000))
        + chunk(b"IEND", b"")
    )


def moving(kind: str, frames: int = 30) -> bytes:
    """A picture that moves."""
    out = io.BytesIO()
    pictures = [Image.new("RGB", (64, 64), (number % 256, 0, 0)) for number in range(frames)]
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:], duration=20)
    return out.getvalue()


def moving_webp(frames: int, side: int = 64) -> bytes:
    """A WebP of many frames, each the same few bytes, on a canvas as large as it says."""
    frame = picture("WEBP", (64, 64))[12:]
    entry = b"\0\0\0\0\0\0\x3f\0\0\x3f\0\0\x14\0\0\0" + frame
    canvas = b"\x02\0\0\0" + (side - 1).to_bytes(3, "little") * 2
    body = (
        b"WEBPVP8X" + struct.pack("<I", len(canvas)) + canvas
        + b"ANIM" + struct.pack("<I", 6) + b"\xff\xff\xff\xff\0\0"
        + (b"ANMF" + struct.pack("<I", len(entry)) + entry) * frames
    )  # fmt: skip
    return b"RIFF" + struct.pack("<I", len(body)) + body


def text_bomb() -> bytes:
    """A PNG with texts that unpack to a thousand times their length."""
    text = chunk(b"zTXt", b"note\0\0" + zlib.compress(b"\0" * (MEGABYTE - 10), 9))
    return png(64, 64, between=text * 60, body=zlib.compress(b"\0" * (64 * 193)))


def zipped() -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("photo.jpg", b"\0" * MEGABYTE)
    return out.getvalue()


# What is refused: how it is made, and the code that says why.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "picture_broken"),
    "text": (lambda: b"no picture at all", "not_a_picture"),
    "svg": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "not_a_picture",
    ),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", "not_a_picture"),
    "gif-html": (lambda: b"GIF89a/*<html><script>alert(1)</script>*/", "not_a_picture"),
    "gif": (lambda: picture("GIF"), "not_a_picture"),
    "bmp": (lambda: picture("BMP"), "not_a_picture"),
    "tiff": (lambda: picture("TIFF"), "not_a_picture"),
    "zip": (zipped, "not_a_picture"),
    "cut-jpeg": (lambda: picture()[:500], "picture_broken"),
    "half-jpeg": (lambda: _half(picture(size=(900, 900))), "picture_broken"),
    "cut-png": (lambda: _half(picture("PNG", (900, 900))), "picture_broken"),
    "zeros-png": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture_broken"),
    "text-bomb": (text_bomb, "picture_broken"),
    "50-megapixel-jpeg": (lambda: picture(size=(10_000, 5_000)), "picture_too_many_pixels"),
    "50-megapixel-png": (
        lambda: picture("PNG", (10_000, 5_000), mode="1"),
        "picture_too_many_pixels",
    ),
    "bomb-png": (lambda: png(100_000, 100_000), "picture_too_many_pixels"),
    "bomb-webp": (lambda: moving_webp(1, 16_000), "picture_too_many_pixels"),
    "moving-webp": (lambda: moving("WEBP"), "picture_moves"),
    "moving-png": (lambda: moving("PNG"), "picture_moves"),
    "ten-thousand-frames": (lambda: moving_webp(10_000), "picture_moves"),
    "very-wide": (lambda: picture("PNG", (20_000, 1)), "picture_too_small"),
    "30-megabytes": (lambda: picture() + b"\0" * 30 * MEGABYTE, "picture_too_large"),
}


def with_profile(kind: str = "JPEG") -> bytes:
    """A picture with a colour profile of its own."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return picture(kind, icc_profile=profile)


def heaviest() -> dict[str, bytes]:
    """The pictures that take most memory of those that are taken, one of each kind."""
    noise = Image.effect_noise((1_024, 1_024), 80)
    made = {}
    for name, kind, mode, size, settings in (
        ("jpeg", "JPEG", "RGB", (6_000, 4_000), {"quality": 60}),
        ("jpeg-square", "JPEG", "RGB", (3_190, 3_190), {"quality": 80}),
        ("jpeg-scans", "JPEG", "RGB", (4_500, 4_000), {"quality": 40, "progressive": True}),
        ("webp", "WEBP", "RGBA", (2_048, 2_048), {"quality": 80, "method": 0}),
    ):
        out = io.BytesIO()
        noise.resize(size).convert(mode).save(out, kind, **settings)
        made[name] = out.getvalue()
    see_through = Image.new("RGBA", (4_096, 4_096), (200, 3, 4, 100))
    see_through.paste(noise.convert("RGBA"), (0, 0))
    out = io.BytesIO()
    see_through.save(out, "PNG", compress_level=1)
    return made | {"png-see-through": out.getvalue()}


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]
