"""Pictures of a demonstration that is changed: not beside tests that share one (each gets a database of its own)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from app.demonstration import pictures, services, synthetic
from app.demonstration.files import rows
from app.foundation.database import db
from app.foundation.work import unit_of_work
from app.programme.models import RegisteredProduct
from app.shop.catalogue.models import Listing, Photo, ProductCard
from tests.support import make

if TYPE_CHECKING:
    from flask import Flask

SIZE_LIMIT = 25_000
FOLDER_LIMIT = 16_000_000


def quiet(share: float, what: str) -> None:
    assert 0 <= share <= 1
    assert what


def test_made_up_products_share_the_picture_of_something_alike(app: Flask) -> None:
    for one in synthetic.invent(range(60), 1):
        key = pictures.like(one.name["vi"], one.stem["category"])
        said = next(said for said in rows("products") if said["key"] == key)
        assert said["category"] == one.stem["category"]

    assert pictures.like("Mật ong rừng", "04").startswith("mat-ong")


def test_an_older_demonstration_is_brought_to_the_new_pictures(app: Flask) -> None:
    services.seed(now=make.NOW, tell=quiet)
    with unit_of_work():
        listing = db.session.scalar(
            select(Listing).join(RegisteredProduct).order_by(Listing.id).limit(1)
        )
        assert listing is not None
        number = listing.product_id
        db.session.execute(
            update(Photo).where(Photo.listing_id == listing.id).values(key="scene/tea")
        )
        db.session.execute(
            update(ProductCard)
            .where(ProductCard.product_id == number)
            .values(photo_key="scene/tea")
        )

    services.renew_pictures(now=make.NOW, tell=quiet)

    db.session.rollback()
    old = select(func.count()).select_from(Photo).where(Photo.key.startswith("scene/"))
    assert db.session.scalar(old) == 0
    card = db.session.get(ProductCard, number)
    assert card is not None
    assert card.photo_key in {said["key"] for said in pictures.index()["products"].values()}
