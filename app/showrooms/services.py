"""Writes of showrooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.foundation.actors import Permission, Scope
from app.foundation.database import db
from app.foundation.former_slugs import give_slug
from app.foundation.text import slugify, sort_key
from app.shop.stock.models import PlaceKind
from app.shop.stock.services import open_place
from app.showrooms.models import Showroom

if TYPE_CHECKING:
    from datetime import datetime

    from app.foundation.actors import Actor
    from app.foundation.localized import LocalizedText


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShowroom:
    """What is known of a showroom when it is opened."""

    name: LocalizedText
    printed_address: str
    province_code: str
    commune_code: str | None
    hours: LocalizedText
    source_url: str
    slug: str = ""
    phone: str | None = None
    offers_pick_up: bool = True


def create_showroom(command: NewShowroom, *, now: datetime) -> Showroom:
    """Open a showroom and its shelf; the readable part of its address defaults to its name."""
    name = command.name.in_language("vi")
    place = open_place(PlaceKind.SHOWROOM, owner_id=0)
    showroom = Showroom(
        slug=command.slug or slugify(name),
        name=command.name,
        sort_key=sort_key(name),
        printed_address=command.printed_address,
        province_code=command.province_code,
        commune_code=command.commune_code,
        hours=command.hours,
        phone=command.phone,
        place_id=place.id,
        offers_pick_up=command.offers_pick_up,
        source_url=command.source_url,
        created_at=now,
    )
    db.session.add(showroom)
    db.session.flush()
    place.owner_id = showroom.id  # each names the other, so one of them had to wait
    db.session.flush()
    return showroom


def change_slug(showroom: Showroom, slug: str, *, actor: Actor, now: datetime) -> None:
    """Give a showroom's page another address; the old one leads on.

    Raises `NotPermittedError`, `InvalidInputError` and `SlugTakenError`.
    """
    actor.must(Permission.ADDRESS_CHANGE, Scope.showroom(showroom.id))
    give_slug(showroom, slug, actor=actor, now=now)
