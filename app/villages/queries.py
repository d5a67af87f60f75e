"""Reads of villages: what everybody sees, and the visits that a host was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true, union

from app.foundation.actors import Permission, ScopeKind
from app.foundation.database import by_name, db
from app.foundation.former_slugs import slug_today
from app.foundation.paging import Page, offset_of
from app.places.located import located
from app.places.queries import ProvinceCount, code_of_slug, counted_by_province
from app.shop.catalogue.models import ProductCard
from app.villages.models import Village, VillageProduct, VisitRequest, VisitState

if TYPE_CHECKING:
    from app.foundation.actors import Actor
    from app.foundation.localized import LocalizedText

PAGE_SIZE: Final = 24
DESK_PAGE_SIZE: Final = 50
SAME_REQUEST: Final = timedelta(minutes=10)
SAME_WORDS: Final = ("village_id", "on_date", "people", "name", "phone", "email", "language")


@dataclass(frozen=True, slots=True)
class LocatedVillage:
    """A village and the administrative units that it lies in today."""

    village: Village
    province_name: LocalizedText
    province_slug: str
    commune_name: LocalizedText | None


@dataclass(frozen=True, slots=True)
class AskedVisit:
    """A request for a visit and the name of its village."""

    request: VisitRequest
    village_name: LocalizedText
    village_slug: str


def public_provinces() -> list[ProvinceCount]:
    """List the provinces that have a village, in the order of their names."""
    return counted_by_province(Village.province_code)


def public_villages(*, province_slug: str, number: int) -> Page[LocatedVillage]:
    """List villages by name, all or one province's.

    Raises `InvalidInputError` for a province that is not, `NoSuchPageError` outside the list.
    """
    found = located(Village)
    if province_slug:
        found = found.where(Village.province_code == code_of_slug(province_slug))
    total = db.session.scalar(found.with_only_columns(func.count())) or 0
    rows = db.session.execute(
        found.order_by(by_name(Village.sort_key), Village.id)
        .offset(offset_of(number, size=PAGE_SIZE, total=total))
        .limit(PAGE_SIZE)
    ).all()
    items = [LocatedVillage(*row) for row in rows]
    return Page(items=items, number=number, size=PAGE_SIZE, total=total)


def public_village(slug: str) -> LocatedVillage | None:
    """Find one village by the readable part of its address."""
    row = db.session.execute(located(Village).where(Village.slug == slug)).first()
    return LocatedVillage(*row) if row else None


def village_slug_today(slug: str) -> str | None:
    """Tell the address of today of a village that once had this one."""
    return slug_today(Village, slug)


def village_count() -> int:
    """Count the villages."""
    return db.session.scalar(select(func.count()).select_from(Village)) or 0


def village_slugs(offset: int, limit: int) -> list[str]:
    """List a stretch of the villages' addresses in a lasting order."""
    statement = select(Village.slug).order_by(Village.id).offset(offset).limit(limit)
    return list(db.session.scalars(statement))


def public_welcoming(limit: int) -> list[LocatedVillage]:
    """List a few villages for the home page: those that a source ranks highest first."""
    rows = db.session.execute(
        located(Village)
        .order_by(
            func.coalesce(Village.recognised_stars, 0).desc(), by_name(Village.sort_key), Village.id
        )
        .limit(limit)
    ).all()
    return [LocatedVillage(*row) for row in rows]


def public_near(
    province_code: str, commune_code: str | None, *, product_id: int | None, limit: int
) -> list[tuple[str, LocalizedText]]:
    """Name villages near a place: a product's own first, then its commune's, then its province's."""
    own = Village.id.in_(
        select(VillageProduct.village_id).where(VillageProduct.product_id == product_id)
    )
    rank = case((own, 0), (Village.commune_code == commune_code, 1), else_=2)
    rows = db.session.execute(
        select(Village.slug, Village.name)
        .where(or_(own, Village.province_code == province_code))
        .order_by(rank, by_name(Village.sort_key), Village.id)
        .limit(limit)
    ).all()
    return [(slug, name) for slug, name in rows]


def public_neighbours(village: Village, *, limit: int) -> list[LocatedVillage]:
    """List other villages of the same province, those of the same commune first."""
    found = located(Village).where(
        Village.province_code == village.province_code, Village.id != village.id
    )
    return _near(found, village.commune_code, limit)


