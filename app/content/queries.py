"""Reads of stories, fairs and gift sets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.content.models import Fair, GiftSet, Story
from app.foundation.database import db
from app.foundation.paging import Page, offset_of
from app.shop.catalogue.queries import public_variants

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement

    from app.foundation.money import Money
    from app.shop.catalogue.queries import SellableVariant

PAGE_SIZE: Final = 12


class Words(StrEnum):
    """What the editors write, each kind with pages of its own."""

    STORIES = "stories"
    FAIRS = "fairs"
    GIFTS = "gifts"


TABLES: Final[dict[Words, Any]] = {
    Words.STORIES: Story,
    Words.FAIRS: Fair,
    Words.GIFTS: GiftSet,
}


@dataclass(frozen=True, slots=True)
class GiftLine:
    """Goods of a gift set as they are sold today; `variant` is none when nobody sells them any more."""

    variant_id: int
    quantity: int
    variant: SellableVariant | None

    @property
    def can_be_had(self) -> bool:
        """Whether it is on sale."""
        return self.variant is not None and self.variant.is_sellable


@dataclass(frozen=True, slots=True)
class PricedGiftSet:
    """A gift set with what is in it today."""

    gift_set: GiftSet
    lines: tuple[GiftLine, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all of it is on sale."""
        return all(line.can_be_had for line in self.lines)

    @property
    def total(self) -> Money | None:
        """What the whole set costs today; none while a part is not sold."""
        if not self.lines or not self.is_whole:
            return None
        prices = [line.variant.price * line.quantity for line in self.lines if line.variant]
        return type(prices[0]).total(prices)


def slugs(words: Words, offset: int, limit: int, *, now: datetime) -> list[str]:
    """List a stretch of the readable parts of the addresses of a kind, of stories those that are out."""
    table = TABLES[words]
    return list(
        db.session.scalars(
            select(table.slug)
            .where(*_out(words, now))
            .order_by(table.id)
            .offset(offset)
            .limit(limit)
        )
    )


def count(words: Words, *, now: datetime) -> int:
    """Count what everybody may read of a kind."""
    found = select(func.count()).select_from(TABLES[words]).where(*_out(words, now))
    return db.session.scalar(found) or 0


def _out(words: Words, now: datetime) -> list[ColumnElement[bool]]:
    return [Story.published_at <= now] if words is Words.STORIES else []


def stories(*, number: int, now: datetime) -> Page[Story]:
    """List the stories that are out, newest first. Raises `NoSuchPageError` outside the list."""
    out = Story.published_at <= now
    total = db.session.scalar(select(func.count()).select_from(Story).where(out)) or 0
    found = db.session.scalars(
        select(Story)
        .where(out)
        .order_by(Story.published_at.desc(), Story.id.desc())
        .offset(offset_of(number, size=PAGE_SIZE, total=total))
        .limit(PAGE_SIZE)
    ).all()
    return Page(items=list(found), number=number, size=PAGE_SIZE, total=total)


def newest_stories(limit: int, *, now: datetime) -> Sequence[Story]:
    """List the newest stories that are out."""
    return db.session.scalars(
        select(Story)
        .where(Story.published_at <= now)
        .order_by(Story.published_at.desc(), Story.id.desc())
        .limit(limit)
    ).all()


def story_by_slug(slug: str, *, now: datetime) -> Story | None:
    """Find a story that is out."""
    return db.session.scalar(select(Story).where(Story.slug == slug, Story.published_at <= now))


def fairs_from(day: date) -> tuple[list[Fair], list[Fair]]:
    """List the fairs that are on or to come, the next first, and those that are over, the last first."""
    found = db.session.scalars(select(Fair).order_by(Fair.starts_on, Fair.id)).all()
    coming = [one for one in found if one.ends_on >= day]
    over = [one for one in reversed(found) if one.ends_on < day]
    return coming, over


def fair_by_slug(slug: str) -> Fair | None:
    """Find a fair."""
    return db.session.scalar(select(Fair).where(Fair.slug == slug))


def gift_sets(*, on: date) -> list[PricedGiftSet]:
    """List the gift sets with today's prices."""
    found = db.session.scalars(
        select(GiftSet).options(selectinload(GiftSet.items)).order_by(GiftSet.position, GiftSet.id)
    ).all()
    return priced(found, on=on)


def gift_set_by_slug(slug: str, *, on: date) -> PricedGiftSet | None:
    """Find a gift set with today's prices."""
    found = db.session.scalars(
        select(GiftSet).options(selectinload(GiftSet.items)).where(GiftSet.slug == slug)
    ).all()
    return next(iter(priced(found, on=on)), None)


def priced(found: Sequence[GiftSet], *, on: date) -> list[PricedGiftSet]:
    """Look up what is in gift sets, all in one statement."""
    wanted = [item.variant_id for one in found for item in one.items]
    variants = public_variants(wanted, on=on) if wanted else {}
    return [
        PricedGiftSet(
            one,
            tuple(
                GiftLine(item.variant_id, item.quantity, variants.get(item.variant_id))
                for item in one.items
            ),
        )
        for one in found
    ]
