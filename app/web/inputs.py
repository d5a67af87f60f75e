"""Values from a URL or form, taken only when they are what they claim to be (S06, R40)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import abort, request

from app.foundation.errors import InvalidInputError
from app.foundation.text import clean, is_storable

if TYPE_CHECKING:
    from flask import Flask

LARGEST: Final = 2**53
LONGEST_PATH: Final = 500  # longer than any page of ours


def register(app: Flask) -> None:
    """Refuse addresses that cannot name anything before a view looks for it."""
    app.before_request(_refuse_path)


def _refuse_path() -> None:
    if not is_storable(request.path):
        abort(404)


def whole_number(text: str, *, least: int, most: int, name: str) -> int:
    """Read an ASCII whole number between two bounds. Raises `InvalidInputError`."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST)):
        raise InvalidInputError(field=name)
    value = int(text)
    if not least <= value <= most:
        raise InvalidInputError(field=name)
    return value


def optional_number(text: str | None, *, least: int, most: int, name: str) -> int | None:
    """Read a whole number that may be left out. Raises `InvalidInputError`."""
    if text is None or text == "":
        return None
    return whole_number(text, least=least, most=most, name=name)


def words(text: str | None, *, longest: int, name: str) -> str:
    """Read a line of text, cleaned. Raises `InvalidInputError` when it is too long or unstorable."""
    try:
        cleaned = clean(text or "")
    except ValueError as error:
        raise InvalidInputError(field=name) from error
    if len(cleaned) > longest:
        raise InvalidInputError(field=name)
    return cleaned


def own_path(target: str | None) -> str | None:
    """Take a path of our own to go back to, and nothing else (S26)."""
    if not target or len(target) > LONGEST_PATH or not target.isascii():
        return None
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    return target if target.isprintable() and " " not in target else None
