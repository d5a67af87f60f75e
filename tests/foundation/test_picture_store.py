"""Pictures from receipt to rest: shown at once, drawn by a job, swept when no row names them."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import url_for
from PIL import Image
from sqlalchemy import select

from app.foundation import clock, outbox
from app.foundation.actors import SYSTEM
from app.foundation.database import Base, db
from app.foundation.outbox import OutboxMessage
from app.foundation.picture_store import (
    DRAW,
    draw_old_later,
    picture_columns,
    receive_picture,
    sweep,
    undrawn,
)
from app.foundation.pictures import Key
from app.foundation.storage import Storage, storage, use_storage
from app.foundation.work import unit_of_work
from app.jobs.queue import deliver_all
from app.shop.catalogue import photos
from app.shop.catalogue.models import Listing, Photo, ProductCard
from tests.support import make
from tests.support.pictures import picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from app.foundation.picture_store import PreparedPicture
    from tests.support.browser import Browser


@pytest.fixture(autouse=True)
def shelf(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A storage of the test's own, so that nothing of others is counted or swept."""
    usual = storage()
    use_storage(Storage(f"file://{tmp_path}"))
    yield tmp_path
    use_storage(usual)


@pytest.fixture
def listing(app: Flask) -> Listing:
    """A product on sale without a photo."""
    made = make.listing(make.registered(by=make.producer()))
    made.photos.clear()
    db.session.commit()
    return made


def added(listing: Listing, received: PreparedPicture) -> int:
    """Show a picture with a product."""
    with unit_of_work():
        photo = photos.add_photo(
            listing, photo=received, alt={"vi": "Gói chè"}, actor=SYSTEM, now=clock.now()
        )
        return photo.id


def key_now(photo_id: int) -> str:
    db.session.rollback()
    return db.session.scalars(select(Photo.key).where(Photo.id == photo_id)).one()


def aged() -> None:
    """Let every stored file be two days old."""
    then = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    for path in folder().rglob("*.*"):
        os.utime(path, (then, then))


def folder() -> Path:
    """Where the test's files stand."""
    return Path(storage()._root)


def files(app: Flask) -> set[str]:
    """List what is stored."""
    return {path.relative_to(folder()).as_posix() for path in folder().rglob("*.*")}


def test_a_picture_is_shown_at_once_and_drawn_in_every_width_by_a_job(
    browser: Browser, listing: Listing
) -> None:
    received = receive_picture(picture(size=(1_200, 1_100), colour=(1, 90, 200)))
    photo = added(listing, received)
    path = f"{listing.product.slug}-{listing.product.public_id}"

    page = browser.get("catalogue.product", path=path)
    assert received.key.startswith("fresh/")
    source = next(one.get("src") for one in page.all("img") if received.key in one.get("src", ""))
    assert browser.open(str(source)).response.mimetype == "image/jpeg"
    version = listing.version
    deliver_all(browser.app)

    key = key_now(photo)
    assert (key.split("/")[0], Key.read(key).width) == ("photos", 1_080)  # type: ignore[union-attr]
    for width in (360, 640, 1_080):
        for kind in ("avif", "webp"):
            with Image.open(io.BytesIO(storage().get(f"{key}-{width}.{kind}"))) as shown:
                assert shown.size == (width, width)
    card = db.session.get(ProductCard, listing.product_id)
    assert card is not None
    assert card.photo_key == key
    assert listing.version == version  # a form that is open somewhere is not in conflict
    page = browser.get("catalogue.product", path=path)
    assert any(key in one.get("srcset", "") for one in page.all("source"))


def test_a_message_that_comes_twice_changes_nothing(app: Flask, listing: Listing) -> None:
    photo = added(listing, receive_picture(picture()))
    message = db.session.scalars(select(OutboxMessage).where(OutboxMessage.topic == DRAW)).one()
    payload = dict(message.payload)
    deliver_all(app)
    drawn = key_now(photo)

    with unit_of_work():
        outbox.enqueue(DRAW, payload, now=clock.now())
    deliver_all(app)

    assert key_now(photo) == drawn
    assert undrawn() == []


def test_the_same_picture_on_two_products_is_drawn_for_both(app: Flask, listing: Listing) -> None:
    other = make.listing(make.registered("Trà", "Tea", by=make.producer("HTX Hai")))
    db.session.commit()
    one = added(listing, receive_picture(picture()))
    two = added(other, receive_picture(picture()))

    deliver_all(app)

    assert key_now(one) == key_now(two)
    assert key_now(one).startswith("photos/")