def public_around(
    province_code: str, commune_code: str | None, *, limit: int
) -> list[LocatedVillage]:
    """List villages to visit near a place, those of its commune first."""
    found = located(Village).where(Village.province_code == province_code)
    return _near(found, commune_code, limit)


def _near(
    found: Select[*tuple[Any, ...]], commune_code: str | None, limit: int
) -> list[LocatedVillage]:
    rank = case((Village.commune_code == commune_code, 0), else_=1)
    rows = db.session.execute(
        found.order_by(rank, by_name(Village.sort_key), Village.id).limit(limit)
    ).all()
    return [LocatedVillage(*row) for row in rows]


def products_of(village_id: int) -> list[int]:
    """List the registered products that belong to a village."""
    return list(
        db.session.scalars(
            select(VillageProduct.product_id)
            .where(VillageProduct.village_id == village_id)
            .order_by(VillageProduct.product_id)
        )
    )


def goods_of(slug: str) -> tuple[LocalizedText, list[int]] | None:
    """Name a village and list its own registered products and those of its commune, in one statement."""
    village = select(Village.id).where(Village.slug == slug).scalar_subquery()
    commune = select(Village.commune_code).where(Village.slug == slug).scalar_subquery()
    goods = union(
        select(VillageProduct.product_id).where(VillageProduct.village_id == village),
        select(ProductCard.product_id).where(ProductCard.commune_code == commune),
    ).subquery()
    rows = db.session.execute(
        select(Village.name, goods.c.product_id)
        .outerjoin(goods, true())
        .where(Village.slug == slug)
    ).all()
    return (rows[0][0], [one for _name, one in rows if one]) if rows else None


def public_visit(slug: str, number: str) -> AskedVisit | None:
    """Find a request by its number, which nobody guesses, for the page that thanks."""
    row = db.session.execute(
        _asked().where(Village.slug == slug, VisitRequest.number == number)
    ).first()
    return AskedVisit(*row) if row else None


def visit_of_message(request_id: int) -> AskedVisit | None:
    """Find a request that a letter is about."""
    row = db.session.execute(_asked().where(VisitRequest.id == request_id)).first()
    return AskedVisit(*row) if row else None


def same_request(asked: VisitRequest) -> VisitRequest | None:
    """Find what was asked a moment ago in the very same words: a form that was sent twice."""
    return db.session.scalar(
        select(VisitRequest)
        .where(
            *(getattr(VisitRequest, name) == getattr(asked, name) for name in SAME_WORDS),
            VisitRequest.note.is_not_distinct_from(asked.note),
            VisitRequest.state == VisitState.ASKED,
            VisitRequest.asked_at > asked.asked_at - SAME_REQUEST,
        )
        .order_by(VisitRequest.id.desc())
        .limit(1)
    )


def visit_requests(actor: Actor, *, number: int) -> Page[AskedVisit]:
    """List the requests of the actor's villages: the unanswered first, then the latest days.

    Raises `NoSuchPageError` outside the list.
    """
    found = _asked().where(_hosted_by(actor))
    total = db.session.scalar(found.with_only_columns(func.count())) or 0
    rows = db.session.execute(
        found.order_by(
            case((VisitRequest.state == VisitState.ASKED, 0), else_=1),
            VisitRequest.asked_at.desc(),
            VisitRequest.id.desc(),
        )
        .offset(offset_of(number, size=DESK_PAGE_SIZE, total=total))
        .limit(DESK_PAGE_SIZE)
    ).all()
    items = [AskedVisit(*row) for row in rows]
    return Page(items=items, number=number, size=DESK_PAGE_SIZE, total=total)


def visit_request(actor: Actor, number: str) -> AskedVisit | None:
    """Find a request to one of the actor's villages; another village's does not exist."""
    row = db.session.execute(
        _asked().where(VisitRequest.number == number, _hosted_by(actor))
    ).first()
    return AskedVisit(*row) if row else None


def _asked() -> Select[*tuple[Any, ...]]:
    return select(VisitRequest, Village.name, Village.slug).join(
        Village, Village.id == VisitRequest.village_id
    )


def _hosted_by(actor: Actor) -> ColumnElement[bool]:
    if actor.is_operator:
        return true()
    return VisitRequest.village_id.in_(actor.ids(Permission.DESK_VILLAGE, ScopeKind.VILLAGE))
