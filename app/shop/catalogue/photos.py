"""Writing the photos of a listing: added, described, put in order, removed, swapped for the drawn one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.foundation.actors import Permission, Scope
from app.foundation.database import db
from app.foundation.errors import InvalidInputError
from app.foundation.picture_store import draw_later
from app.foundation.pictures import Key
from app.shop.catalogue.models import Listing, Photo
from app.shop.catalogue.services import LONGEST_LINE, localized, note_change, refresh_cards

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.foundation.actors import Actor
    from app.foundation.picture_store import PreparedPicture

MOST_PHOTOS: Final = 8
STEPS: Final = ("up", "down", "first")


class TooManyPhotosError(InvalidInputError):
    """A listing shows as many photos as it may."""

    code = "too_many_photos"


class PhotoShownError(InvalidInputError):
    """The listing shows this very picture: a form was sent twice, or a file chosen twice."""

    code = "photo_shown"
    status = 409


def add_photo(
    listing: Listing,
    *,
    photo: PreparedPicture,
    alt: Mapping[str, str | None],
    actor: Actor,
    now: datetime,
) -> Photo:
    """Show a received picture with a listing; a job draws its other widths.

    Raises `NotPermittedError`, `InvalidInputError` without a description, `TooManyPhotosError` and
    `PhotoShownError`.
    """
    actor.must(Permission.LISTING_EDIT, Scope.producer(listing.producer_id))
    words = localized(alt, field="alt", longest=LONGEST_LINE)
    shown = db.session.execute(
        select(Photo.key, Photo.position).where(Photo.listing_id == listing.id)
    ).all()
    if len(shown) >= MOST_PHOTOS:
        raise TooManyPhotosError(field="photo", most=MOST_PHOTOS)
    wanted = Key.read(photo.key)
    if wanted and any((one := Key.read(row.key)) and one.digest == wanted.digest for row in shown):
        raise PhotoShownError(field="photo")
    last = max((row.position for row in shown), default=-1)
    added = Photo(key=photo.key, alt=words, position=last + 1)
    listing.photos.append(added)
    draw_later(photo.key, now=now)
    note_change(listing, "photo.added", actor=actor, now=now)
    return added


def describe_photo(
    photo: Photo, *, alt: Mapping[str, str | None], actor: Actor, now: datetime
) -> None:
    """Say anew what a photo shows. Raises `NotPermittedError`, and `InvalidInputError` without words."""
    actor.must(Permission.LISTING_EDIT, Scope.producer(photo.listing.producer_id))
    words = localized(alt, field="alt", longest=LONGEST_LINE)
    if words != photo.alt:
        photo.alt = words
        note_change(photo.listing, "photo.described", actor=actor, now=now)


def move_photo(photo: Photo, step: str, *, actor: Actor, now: datetime) -> None:
    """Move a photo a place `up` or `down`, or make it the `first`, which cards show.

    A step that leads nowhere changes nothing. Raises `NotPermittedError`, and `InvalidInputError` for
    another step.
    """
    listing = photo.listing
    actor.must(Permission.LISTING_EDIT, Scope.producer(listing.producer_id))
    if step not in STEPS:
        raise InvalidInputError(field="step")
    order = sorted(listing.photos, key=lambda one: (one.position, one.id))
    at = order.index(photo)
    to = {"up": max(at - 1, 0), "down": min(at + 1, len(order) - 1), "first": 0}[step]
    if to == at:
        return
    order.insert(to, order.pop(at))
    for position, one in enumerate(order):
        one.position = position
    db.session.flush()
    db.session.expire(listing, ["photos"])  # they are read again in their order
    note_change(listing, "photo.moved", actor=actor, now=now)


def remove_photo(photo: Photo, *, actor: Actor, now: datetime) -> None:
    """Take a picture off a listing; its files stay until the sweep finds no row that names them."""
    listing = photo.listing
    actor.must(Permission.LISTING_EDIT, Scope.producer(listing.producer_id))
    listing.photos.remove(photo)
    note_change(listing, "photo.removed", actor=actor, now=now)


def swap_key(old: str, new: str, *, now: datetime) -> None:
    """Name the drawn files where the received one was named; no version of a listing moves for that."""
    photos = db.session.scalars(
        select(Photo).where(Photo.key == old).options(joinedload(Photo.listing))
    ).all()
    for photo in photos:
        photo.key = new
    if photos:
        refresh_cards(sorted({photo.listing.product_id for photo in photos}), now=now)
