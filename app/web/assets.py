"""Static files under a name that changes with their content, so that browsers may keep them for ever.

Each file has a version of its own; only scripts share one, because they import each other by relative paths.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final

import brotli
from flask import Blueprint, Response, abort, current_app, request

from app.web.access import public

if TYPE_CHECKING:
    from flask import Flask

FOLDER: Final = Path(__file__).resolve().parents[2] / "static"
FOREVER: Final = "public, max-age=31536000, immutable"
BRIEFLY: Final = "public, max-age=300"
COMPRESSED: Final = frozenset({".css", ".js", ".svg", ".json", ".txt"})
_IMPORT: Final = re.compile(r'@import url\("([^"]+)"\)(?: layer\(([a-z]+)\))?;')
_LINK: Final = re.compile(r'url\("(?!data:|/|#|[a-z]+:)([^"]+)"\)')
_STRING_OR_SPACE: Final = re.compile(
    r'"[^"\\]*(?:\\.[^"\\]*)*"|\'[^\'\\]*(?:\\.[^\'\\]*)*\'|/\*.*?\*/|\s+', re.DOTALL
)
_AROUND: Final = re.compile(r" ?([{};,>]) ?|(?<=:) ")
_LENGTH: Final = 10
_EXTENSION: Final = "assets"

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("image/webp", ".webp")
mimetypes.add_type("text/javascript", ".js")

bp = Blueprint("web", __name__)


@dataclass(slots=True)
class Asset:
    """One file, ready to be sent, and packed when it is first asked for."""

    data: bytes
    version: str
    type: str
    is_text: bool
    _packed: dict[str, bytes] = field(default_factory=dict)

    def packed(self, encoding: str) -> bytes:
        """Give the file as `br` or `gzip`, as small as it gets."""
        if encoding not in self._packed:
            pack = brotli.compress if encoding == "br" else _gzip
            self._packed[encoding] = pack(self.data)
        return self._packed[encoding]


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files by name, read at start-up."""

    files: dict[str, Asset]

    def link(self, name: str) -> str:
        """Write the address of a file. Raises `KeyError` for one that does not exist."""
        return f"/static/{self.files[name].version}/{name}"

    def pack(self) -> None:
        """Pack every text now: once, before workers are forked."""
        for one in self.files.values():
            if one.is_text:
                one.packed("br")
                one.packed("gzip")


@cache
def read(folder: Path = FOLDER) -> Assets:
    """Read the folder; give each file its version, join style sheets and take out what only authors read."""
    paths = [one for one in sorted(folder.rglob("*")) if one.is_file() and one.name[0] != "."]
    names = {path: path.relative_to(folder).as_posix() for path in paths}
    scripts = b"".join(path.read_bytes() for path in paths if path.suffix == ".js")
    assets = Assets({})
    for path in sorted(paths, key=lambda one: one.suffix == ".css"):  # sheets link the others
        name = names[path]
        if path.suffix == ".css":
            data = minified(bundle(folder, name, assets)).encode()
        else:
            data = path.read_bytes()
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        is_text = path.suffix in COMPRESSED
        if is_text and kind.startswith("text/"):
            kind += "; charset=utf-8"
        version = digest(scripts if path.suffix == ".js" else data)
        assets.files[name] = Asset(data, version, kind, is_text)
    return assets


def digest(data: bytes) -> str:
    """Make a short name of a content."""
    return hashlib.sha256(data).hexdigest()[:_LENGTH]


def bundle(folder: Path, name: str, assets: Assets) -> str:
    """Inline `@import url("x.css") layer(y);` lines of a style sheet, and link files by their versions."""

    def beside(link: str) -> str:
        return normpath(join(dirname(name), link))

    def inlined(found: re.Match[str]) -> str:
        text = bundle(folder, beside(found[1]), assets)
        return f"@layer {found[2]} {{\n{text}\n}}" if found[2] else text

    text = (folder / name).read_text(encoding="utf-8")
    text = _LINK.sub(
        lambda found: (
            found[0] if found[1].endswith(".css") else f'url("{assets.link(beside(found[1]))}")'
        ),
        text,
    )
    return _IMPORT.sub(inlined, text)


def minified(text: str) -> str:
    """Take comments and needless spaces out of a style sheet; what stands in quotes is left alone."""
    kept: list[str] = []

    def shorter(found: re.Match[str]) -> str:
        if found[0][0] in "\"'":
            kept.append(found[0])
            return "\x01"
        return " "

    text = re.sub(" +", " ", _STRING_OR_SPACE.sub(shorter, text))
    text = _AROUND.sub(lambda found: found[1] or "", text).replace(";}", "}").strip()
    quoted = iter(kept)
    return re.sub("\x01", lambda _found: next(quoted), text)


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def register(app: Flask) -> None:
    """Serve the files and give templates `asset(path)`."""
    app.extensions[_EXTENSION] = read()
    app.register_blueprint(bp)
    app.jinja_env.globals["asset"] = asset


def assets_of(app: Flask) -> Assets:
    """Give the static files of an application."""
    found: Assets = app.extensions[_EXTENSION]
    return found


def asset(path: str) -> str:
    """Link a static file. Raises `KeyError` for one that does not exist."""
    return assets_of(current_app).link(path)


@bp.get("/static/<version>/<path:name>")
@public
def static_file(version: str, name: str) -> Response:
    """Send a static file, packed as the browser can read it."""
    found = assets_of(current_app).files.get(name) or abort(404)
    encoding = accepted_encoding() if found.is_text else None
    response = Response(found.packed(encoding) if encoding else found.data, content_type=found.type)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if found.is_text:
        response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = FOREVER if version == found.version else BRIEFLY
    response.set_etag(found.version, weak=found.is_text)
    return response.make_conditional(request)  # type: ignore[return-value]


def accepted_encoding() -> str | None:
    """Choose how to pack an answer: the best that we know and the browser reads."""
    accepted = request.accept_encodings
    if not accepted:
        return None
    return next((one for one in ("br", "gzip") if accepted.quality(one) > 0), None)
