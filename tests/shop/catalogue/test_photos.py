"""Photos of listings: added, described, put in order, removed, served."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from app.foundation.actors import SYSTEM
from app.foundation.database import db
from app.foundation.errors import InvalidInputError, NotPermittedError
from app.foundation.picture_store import PreparedPicture, receive_picture
from app.foundation.storage import storage
from app.shop.catalogue import photos
from tests.shop.catalogue.sale import card
from tests.support import make
from tests.support.pictures import picture

if TYPE_CHECKING:
    from flask import Flask

    from app.shop.catalogue.models import Photo
    from tests.support.browser import Browser


def _added(listing: Any, **values: Any) -> Photo:
    wanted: dict[str, Any] = {
        "photo": receive_picture(picture()),
        "alt": {"vi": "Gói chè"},
        "actor": SYSTEM,
        "now": make.NOW,
    }
    return photos.add_photo(listing, **(wanted | values))


def test_a_photo_of_a_listing_is_served_for_ever_and_nothing_else_is(browser: Browser) -> None:
    listing = make.listing(make.registered(by=make.producer()))
    photo = _added(listing)
    db.session.commit()

    response = browser.open(f"/media/{photo.key}-600.jpg").response

    assert response.mimetype == "image/jpeg"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(response.data)) as served:
        assert served.size == (600, 600)
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
    photos.remove_photo(listing.photos[0], actor=SYSTEM, now=make.NOW)
    first = _added(listing)
    second = _added(listing, photo=receive_picture(picture("PNG", colour=(1, 2, 3))))

    made = card(product)
    assert (made.photo_key, made.is_illustrative) == (first.key, False)
    photos.remove_photo(first, actor=SYSTEM, now=make.NOW)
    assert made.photo_key == second.key


def test_a_photo_needs_words_a_right_and_room(app: Flask) -> None:
    listing = make.listing(make.registered(by=make.producer()))

    with pytest.raises(InvalidInputError):
        _added(listing, alt={"en": "Tea"})
    with pytest.raises(NotPermittedError):
        _added(listing, actor=make.actor())
    with pytest.raises(NotPermittedError):
        photos.remove_photo(listing.photos[0], actor=make.actor(), now=make.NOW)
    _added(listing)
    with pytest.raises(photos.PhotoShownError):
        _added(listing)
    for number in range(photos.MOST_PHOTOS - 2):
        _added(listing, photo=PreparedPicture(f"photos/aa/{number}~360~000"))
    with pytest.raises(photos.TooManyPhotosError):
        _added(listing, photo=PreparedPicture("photos/aa/9~360~000"))


def test_the_same_words_are_no_change_and_other_words_are_on_the_card_s_page(app: Flask) -> None:
    listing = make.listing(make.registered(by=make.producer()))
    photo = _added(listing)
    version, later = listing.version, make.NOW + timedelta(minutes=1)

    photos.describe_photo(photo, alt={"vi": "Gói chè"}, actor=SYSTEM, now=make.NOW)
    assert listing.version == version
    photos.describe_photo(photo, alt={"vi": "Chè", "en": "Tea"}, actor=SYSTEM, now=later)

    assert photo.alt == {"vi": "Chè", "en": "Tea"}
    assert listing.version > version
    with pytest.raises(InvalidInputError):
        photos.describe_photo(photo, alt={"en": "Tea"}, actor=SYSTEM, now=make.NOW)


@pytest.mark.parametrize(
    ("step", "at", "order"),
    [
        ("up", 2, [0, 2, 1]),
        ("down", 0, [1, 0, 2]),
        ("first", 2, [2, 0, 1]),
        ("up", 0, [0, 1, 2]),
        ("down", 2, [0, 1, 2]),
    ],
)
def test_photos_are_put_in_order_and_the_first_is_the_card_s(
    app: Flask, step: str, at: int, order: list[int]
) -> None:
    product = make.registered(by=make.producer())
    listing = make.listing(product)
    photos.remove_photo(listing.photos[0], actor=SYSTEM, now=make.NOW)
    keys = [f"photos/aa/{number}~360~000" for number in range(3)]
    for key in keys:
        _added(listing, photo=PreparedPicture(key))

    photos.move_photo(listing.photos[at], step, actor=SYSTEM, now=make.NOW)

    assert [one.key for one in listing.photos] == [keys[number] for number in order]
    assert card(product).photo_key == keys[order[0]]
    with pytest.raises(InvalidInputError):
        photos.move_photo(listing.photos[0], "away", actor=SYSTEM, now=make.NOW)
    with pytest.raises(NotPermittedError):
        photos.move_photo(listing.photos[0], "up", actor=make.actor(), now=make.NOW)
