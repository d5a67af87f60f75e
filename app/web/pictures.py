"""Pictures as pages show them: every width and format that exists, read off the key itself.

A key is `<folder>/<two letters>/<digest>~<width>~<tone>`: the widest file and the colour that stands in its
place while it loads. The files are `<key>-<width>.<format>` for each width of the ladder up to that one, so a
list of cards links its pictures without asking anybody. A picture in `fresh/` waits for its ladder; until then
its one JPEG is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from flask import Response, abort, url_for
from flask_babel import lazy_gettext as _l

from app.foundation.pictures import FORMATS_SERVED, FRESH, Key, ladder
from app.foundation.storage import storage
from app.web.access import public
from app.web.assets import FOREVER
from app.web.sentences import add_sentences

if TYPE_CHECKING:
    from flask import Flask

PUBLIC_FOLDERS: Final = ("photos/", "drawn/", f"{FRESH}/")
TYPES: Final = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# What people read when a picture is refused: each limit in its own words.
SENTENCES: Final = {
    "picture_refused": _l("This file cannot be used. Send a JPEG, PNG or WebP picture."),
    "picture_too_large": _l("This file is too large. Send a picture of at most %(most)s MB."),
    "picture_too_many_pixels": _l(
        "This picture has too many pixels. Send one of at most %(most)s million, "
        "or save it as an ordinary JPEG first."
    ),
    "picture_too_small": _l(
        "This picture is too small. Each side needs at least %(least)s pixels."
    ),
    "not_a_picture": _l(
        "This file is not a picture that we can read. Send a JPEG, PNG or WebP picture."
    ),
    "picture_broken": _l(
        "This picture is broken: it is empty or was not sent whole. Open it, save it anew and try again."
    ),
    "picture_moves": _l("This is a moving picture. Send a still one."),
}


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
    is_fresh: bool = False  # its other widths are being drawn


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
        is_fresh=key.startswith(f"{FRESH}/"),
    )


def picture_file(key: str | None) -> str | None:
    """Link the one file of a picture that every program can read: for mails, sharing and small lists."""
    view = picture_view(key)
    return view.src if view else None


_Files = tuple[tuple[Source, ...], str, str, int, str]


def _stored(text: str) -> _Files | None:
    key = Key.read(text)
    if key is None:
        return None
    base = url_for("web.media", key=text)
    if key.is_fresh:
        return (), f"{base}-{key.fallback}.jpg", f"{base}-{key.width}.jpg", key.width, key.tone
    widths = ladder(key.width)
    sources = tuple(
        Source(TYPES[kind], ", ".join(f"{base}-{width}.{kind} {width}w" for width in widths))
        for kind in FORMATS_SERVED
    )
    largest = f"{base}-{widths[-1]}.webp"
    return sources, f"{base}-{min(key.fallback, widths[-1])}.jpg", largest, widths[-1], key.tone


def register(app: Flask) -> None:
    """Serve stored pictures, and say why one was refused."""
    app.add_url_rule("/media/<path:key>", "web.media", media)
    add_sentences(SENTENCES)


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


def picture_data(key: str | None) -> bytes | None:
    """Read one file of a picture, for drawing with it; none where the key names nothing that we have."""
    said = Key.read(key or "")
    if said is None:
        return None
    width = said.fallback if said.is_fresh else min(said.fallback, ladder(said.width)[-1])
    try:
        return storage().get(f"{key}-{width}.jpg")
    except OSError:
        return None
