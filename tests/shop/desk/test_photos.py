"""Producers add photos, describe them in two languages and put them in order; what is hostile is turned away."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from app.foundation.database import db
from app.foundation.outbox import OutboxMessage
from app.foundation.picture_store import DRAW
from app.jobs.queue import deliver_all
from app.shop.catalogue.models import Listing, Photo
from app.shop.catalogue.photos import MOST_PHOTOS
from app.shop.catalogue.services import refresh_card
from app.web.pictures import SENTENCES
from tests.shop.desk import making
from tests.support import make
from tests.support.browser import Browser
from tests.support.pictures import HOSTILE, MEGABYTE, picture

if TYPE_CHECKING:
    from pathlib import Path

    from app.accounts.models import User
    from app.programme.models import RegisteredProduct
    from app.vendors.models import Producer


@pytest.fixture
def producer(app: Any) -> Producer:
    """A producer."""
    return make.producer()


@pytest.fixture
def owner(browser: Browser, producer: Producer) -> User:
    """The producer's owner, signed in."""
    person = making.owner(producer)
    db.session.commit()
    browser.sign_in(person)
    return person


@pytest.fixture
def product(producer: Producer, owner: User) -> RegisteredProduct:
    """A product on sale, with one photo."""
    made = make.registered(by=producer)
    make.listing(made)
    refresh_card(made.id, now=make.NOW)
    db.session.commit()
    return made


def row(number: int, data: bytes, name: str = "photo.jpg", **words: str) -> dict[str, Any]:
    """Fields of one new photo, as a form sends them."""
    typed = {"alt_vi": f"Gói chè {number}", "alt_en": f"A bag of tea {number}"} | words
    return {
        f"row_{number}-photo": (io.BytesIO(data), name, "image/jpeg"),
        **{f"row_{number}-{field}": text for field, text in typed.items()},
    }


def photos_of(product: RegisteredProduct) -> list[Photo]:
    db.session.rollback()
    return list(
        db.session.scalars(
            select(Photo)
            .join(Listing)
            .where(Listing.product_id == product.id)
            .order_by(Photo.position, Photo.id)
        )
    )


def stored(browser: Browser) -> set[Path]:
    """List the files that are kept."""
    return set((browser.app.config["SETTINGS"].instance / "media").rglob("*.*"))


def test_several_photos_are_added_at_once_and_wait_for_their_drawing(
    browser: Browser, product: RegisteredProduct
) -> None:
    page = browser.get("desk.photos", public_id=product.public_id)
    assert len(page.all("input", type="file")) == 4

    sent = browser.post(
        "desk.add_photos",
        row(1, picture(colour=(1, 1, 90)))
        | row(3, picture("PNG", colour=(9, 99, 9)), "../../etc/passwd", alt_en=""),
        public_id=product.public_id,
    )

    page = browser.follow(sent)
    assert "2 photos added." in page
    assert page.text.count("Being prepared") == 2
    added = photos_of(product)[1:]
    assert [one.alt for one in added] == [
        {"vi": "Gói chè 1", "en": "A bag of tea 1"},
        {"vi": "Gói chè 3"},
    ]
    assert not [path for path in stored(browser) if "passwd" in path.name]
    deliver_all(browser.app)
    assert "Being prepared" not in browser.get("desk.photos", public_id=product.public_id)


def test_a_form_sent_twice_shows_a_photo_once(browser: Browser, product: RegisteredProduct) -> None:
    browser.get("desk.photos", public_id=product.public_id)
    browser.post("desk.add_photos", row(1, picture()), public_id=product.public_id)
    deliver_all(browser.app)

    page = browser.post(
        "desk.add_photos", row(1, picture()), public_id=product.public_id, status=409
    )

    assert "This photo is shown with the product already." in page
    assert len(photos_of(product)) == 2


def test_words_and_order_are_changed_without_a_script(
    browser: Browser, product: RegisteredProduct
) -> None:
    browser.get("desk.photos", public_id=product.public_id)
    browser.post("desk.add_photos", row(1, picture()), public_id=product.public_id)
    second = photos_of(product)[1].id

    page = browser.get("desk.photos", public_id=product.public_id)
    action = browser.url("desk.change_photo", public_id=product.public_id, photo_id=second)
    typed = page.form_values(action=action) | {f"photo_{second}-alt_vi": "Hộp quà", "action": "up"}
    browser.send(action, typed)

    photos = photos_of(product)
    assert photos[0].id == second
    assert photos[0].alt == {"vi": "Hộp quà", "en": "A bag of tea 1"}


def test_a_photo_without_vietnamese_words_keeps_its_own(
    browser: Browser, product: RegisteredProduct
) -> None:
    photo = photos_of(product)[0].id
    browser.get("desk.photos", public_id=product.public_id)

    page = browser.post(
        "desk.change_photo",
        {f"photo_{photo}-alt_vi": " ", f"photo_{photo}-alt_en": "Typed", "action": "save"},
        public_id=product.public_id,
        photo_id=photo,
        status=400,
    )

    assert page.one(name=f"photo_{photo}-alt_en").get("value") == "Typed"
    assert "This is missing." in page
    assert photos_of(product)[0].alt["vi"] == "Gói chè"