def test_a_photo_that_was_removed_meanwhile_stays_removed(app: Flask, listing: Listing) -> None:
    before = files(app)
    photo = db.session.get(Photo, added(listing, receive_picture(picture(colour=(9, 9, 9)))))
    assert photo is not None
    with unit_of_work():
        photos.remove_photo(photo, actor=SYSTEM, now=clock.now())

    deliver_all(app)

    assert db.session.scalars(select(Photo)).all() == []
    assert {one.split("/")[0] for one in files(app) - before} == {"fresh"}


def test_a_picture_whose_file_is_gone_is_tried_again(app: Flask, listing: Listing) -> None:
    received = receive_picture(picture(colour=(7, 7, 7)))
    photo = added(listing, received)
    lost = storage().get(f"{received.key}-600.jpg")
    storage().delete(f"{received.key}-600.jpg")

    deliver_all(app)
    message = db.session.scalars(select(OutboxMessage).where(OutboxMessage.topic == DRAW)).one()
    assert (message.attempts, key_now(photo)) == (1, received.key)
    storage().put_at(f"{received.key}-600.jpg", lost)
    outbox.deliver_due(clock=lambda: clock.now() + timedelta(hours=1))

    assert key_now(photo).startswith("photos/")


def test_no_picture_is_taken_inside_a_unit_of_work(app: Flask) -> None:
    with pytest.raises(RuntimeError), unit_of_work():
        receive_picture(picture())


def test_files_without_a_row_are_swept_after_a_day_and_no_others(
    app: Flask, listing: Listing
) -> None:
    named = added(listing, receive_picture(picture(colour=(1, 2, 3))))
    waiting = receive_picture(picture(colour=(3, 2, 1)))
    deliver_all(app)
    storage().put_at("photos/ab/left.webp.abcd.partial", b"x")
    storage().put_at("papers/ab/contract.pdf", b"x")
    everything = files(app)

    assert sweep(now=clock.now()) == 0
    assert files(app) == everything
    aged()
    storage().put_at(f"{waiting.key}-600.jpg", b"written again")
    swept = sweep(now=clock.now())

    key = key_now(named)
    left = files(app)
    assert left == {one for one in everything if one.startswith(key)} | {
        "papers/ab/contract.pdf",
        f"{waiting.key}-600.jpg",
    }
    assert swept == len(everything) - len(left)
    storage().delete("papers/ab/contract.pdf")


def test_photos_of_older_instances_are_drawn_by_a_command(app: Flask, listing: Listing) -> None:
    old = "photos/ab/" + "ab" * 32
    for width in (480, 640):
        storage().put_at(f"{old}-{width}.webp", picture("WEBP", (width, width)))
    listing.photos.append(Photo(key=old, alt=make.both("Chè", "Tea"), position=0))
    db.session.commit()
    photo = listing.photos[0].id

    said = app.test_cli_runner().invoke(args=["pictures", "redraw"])

    key = key_now(photo)
    assert said.output.strip() == old
    assert Key.read(key) is not None
    assert storage().exists(f"{key}-640.avif")
    with app.test_request_context("/en/"):
        assert app.test_client().get(url_for("web.media", key=f"{key}-360.webp")).status_code == 200


def test_a_start_asks_for_older_photos_whose_files_are_there(app: Flask, listing: Listing) -> None:
    for number, digest in enumerate(("ac" * 32, "ad" * 32)):
        key = f"photos/{digest[:2]}/{digest}"
        listing.photos.append(Photo(key=key, alt=make.both("Chè", "Tea"), position=number))
    storage().put_at("photos/ac/" + "ac" * 32 + "-640.webp", picture("WEBP", (640, 640)))
    db.session.commit()

    with unit_of_work():
        asked = draw_old_later(now=clock.now())
    deliver_all(app)

    keys = set(db.session.scalars(select(Photo.key)))
    assert asked == 1
    assert {Key.read(one) is None for one in keys} == {True, False}


def test_every_column_that_holds_pictures_is_known_to_the_sweep(app: Flask) -> None:
    wanted: set[str] = set()
    for mapper in Base.registry.mappers:
        for column in mapper.column_attrs:
            is_picture = column.key in {"photo_key", "picture_key", "image_key", "cover_key"} or (
                column.key == "key"
                and any(word in mapper.class_.__name__ for word in ("Photo", "Picture", "Image"))
            )
            if is_picture:
                wanted.add(f"{mapper.class_.__name__}.{column.key}")

    assert wanted - picture_columns() == set()
    assert "Photo.key" in wanted
