"""What the demonstration's editors wrote: stories, fairs and gift sets; fairs and sets are illustrative."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.content.models import Fair, GiftItem, GiftSet, Story
from app.demonstration.files import both, public_id, rows
from app.demonstration.shelves import first_sku, variants_by_sku
from app.foundation.clock import local_date
from app.foundation.database import db
from app.shop.catalogue.models import ProductCard

if TYPE_CHECKING:
    from datetime import datetime

    from app.demonstration.files import Row
    from app.foundation.database import Model


def load_stories(*, now: datetime) -> None:
    """Publish the stories, each so many days ago as its row says."""
    photos = _photos()
    for said in _new(Story, "stories"):
        db.session.add(
            Story(
                **_words(said, "title", "summary", "body"),
                slug=said["slug"],
                photo_key=photos.get(public_id(said["photo_of"])),
                set_code=said["set_code"],
                province_code=said["province_code"],
                source_url=said["source_url"],
                is_illustrative=True,  # of its picture
                published_at=now - timedelta(days=said["days_ago"]),
            )
        )


def load_fairs(*, now: datetime) -> None:
    """Announce the fairs, so many days from now as their rows say."""
    photos, today = _photos(), local_date(now)
    for said in _new(Fair, "fairs"):
        first = today + timedelta(days=said["starts_in_days"])
        db.session.add(
            Fair(
                **_words(said, "name", "summary", "body", "venue", "organiser"),
                slug=said["slug"],
                province_code=said["province_code"],
                starts_on=first,
                ends_on=first + timedelta(days=said["lasts_days"] - 1),
                photo_key=photos.get(public_id(said["photo_of"])),
                is_illustrative=True,
            )
        )


def load_gift_sets() -> None:
    """Put the gift sets together from the first sizes of their goods."""
    variants = variants_by_sku()
    for at, said in enumerate(_new(GiftSet, "gifts")):
        db.session.add(
            GiftSet(
                **_words(said, "name", "summary"),
                slug=said["slug"],
                position=at,
                is_illustrative=True,
                items=[
                    GiftItem(
                        variant_id=variants[first_sku(item["product"])],
                        quantity=item["quantity"],
                        position=position,
                    )
                    for position, item in enumerate(said["items"])
                ],
            )
        )


def _new(table: type[Model], name: str) -> list[Row]:
    slugs: Any = table.__table__.c.slug
    known = set(db.session.scalars(select(slugs)))
    return [said for said in rows(name) if said["slug"] not in known]


def _words(said: Row, *names: str) -> dict[str, Any]:
    return {name: both(said[name]) for name in names}


def _photos() -> dict[str, str | None]:
    found = db.session.execute(select(ProductCard.public_id, ProductCard.photo_key))
    return dict(found.all())
