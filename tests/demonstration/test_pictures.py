"""Every product on sale has a picture of its own, small, marked, told in two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.demonstration import pictures, services
from app.demonstration.files import FOLDER, public_id, rows
from app.foundation.database import db
from app.foundation.pictures import FORMATS_SERVED, ladder
from app.foundation.storage import storage
from app.shop.catalogue.models import Photo, ProductCard
from app.showrooms.models import Showroom
from app.vendors.models import Producer
from app.villages.models import Village
from tests.support import make

if TYPE_CHECKING:
    from flask import Flask

SIZE_LIMIT = 25_000
FOLDER_LIMIT = 16_000_000


def quiet(share: float, what: str) -> None:
    assert 0 <= share <= 1
    assert what


def test_every_product_on_sale_has_a_picture_of_its_own() -> None:
    drawn = pictures.index()["products"]
    on_sale = {said["key"] for said in rows("products") if said["listing"]}

    assert set(drawn) == on_sale
    assert len({said["key"] for said in drawn.values()}) == len(on_sale)
    assert all(said["illustrative"] for book in pictures.index().values() for said in book.values())


def test_villages_showrooms_and_the_home_page_have_pictures_of_their_own() -> None:
    index = pictures.index()
    places = [*index["villages"].values(), *index["showrooms"].values()]

    assert set(index["villages"]) == {said["key"] for said in rows("villages")}
    assert set(index["showrooms"]) == {said["key"] for said in rows("showrooms")}
    assert len({said["key"] for said in places}) == len(places)
    assert all(pictures.producer_picture(said["province_code"]) for said in rows("producers"))
    assert len(index["home"]) == 3


def test_every_set_of_criteria_on_sale_is_shown_by_a_scene_of_its_kind() -> None:
    drawn = pictures.index()["products"]
    scenes: dict[str, set[str]] = {}
    for said in rows("products"):
        if said["listing"]:
            scenes.setdefault(said["category"], set()).add(drawn[said["key"]]["scene"])

    assert {scene for used in scenes.values() for scene in used} >= {
        "honey_jar",
        "vase",
        "rice_bag",
    }
    assert len({scene for used in scenes.values() for scene in used}) >= 26


def test_each_file_of_the_ladder_is_there_and_small() -> None:
    wanted = {
        FOLDER / "pictures" / f"{key}-{width}.{kind}"
        for key in pictures.all_keys()
        for width in ladder(pictures.WIDTH)
        for kind in FORMATS_SERVED
    }
    there = set((FOLDER / "pictures" / "drawn").glob("*/*"))

    assert there == wanted
    assert max(one.stat().st_size for one in there) <= SIZE_LIMIT
    assert sum(one.stat().st_size for one in there) <= FOLDER_LIMIT


def test_seeding_shows_each_product_its_own_picture_in_two_languages(seeded: Flask) -> None:
    shown = db.session.execute(
        select(ProductCard.public_id, ProductCard.photo_key).where(ProductCard.is_listed)
    ).all()
    drawn = {public_id(key): said["key"] for key, said in pictures.index()["products"].items()}
    photos = db.session.scalars(select(Photo)).all()

    assert {one.public_id: one.photo_key for one in shown} == drawn
    assert all(one.is_illustrative for one in photos)
    assert all(one.alt.get("vi") and one.alt.get("en") for one in photos)
    assert all(storage().exists(f"{key}-640.jpg") for key in pictures.all_keys())
    for table in (Producer, Village, Showroom):
        missing = select(func.count()).select_from(table).where(table.photo_key.is_(None))
        assert db.session.scalar(missing) == 0


def test_seeding_again_copies_nothing_and_changes_nothing(seeded: Flask) -> None:
    before = db.session.execute(select(Photo.id, Photo.key).order_by(Photo.id)).all()
    copied: list[float] = []

    services.renew_pictures(now=make.NOW, tell=lambda share, _: copied.append(share))

    assert copied == []
    assert db.session.execute(select(Photo.id, Photo.key).order_by(Photo.id)).all() == before
