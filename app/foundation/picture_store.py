"""Pictures from receipt to rest: kept at once, drawn by a job, swept when no row names them (R28, S12).

A module that shows pictures
1. calls `receive_picture(data)` in its route, outside any unit of work: that is the slow part;
2. stores `picture.key` in a row and calls `draw_later(picture.key, now=…)` in the same unit;
3. names the column once, in its `module.py`: `names_pictures(Photo.key)`; without that its files are swept;
4. subscribes to `PictureDrawn` and writes the new key where the old one stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import structlog
from sqlalchemy import or_, select

from app.foundation import clock
from app.foundation.database import db
from app.foundation.decoding import unpack
from app.foundation.events import Event, emit
from app.foundation.outbox import enqueue
from app.foundation.pictures import DRAWN, FRESH, Key, Taken, draw, key_of, take
from app.foundation.storage import storage
from app.foundation.work import in_unit_of_work, is_open

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import InstrumentedAttribute

log = structlog.get_logger(__name__)

DRAW: Final = "pictures.draw"
SWEPT: Final = (FRESH, DRAWN)
SPARED: Final = timedelta(days=1)  # a row may still be on its way to its file
ASKED_AT_ONCE: Final = 400
OLD_SOURCE: Final = "-640.webp"  # the largest file of a key of the first form, `photos/ab/<digest>`
_FILE: Final = re.compile(r"(?P<key>.+)-\d+\.(avif|webp|jpg)(\.[0-9a-z]+\.partial)?")
_columns: dict[str, InstrumentedAttribute[Any]] = {}


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture that was drawn anew and kept, for a row that will name it."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureDrawn(Event):
    """Every file of a picture is there: what says `old_key` may say `new_key`."""

    old_key: str
    new_key: str
    at: datetime


def receive_picture(data: bytes) -> PreparedPicture:
    """Take a picture from outside and keep what a page needs at once; slow, so never inside a unit of work.

    Raises `PictureRefusedError`.
    """
    must_be_outside()
    return keep_picture(take(data))


def keep_picture(taken: Taken) -> PreparedPicture:
    """Keep a picture that was taken; the files come first: one without a row is swept, a row without one is a hole."""
    must_be_outside()
    for name, file in taken.files.items():
        storage().put_at(f"{taken.key}-{name}", file, is_synced=True)
    return PreparedPicture(taken.key)


def draw_later(key: str, *, now: datetime) -> None:
    """Ask, in the unit that stores a key, that the ladder of its picture be drawn."""
    enqueue(DRAW, {"key": key}, now=now)


def draw_picture(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001
    """Draw a picture's ladder and tell whoever shows it; a message that comes twice changes nothing.

    Raises `FileNotFoundError` when a row names a picture whose source is gone.
    """
    key = payload["key"]
    if not named([key]):
        return  # it was removed meanwhile, or drawn already
    db.session.rollback()  # nothing is read while we draw
    new_key = draw_ladder(key)
    in_unit_of_work(lambda: emit(PictureDrawn(old_key=key, new_key=new_key, at=clock.now())))


def draw_ladder(key: str) -> str:
    """Draw and keep every file of a picture received, or of the first form of keys; tell the new key.

    Raises `FileNotFoundError`.
    """
    must_be_outside()
    said = Key.read(key)
    source = f"{key}-{said.width}.jpg" if said else key + OLD_SOURCE
    drawn = draw(unpack(storage().get(source)))
    digest = said.digest if said else key.rpartition("/")[2]
    new_key = key_of(DRAWN, digest, drawn.width, drawn.tone)
    for name, file in drawn.files.items():
        storage().put_at(f"{new_key}-{name}", file, is_synced=True)
    return new_key


def names_pictures(column: InstrumentedAttribute[Any]) -> None:
    """Register a column that holds keys of pictures: what it names is never swept."""
    _columns[str(column)] = column


def picture_columns() -> frozenset[str]:
    """List the columns that were registered, as `Model.column`."""
    return frozenset(_columns)


def named(keys: Collection[str]) -> set[str]:
    """Tell which keys some row names."""
    found: set[str] = set()
    asked = sorted(keys)
    for start in range(0, len(asked), ASKED_AT_ONCE):
        batch = asked[start : start + ASKED_AT_ONCE]
        for column in _columns.values():
            found.update(db.session.scalars(select(column).where(column.in_(batch)).distinct()))
    return found


def undrawn(*, is_old: bool = False) -> list[str]:
    """List the keys that rows name and whose ladder is not drawn; `is_old` leaves out the fresh ones."""
    found: set[str] = set()
    for column in _columns.values():
        first_form = column.like(f"{DRAWN}/%") & column.not_like("%~%")
        wanted = first_form if is_old else or_(first_form, column.like(f"{FRESH}/%"))
        found.update(db.session.scalars(select(column).where(wanted).distinct()))
    return sorted(found)


def draw_old_later(*, now: datetime) -> int:
    """Ask, in a unit of work, that pictures with keys of the first form be drawn; count them."""
    old = [key for key in undrawn(is_old=True) if storage().exists(key + OLD_SOURCE)]
    for key in old:
        draw_later(key, now=now)
    return len(old)


def sweep(*, now: datetime) -> int:
    """Delete files of pictures that no row names and that are a day old; count them (R28)."""
    swept = 0
    for folder in SWEPT:
        for shelf in list(storage().shelves(folder)):
            swept += sweep_shelf(shelf, before=now - SPARED)
    if swept:
        log.info("pictures.swept", files=swept)
    return swept


def sweep_shelf(shelf: str, *, before: datetime) -> int:
    """Sweep one folder; a file that was written again while we asked is left alone."""
    old = [name for name, at in storage().written(shelf).items() if at < before]
    keys = {name: said["key"] if (said := _FILE.fullmatch(name)) else name for name in old}
    kept = named({*keys.values(), *old})
    db.session.rollback()
    swept = 0
    for name, key in keys.items():
        if key in kept or name in kept:
            continue
        at = storage().written_at(name)
        if at is not None and at < before:
            storage().delete(name)
            swept += 1
    return swept


def must_be_outside() -> None:
    """Refuse slow work while a transaction writes. Raises `RuntimeError`."""
    if is_open():
        msg = "a picture is drawn inside a unit of work"
        raise RuntimeError(msg)
