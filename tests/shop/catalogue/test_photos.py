from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from app.foundation.actors import SYSTEM
from app.foundation.database import db
from app.foundation.errors import InvalidInputError, NotPermittedError
from app.foundation.pictures import LARGEST_FILE, PictureRefusedError, redraw
from app.foundation.storage import storage
from app.shop.catalogue import services
from tests.shop.catalogue.sale import card
from tests.support import make

if TYPE_CHECKING:
    from flask import Flask

    from app.shop.catalogue.models import Photo
    from tests.support.browser import Browser


def _picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600), **values: Any) -> bytes:
    out = io.BytesIO()
    mode = values.pop("mode", "RGB")
    colour = (200, 30, 30) if mode == "RGB" else 0
    Image.new(mode, size, colour).save(out, kind, **values)
    return out.getvalue()


def _bomb() -> bytes:
    """A few hundred bytes that claim 100,000 × 100,000 pixels."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "I;16"),
        ("WEBP", "RGB"),
    ],
)
def test_a_picture_is_drawn_anew_in_every_size_and_format(kind: str, mode: str) -> None:
    redrawn = redraw(_picture(kind, (700, 800), mode=mode))

    assert sorted(redrawn.files) == ["360.avif", "360.webp", "640.avif", "640.jpg", "640.webp"]
    for name, data in redrawn.files.items():
        side, ending = name.split(".")
        with Image.open(io.BytesIO(data)) as drawn:
            assert drawn.format == {"jpg": "JPEG"}.get(ending, ending.upper())
            assert (drawn.size, drawn.mode) == ((int(side), int(side)), "RGB")


def test_nothing_that_the_camera_noted_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 2.0)
    data = _picture(exif=exif, comment=b"SECRET PLACE")
    assert b"SECRET PLACE" in data

    for drawn in redraw(data).files.values():
        assert b"SECRET" not in drawn
        assert b"EXIF" not in drawn
        with Image.open(io.BytesIO(drawn)) as opened:
            assert not opened.getexif()


def test_a_turned_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = Image.new("RGB", (400, 400), "blue")
    picture.paste("red", (0, 0, 400, 200))  # red above, blue below; to be turned clockwise
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)

    drawn = redraw(out.getvalue()).files["360.webp"]

    with Image.open(io.BytesIO(drawn)) as opened:
        red, _green, blue = opened.convert("RGB").getpixel((340, 180))  # type: ignore[misc]
        assert red > blue


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a<html><script>alert(1)</script>",
        _picture("GIF"),
        _picture("BMP"),
        _picture("TIFF"),
        _picture()[:500],
        _bomb(),
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"x" * (LARGEST_FILE + 1),
    ],
    ids=["empty", "text", "svg", "polyglot", "gif", "bmp", "tiff", "cut", "bomb", "png", "large"],
)
def test_what_is_no_picture_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(PictureRefusedError):
        redraw(data)


def test_notes_of_the_camera_that_lie_about_their_kind_are_refused() -> None:
    notes = Image.Exif()
    notes[0x0112], notes[0x010E] = 6, "abc"
    data = _picture(exif=notes).replace(b"\x01\x0e\x00\x02", b"\x01\x00\x00\x02")

    with pytest.raises(PictureRefusedError):
        redraw(data)


def test_more_than_forty_million_pixels_are_refused_before_they_are_drawn() -> None:
    data = _picture("PNG", (8_000, 5_001), mode="1")

    with pytest.raises(PictureRefusedError):
        redraw(data)


def _added(listing: Any, **values: Any) -> Photo:
    wanted: dict[str, Any] = {
        "photo": services.prepare_photo(_picture()),
        "alt": {"vi": "Gói chè"},
        "actor": SYSTEM,
        "now": make.NOW,
    }
    return services.add_photo(listing, **(wanted | values))


def test_a_photo_of_a_listing_is_served_for_ever_and_nothing_else_is(browser: Browser) -> None:
    listing = make.listing(make.registered(by=make.producer()))
    photo = _added(listing)
    db.session.commit()

    response = browser.open(f"/media/{photo.key}-360.webp").response

    assert response.mimetype == "image/webp"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(response.data)) as served:
        assert served.size == (360, 360)
    storage().put_at("private/secret.webp", b"x")
    storage().put_at("photos/secret.txt", b"x")
    for path in (
        "private/secret.webp",
        "photos/secret.txt",
        "photos/../private/secret.webp",
        "photos/%2e%2e/private/secret.webp",
        "photos/none.webp",
        "photos/",
    ):
        browser.open(f"/media/{path}", status=404)


def test_the_first_photo_is_the_card_s_until_it_is_removed(app: Flask) -> None:
    product = make.registered(by=make.producer())
    listing = make.listing(product)
    services.remove_photo(listing.photos[0], actor=SYSTEM, now=make.NOW)
    first = _added(listing)
    second = _added(listing, photo=services.prepare_photo(_picture("PNG")))

    made = card(product)
    assert (made.photo_key, made.is_illustrative) == (first.key, False)
    services.remove_photo(first, actor=SYSTEM, now=make.NOW)
    assert made.photo_key == second.key


def test_a_photo_needs_words_a_right_and_room(app: Flask) -> None:
    listing = make.listing(make.registered(by=make.producer()))

    with pytest.raises(InvalidInputError):
        _added(listing, alt={"en": "Tea"})
    with pytest.raises(NotPermittedError):
        _added(listing, actor=make.actor())
    with pytest.raises(NotPermittedError):
        services.remove_photo(listing.photos[0], actor=make.actor(), now=make.NOW)
    for _ in range(services.MOST_PHOTOS - 1):
        _added(listing)
    with pytest.raises(InvalidInputError):
        _added(listing)
