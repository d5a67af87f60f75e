"""How a finished page leaves: named by its content, so that an unchanged one is not sent twice, and packed.

Nothing that belongs to somebody may reach a shared cache (S28): pages are `private` unless their view says
otherwise, personal ones are `no-store` and get no name. The token of forms is new in each answer and left out
of the name; its session and the quarter of a day are in it, so a browser never keeps a page whose token is too
old or another's.
"""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING, Final

import brotli
from flask import g, request, session

from app.foundation import clock
from app.web.assets import accepted_encoding

if TYPE_CHECKING:
    from flask import Flask, Response

TEXTS: Final = frozenset(
    {
        "application/json",
        "application/ld+json",
        "application/manifest+json",
        "application/xml",
        "image/svg+xml",
        "text/calendar",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
        "text/xml",
    }
)
QUALITY: Final = 4  # half a millisecond for a list of 24 products
GZIP_LEVEL: Final = 4
LEAST: Final = 600
MOST: Final = 8 * 1024 * 1024
QUARTER_DAY: Final = 6 * 3_600  # half of what a token lives
_LAST_BLOCK: Final = b"\x03"  # RFC 7932, 9.2: last and empty
_LARGEST_BLOCK: Final = 2**16
_PACKED: Final = "packed_page"
_DIGEST: Final = "page_digest"


def register(app: Flask) -> None:
    """Finish answers after everybody else: what is registered first is asked last."""
    app.after_request(_deliver)


def _deliver(response: Response) -> Response:
    if response.direct_passthrough or response.is_streamed or request.method not in {"GET", "HEAD"}:
        return response
    if response.status_code == 200 and not response.cache_control.no_store:  # noqa: PLR2004
        if "ETag" not in response.headers:
            response.set_etag(_name_of(response.get_data()), weak=True)
        response.make_conditional(request)
    if response.mimetype in TEXTS and "Content-Encoding" not in response.headers:
        response.vary.add("Accept-Encoding")
        if response.status_code != 304:  # noqa: PLR2004
            _pack(response)
    return response


def _name_of(body: bytes) -> str:
    """Name a page by what it says, and by whose form it holds."""
    token = str(g.get("csrf_token", "")).encode()
    has_form = bool(token) and token in body
    said = g.pop(_DIGEST, None) or digest_of(body.replace(token, b"") if has_form else body)
    if not has_form:
        return said
    return digest_of(
        f"{said}{session.get('csrf_token')}{clock.now().timestamp() // QUARTER_DAY}".encode()
    )


def digest_of(text: bytes) -> str:
    """Make a name of what a page says."""
    return hashlib.sha1(text, usedforsecurity=False).hexdigest()[:20]


def _pack(response: Response) -> None:
    body = response.get_data()
    encoding = accepted_encoding() if LEAST <= len(body) <= MOST else None
    if encoding == "br":
        response.set_data(g.pop(_PACKED, None) or brotli.compress(body, quality=QUALITY))
    elif encoding == "gzip":
        response.set_data(gzip.compress(body, GZIP_LEVEL, mtime=0))
    if encoding:
        response.headers["Content-Encoding"] = encoding


def hand_over(digest: str, packed: bytes | None) -> None:
    """Say what is known of the page that this request answers with: its digest without tokens, its packed form."""
    setattr(g, _DIGEST, digest)
    if packed:
        setattr(g, _PACKED, packed)


def begin_packed(text: bytes) -> bytes:
    """Pack the beginning of a page, to be kept; `end_packed` goes on from there."""
    packer = brotli.Compressor(quality=QUALITY + 1)
    return bytes(packer.process(text) + packer.flush())


def end_packed(beginning: bytes, rest: bytes) -> bytes | None:
    """End a packed page with words as they are, which costs nothing; none when they are too many.

    A token that is not packed together with what a reader typed cannot be guessed by its length either.
    """
    if not rest:
        return beginning + _LAST_BLOCK
    if len(rest) > _LARGEST_BLOCK:
        return None
    # RFC 7932, 9.2: not the last block, four nibbles of length less one, not packed.
    header = ((len(rest) - 1) << 3) | (1 << 19)
    return beginning + header.to_bytes(3, "little") + rest + _LAST_BLOCK


def wants_packed() -> bool:
    """Whether whoever asks reads the packed form that is kept."""
    return accepted_encoding() == "br"
