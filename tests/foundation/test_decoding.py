"""Pictures from outside: what is taken, what is refused and why, and what both cost."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from app.foundation.decoding import LARGEST_FILE, PictureRefusedError, unpack
from app.foundation.pictures import draw, take
from tests.support.pictures import HOSTILE, heaviest, picture, png, with_profile

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
# Peak memory of a process of its own: VmHWM begins anew with each program, unlike ru_maxrss, which a child inherits.
JUDGE = """
import io, sys
from PIL import Image
from app.foundation.decoding import PictureRefusedError, return_memory_at_once
from app.foundation.pictures import take

def peak():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024

return_memory_at_once()
out = io.BytesIO()
Image.new("RGB", (700, 700)).save(out, "JPEG")
take(out.getvalue())
for path in sys.argv[1:]:
    before = peak()
    with open(path, "rb") as file:
        data = file.read(8 * 1024 * 1024 + 1)
    try:
        take(data)
        said = "taken"
    except PictureRefusedError as error:
        said = error.code
    print(path, said, peak() - before)
"""


def opened(data: bytes) -> Image.Image:
    made = Image.open(io.BytesIO(data))
    made.load()
    return made


def judged(folder: Path, files: Mapping[str, bytes]) -> dict[str, tuple[str, int]]:
    """Take files in a fresh process each: what it said and by how many MB its peak grew."""
    verdicts = {}
    for name, data in files.items():
        path = folder / name
        path.write_bytes(data)
        ran = subprocess.run(
            [sys.executable, "-c", JUDGE, str(path)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        _path, said, grown = ran.stdout.split()
        verdicts[name] = (said, int(grown))
    return verdicts


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_of_ours_is_refused_and_the_reason_is_told(name: str) -> None:
    make, code = HOSTILE[name]

    with pytest.raises(PictureRefusedError) as refused:
        unpack(make())

    assert refused.value.code == code


def test_the_heaviest_pictures_take_less_than_a_hundred_megabytes(tmp_path: Path) -> None:
    files = heaviest()
    assert max(len(data) for data in files.values()) <= LARGEST_FILE

    verdicts = judged(tmp_path, files)

    assert {said for said, _grown in verdicts.values()} == {"taken"}
    assert {name: grown for name, (_said, grown) in verdicts.items() if grown >= 95} == {}


def test_refusing_takes_next_to_nothing(tmp_path: Path) -> None:
    names = ("bomb-png", "bomb-webp", "50-megapixel-jpeg", "text-bomb", "ten-thousand-frames")

    verdicts = judged(tmp_path, {name: HOSTILE[name][0]() for name in names})

    assert {name: grown for name, (_said, grown) in verdicts.items() if grown >= 20} == {}


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("WEBP", "RGB"),
        ("WEBP", "RGBA"),
    ],
)
def test_a_picture_is_drawn_anew_in_every_size_and_format(kind: str, mode: str) -> None:
    redrawn = draw(unpack(picture(kind, (700, 800), mode=mode)))

    assert sorted(redrawn.files) == ["360.avif", "360.webp", "640.avif", "640.jpg", "640.webp"]
    for name, data in redrawn.files.items():
        side, ending = name.split(".")
        drawn = opened(data)
        assert drawn.format == {"jpg": "JPEG"}.get(ending, ending.upper())
        assert (drawn.size, drawn.mode) == ((int(side), int(side)), "RGB")


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (picture("PNG", mode="I;16", colour=0x8000), (128, 128, 128)),
        (picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)), (255, 255, 255)),
        (picture("PNG", mode="L", colour=90), (90, 90, 90)),
        (picture("JPEG", mode="CMYK", colour=(0, 255, 255, 0)), (254, 0, 0)),
        (with_profile("JPEG"), (200, 30, 30)),
        (with_profile("PNG"), (200, 30, 30)),
        (picture("PNG", icc_profile=b"no profile at all"), (200, 30, 30)),
    ],
    ids=["16-bit", "see-through", "grey", "cmyk", "profile", "png-profile", "broken-profile"],
)
def test_colours_stay_what_they_were(data: bytes, colour: tuple[int, int, int]) -> None:
    shown: Any = unpack(data).getpixel((100, 100))

    assert max(abs(one - other) for one, other in zip(shown, colour, strict=True)) <= 3


def test_strips_leave_no_seam() -> None:
    slope = Image.linear_gradient("L").resize((1_700, 1_900))
    out = io.BytesIO()
    slope.save(out, "PNG")

    plain = unpack(out.getvalue())

    column = [plain.getpixel((800, row)) for row in range(plain.height)]
    steps = [later[0] - one[0] for one, later in pairwise(column)]  # type: ignore[index]
    assert plain.size == (1_600, 1_600)
    assert max(abs(step) for step in steps) <= 1


def test_nothing_that_the_camera_noted_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 2.0)
    data = picture(exif=exif, comment=b"SECRET PLACE", xmp=b"<x:SECRET PLACE/>")
    assert b"SECRET PLACE" in data

    taken = take(data)
    drawn = draw(unpack(data))

    for file in [*taken.files.values(), *drawn.files.values()]:
        assert b"SECRET" not in file
        assert b"EXIF" not in file.upper()
        shown = opened(file)
        assert not shown.getexif()
        assert shown.info.get("icc_profile") is None


def test_what_hangs_on_a_picture_is_not_kept() -> None:
    for tail in (b"<html><script>alert(1)</script></html>", HOSTILE["zip"][0]()):
        for file in take(picture() + tail).files.values():
            assert b"<script>" not in file
            assert b"PK\x03\x04" not in file
            assert opened(file).size[0] in {600, 640}


def test_huge_notes_of_a_camera_do_no_harm() -> None:
    exif = Image.Exif()
    exif[0x010E] = "x" * 60_000
    segment = b"\xff\xe1\xff\xff" + b"Exif\0\0" + b"\xff" * (0xFFFF - 8)
    data = picture(exif=exif)
    data = data[:2] + segment * 100 + data[2:]

    assert unpack(data).size == (600, 600)


def test_a_turned_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = Image.new("RGB", (400, 400), "blue")
    turned.paste("red", (0, 0, 400, 200))  # red above, blue below; to be turned clockwise
    out = io.BytesIO()
    turned.save(out, "JPEG", exif=exif)

    shown: Any = unpack(out.getvalue()).getpixel((380, 200))

    assert shown[0] > 200 > shown[2]


def test_notes_of_the_camera_that_lie_about_their_kind_are_of_no_account() -> None:
    notes = Image.Exif()
    notes[0x0112], notes[0x010E] = 6, "abc"
    data = picture(exif=notes).replace(b"\x01\x12\x00\x03", b"\x01\x12\x00\x02")

    assert unpack(data).size == (600, 600)


def test_a_jpeg_in_several_scans_may_have_fewer_pixels() -> None:
    data = picture(size=(4_000, 4_000), progressive=True, subsampling=0)

    with pytest.raises(PictureRefusedError) as refused:
        unpack(data)

    assert refused.value.code == "picture_too_many_pixels"
    assert refused.value.values["most"] < 16


def test_a_small_picture_is_kept_in_the_narrowest_width() -> None:
    taken = take(picture(size=(120, 90)))

    assert list(taken.files) == ["360.jpg"]


def test_a_header_that_promises_more_than_comes_is_refused() -> None:
    with pytest.raises(PictureRefusedError) as refused:
        unpack(png(3_000, 3_000))

    assert refused.value.code == "picture_broken"
