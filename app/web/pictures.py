"""Pictures as pages show them: every width and format that exists, read off the key itself.

A key is `<folder>/<two letters>/<digest>~<width>~<tone>`: the widest file and the colour that stands in its
place while it loads. The files are `<key>-<width>.<format>` for each width of the ladder up to that one, so a
list of cards links its pictures without asking anybody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from flask import Response, abort, url_for

from app.foundation.pictures import FALLBACK_WIDTH, FORMATS_SERVED, ladder
from app.foundation.storage import storage
from app.web.access import public
from app.web.assets import FOREVER

if TYPE_CHECKING:
    from flask import Flask

PUBLIC_FOLDERS: Final = ("photos/", "drawn/")
TYPES: Final = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
_KEY: Final = re.compile(r"[a-z]+/[0-9a-z]{2}/[0-9a-z-]+~(?P<width>\d{1,5})~(?P<tone>[0-3]{3})")


class Source(NamedTuple):
    """One `<source>`: a format and its files by width."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture as `components/picture.html` wants it."""

    src: str
    sources: tuple[Source, ...]
    largest: str
    side: int
    tone: str
    alt: str
    alt_lang: str
    is_illustrative: bool


def picture_view(
    key: str | None, *, alt: str = "", alt_lang: str = "", is_illustrative: bool = False
) -> PictureView | None:
    """Link a picture by its key; none where the key names nothing that we have."""
    if not key:
        return None
    files = _stored(key)
    if files is None:
        return None
    sources, src, largest, side, tone = files
    return PictureView(
        src=src,
        sources=sources,
        largest=largest,
        side=side,
        tone=tone,
        alt=alt,
        alt_lang=alt_lang,
        is_illustrative=is_illustrative,
    )


def picture_file(key: str | None) -> str | None:
    """Link the one file of a picture that every program can read: for mails, sharing and small lists."""
    view = picture_view(key)
    return view.src if view else None


_Files = tuple[tuple[Source, ...], str, str, int, str]


def _stored(key: str) -> _Files | None:
    said = _KEY.fullmatch(key)
    if said is None:
        return None
    base = url_for("web.media", key=key)
    widths = ladder(int(said["width"]))
    sources = tuple(
        Source(TYPES[kind], ", ".join(f"{base}-{width}.{kind} {width}w" for width in widths))
        for kind in FORMATS_SERVED
    )
    fallback = min(FALLBACK_WIDTH, widths[-1])
    largest = f"{base}-{widths[-1]}.webp"
    return sources, f"{base}-{fallback}.jpg", largest, widths[-1], said["tone"]


def register(app: Flask) -> None:
    """Serve stored pictures and give templates `picture_view`."""
    app.add_url_rule("/media/<path:key>", "web.media", media)


def media(key: str) -> Response:
    """Send a stored picture; its name is made of its content, so it never changes."""
    kind = TYPES.get(key.rpartition(".")[2])
    if kind is None or not key.startswith(PUBLIC_FOLDERS):
        abort(404)
    try:
        data = storage().get(key)
    except OSError:
        abort(404)
    response = Response(data, content_type=kind)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


public(media)