@pytest.mark.parametrize(
    ("name", "lang"),
    [*((name, "en") for name in HOSTILE), ("bomb-png", "vi"), ("svg", "vi"), ("cut-jpeg", "vi")],
)
def test_a_hostile_file_is_refused_with_its_reason_and_nothing_is_stored(
    browser: Browser, product: RegisteredProduct, name: str, lang: str
) -> None:
    make_file, code = HOSTILE[name]
    browser.lang = lang
    before, kept = photos_of(product), stored(browser)
    browser.get("desk.photos", public_id=product.public_id)

    page = browser.post(
        "desk.add_photos",
        row(1, picture()) | row(2, make_file(), "photo.jpg"),
        public_id=product.public_id,
        status=413 if code == "picture_too_large" else 400,
    )

    with browser.app.test_request_context(f"/{lang}/"):
        beginning = str(SENTENCES[code]).split("%", maxsplit=1)[0]
    assert beginning in " ".join(page.texts(id="row_2-photo-error"))
    assert page.one(name="row_2-alt_vi").get("value") == "Gói chè 2"
    assert page.one(name="row_1-alt_en").get("value") == "A bag of tea 1"
    assert [one.id for one in photos_of(product)] == [one.id for one in before]
    assert stored(browser) == kept
    messages = select(func.count()).where(OutboxMessage.topic == DRAW)
    assert db.session.scalar(messages) == 0


def test_a_file_that_is_too_large_keeps_what_was_typed_about_a_product(
    browser: Browser, producer: Producer, owner: User
) -> None:
    browser.get("desk.new_product")

    page = browser.post(
        "desk.add_product",
        making.product(photo=(io.BytesIO(HOSTILE["30-megabytes"][0]()), "a.jpg"), alt_vi="Măng"),
        status=413,
    )

    assert "This file is too large. Send a picture of at most 8 MB." in page
    assert page.one(name="name_vi").get("value") == "Măng khô Hà Giang"
    assert db.session.scalars(select(Listing)).all() == []


def test_what_no_form_may_hold_is_answered_with_a_page_that_leads_back(
    browser: Browser, product: RegisteredProduct
) -> None:
    browser.get("desk.photos", public_id=product.public_id)

    page = browser.post(
        "desk.add_photos",
        row(1, b"\xff\xd8\xff" + b"\0" * 41 * MEGABYTE),
        public_id=product.public_id,
        status=413,
    )

    assert "What was sent is too large." in page
    back = browser.url("desk.photos", public_id=product.public_id)
    assert page.all("a", href=back)


def test_strangers_may_not_send_as_much(browser: Browser, product: RegisteredProduct) -> None:
    stranger = Browser(browser.app)
    stranger.get("catalogue.home")

    stranger.post(
        "desk.add_photos",
        row(1, b"\0" * 13 * MEGABYTE),
        public_id=product.public_id,
        status=413,
    )


def test_words_need_a_photo_and_a_photo_needs_words(
    browser: Browser, product: RegisteredProduct
) -> None:
    browser.get("desk.photos", public_id=product.public_id)

    page = browser.post(
        "desk.add_photos",
        {"row_1-alt_vi": "Chỉ có chữ"} | row(2, picture(), alt_vi=""),
        public_id=product.public_id,
        status=400,
    )
    nothing = browser.post("desk.add_photos", {}, public_id=product.public_id, status=400)

    assert "Choose a photo, or empty the words of this row." in page
    assert page.texts(id="row_2-alt_vi-error") == ["This is missing."]
    assert "Choose the photo again: a page cannot keep a file." in page
    assert "Choose at least one photo." in nothing


def test_a_product_shows_only_so_many_photos(browser: Browser, product: RegisteredProduct) -> None:
    listing = photos_of(product)[0].listing
    for number in range(MOST_PHOTOS - 2):
        listing.photos.append(
            Photo(key="drawn/00/tea~640~222", alt=make.both("Chè", "Tea"), position=number + 1)
        )
    db.session.commit()
    page = browser.get("desk.photos", public_id=product.public_id)
    assert len(page.all("input", type="file")) == 1

    page = browser.post(
        "desk.add_photos",
        row(1, picture()) | row(2, picture()),
        public_id=product.public_id,
        status=400,
    )

    assert "A product shows at most 8 photos." in page


def test_photos_of_another_producer_do_not_exist(
    browser: Browser, product: RegisteredProduct
) -> None:
    other = make.producer("HTX Khác")
    theirs = make.registered("Trà", "Tea", by=other)
    photo = make.listing(theirs).photos[0]
    db.session.commit()
    browser.get("desk.photos", public_id=product.public_id)

    browser.get("desk.photos", public_id=theirs.public_id, status=404)
    browser.post("desk.add_photos", row(1, picture()), public_id=theirs.public_id, status=404)
    for public_id in (theirs.public_id, product.public_id):
        for endpoint in ("desk.change_photo", "desk.drop_photo"):
            browser.post(endpoint, {}, public_id=public_id, photo_id=photo.id, status=404)

    assert photos_of(theirs)[0].alt == {"vi": "Gói chè", "en": "A bag of tea"}
