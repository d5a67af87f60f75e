"""Static files under a name that changes with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, abort, current_app, request

from app.web.access import public

if TYPE_CHECKING:
    from flask import Flask

FOLDER: Final = Path(__file__).resolve().parents[2] / "static"
FOREVER: Final = "public, max-age=31536000, immutable"
BRIEFLY: Final = "public, max-age=300"
COMPRESSED: Final = frozenset({".css", ".js", ".svg", ".json", ".txt", ".webmanifest"})
_IMPORT: Final = re.compile(r'@import url\("([^"]+)"\)(?: layer\(([a-z]+)\))?;')
_EXTENSION: Final = "assets"

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("image/webp", ".webp")
mimetypes.add_type("text/javascript", ".js")

bp = Blueprint("web", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to be sent."""

    data: bytes
    compressed: bytes | None
    type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files, read at start-up, and the version made from them."""

    version: str
    files: dict[str, Asset]


def read(folder: Path = FOLDER) -> Assets:
    """Read the folder, inline CSS imports, compress text, and hash the whole."""
    digest = hashlib.sha256()
    files = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        name = path.relative_to(folder).as_posix()
        data = minified(bundle(path)).encode() if path.suffix == ".css" else path.read_bytes()
        digest.update(name.encode() + b"\0" + data)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if path.suffix in COMPRESSED and kind.startswith("text/"):
            kind += "; charset=utf-8"
        small = gzip.compress(data, mtime=0) if path.suffix in COMPRESSED else None
        files[name] = Asset(data, small, kind)
    return Assets(digest.hexdigest()[:12], files)


def bundle(path: Path) -> str:
    """Inline `@import url("x.css") layer(y);` lines of a style sheet, into one file."""

    def inlined(found: re.Match[str]) -> str:
        text = bundle(path.parent / found[1])
        return f"@layer {found[2]} {{\n{text}\n}}" if found[2] else text

    return _IMPORT.sub(inlined, path.read_text(encoding="utf-8"))


def minified(text: str) -> str:
    """Leave out what a browser does not read in a style sheet; strings hold no run of spaces."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text)
    return re.sub(r"([a-z-]): ", r"\1:", text).replace(";}", "}").strip()


def register(app: Flask) -> None:
    """Serve the files and give templates `asset(path)`."""
    assets = read()
    app.extensions[_EXTENSION] = assets
    app.register_blueprint(bp)
    app.jinja_env.globals["asset"] = asset


def asset(path: str) -> str:
    """Link a static file. Raises `KeyError` for one that does not exist."""
    assets: Assets = current_app.extensions[_EXTENSION]
    if path not in assets.files:
        raise KeyError(path)
    return f"/static/{assets.version}/{path}"


def asset_data(path: str) -> bytes | None:
    """Read a static file; none for one that does not exist."""
    assets: Assets = current_app.extensions[_EXTENSION]
    found = assets.files.get(path)
    return found.data if found else None


@bp.get("/static/<version>/<path:name>")
@public
def static_file(version: str, name: str) -> Response:
    """Send a static file, compressed where the browser can read it."""
    assets: Assets = current_app.extensions[_EXTENSION]
    found = assets.files.get(name) or abort(404)
    if found.compressed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = Response(found.compressed, content_type=found.type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(found.data, content_type=found.type)
    if found.compressed is not None:
        response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOREVER if version == assets.version else BRIEFLY
    return response
