"""Reads of the programme desk: the register of an officer's own territory, filtered in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import JSON, ColumnElement, Select, func, or_, select, type_coerce

from app.foundation.database import by_name, db
from app.foundation.paging import Page, offset_of
from app.foundation.text import fold, slugify
from app.office.queries.territory import within
from app.places.models import Commune, Province
from app.programme.models import Category, Certificate, Recognition, RegisteredProduct
from app.showrooms.models import Showroom
from app.vendors.models import Producer, ProducerKind
from app.villages.models import Village

if TYPE_CHECKING:
    from datetime import date

    from app.foundation.actors import Actor
    from app.foundation.localized import LocalizedText

PAGE_SIZE: Final = 50
SOON: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What stands in the register of a territory on a day, counted from its rows."""

    organisations: dict[ProducerKind, int]
    products: int
    certified: dict[int, int]
    recognised: dict[int | None, int]
    expiring: int
    showrooms: int
    villages: int


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation of the list."""

    slug: str
    name: LocalizedText
    kind: ProducerKind
    province_name: LocalizedText
    commune_name: LocalizedText | None
    phone: str | None
    products: int


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One registered product of the list, with the certificate that counts on the day."""

    public_id: str
    slug: str
    name: LocalizedText
    producer_name: LocalizedText | None
    category_label: LocalizedText
    province_name: LocalizedText
    commune_name: LocalizedText | None
    stars: int | None
    valid_until: date | None
    recognised_stars: int | None
    recognised_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFilter:
    """What an officer looks for among organisations."""

    words: str = ""
    kind: ProducerKind | None = None
    province_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFilter:
    """What an officer looks for among products; `stars` 0 means without a valid certificate."""

    words: str = ""
    stars: int | None = None
    is_expiring: bool = False
    province_code: str = ""


def overview(actor: Actor, *, on: date) -> Overview:
    """Count the register of the actor's territory."""
    products = within(actor, RegisteredProduct.province_code, RegisteredProduct.commune_code)
    valid = _valid(on)
    reported = _reported()
    return Overview(
        organisations=_tally(
            select(Producer.kind, func.count(Producer.id))
            .where(within(actor, Producer.province_code, Producer.commune_code))
            .group_by(Producer.kind)
        ),
        products=_count(select(func.count(RegisteredProduct.id)).where(products)),
        certified=_tally(
            select(valid.c.stars, func.count())
            .join(RegisteredProduct, RegisteredProduct.id == valid.c.product_id)
            .where(products)
            .group_by(valid.c.stars)
        ),
        recognised=_tally(
            select(reported.c.stars, func.count())
            .join(RegisteredProduct, RegisteredProduct.id == reported.c.product_id)
            .outerjoin(valid, valid.c.product_id == RegisteredProduct.id)
            .where(products, valid.c.product_id.is_(None))
            .group_by(reported.c.stars)
        ),
        expiring=_count(
            select(func.count())
            .select_from(valid)
            .join(RegisteredProduct, RegisteredProduct.id == valid.c.product_id)
            .where(products, valid.c.valid_until <= on + SOON)
        ),
        showrooms=_count(
            select(func.count(Showroom.id)).where(
                within(actor, Showroom.province_code, Showroom.commune_code)
            )
        ),
        villages=_count(
            select(func.count(Village.id)).where(
                within(actor, Village.province_code, Village.commune_code)
            )
        ),
    )


def organisations(
    actor: Actor, wanted: OrganisationFilter, *, number: int
) -> Page[OrganisationRow]:
    """List the organisations of the actor's territory by name.

    Raises `NoSuchPageError` outside the list.
    """
    conditions = [within(actor, Producer.province_code, Producer.commune_code)]
    conditions += _named(Producer.name, Producer.slug, wanted.words)
    if wanted.kind:
        conditions.append(Producer.kind == wanted.kind)
    if wanted.province_code:
        conditions.append(Producer.province_code == wanted.province_code)
    total = _count(select(func.count(Producer.id)).where(*conditions))
    counted = (
        select(func.count(RegisteredProduct.id))
        .where(RegisteredProduct.producer_id == Producer.id)
        .correlate(Producer)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Producer.slug,
            Producer.name,
            Producer.kind,
            Province.name,
            Commune.full_name,
            Producer.phone,
            counted,
        )
        .join(Province, Province.code == Producer.province_code)
        .outerjoin(Commune, Commune.code == Producer.commune_code)
        .where(*conditions)
        .order_by(by_name(Producer.sort_key), Producer.id)
        .offset(offset_of(number, size=PAGE_SIZE, total=total))
        .limit(PAGE_SIZE)
    ).all()
    items = [OrganisationRow(*row) for row in rows]
    return Page(items=items, number=number, size=PAGE_SIZE, total=total)


def products(actor: Actor, wanted: ProductFilter, *, on: date, number: int) -> Page[ProductRow]:
    """List the registered products of the actor's territory, the first to expire first.

    Raises `NoSuchPageError` outside the list.
    """
    valid = _valid(on)
    reported = _reported()
    conditions = [within(actor, RegisteredProduct.province_code, RegisteredProduct.commune_code)]
    conditions += _named(RegisteredProduct.name, RegisteredProduct.slug, wanted.words)
    if wanted.stars is not None:
        conditions.append(
            valid.c.stars == wanted.stars if wanted.stars else valid.c.stars.is_(None)
        )
    if wanted.is_expiring:
        conditions.append(valid.c.valid_until <= on + SOON)
    if wanted.province_code:
        conditions.append(RegisteredProduct.province_code == wanted.province_code)
    total = _count(
        select(func.count(RegisteredProduct.id))
        .outerjoin(valid, valid.c.product_id == RegisteredProduct.id)
        .where(*conditions)
    )
    rows = db.session.execute(
        select(
            RegisteredProduct.public_id,
            RegisteredProduct.slug,
            RegisteredProduct.name,
            Producer.name,
            Category.label,
            Province.name,
            Commune.full_name,
            valid.c.stars,
            valid.c.valid_until,
            reported.c.stars,
            reported.c.year,
        )
        .join(Province, Province.code == RegisteredProduct.province_code)
        .join(Category, Category.code == RegisteredProduct.set_code)
        .outerjoin(Commune, Commune.code == RegisteredProduct.commune_code)
        .outerjoin(Producer, Producer.id == RegisteredProduct.producer_id)
        .outerjoin(valid, valid.c.product_id == RegisteredProduct.id)
        .outerjoin(reported, reported.c.product_id == RegisteredProduct.id)
        .where(*conditions)
        .order_by(
            valid.c.valid_until.is_(None),
            valid.c.valid_until,
            RegisteredProduct.slug,
            RegisteredProduct.id,
        )
        .offset(offset_of(number, size=PAGE_SIZE, total=total))
        .limit(PAGE_SIZE)
    ).all()
    items = [ProductRow(*row) for row in rows]
    return Page(items=items, number=number, size=PAGE_SIZE, total=total)


def _valid(on: date) -> Any:  # noqa: ANN401 - a derived table has no class
    """One row for each product with a certificate valid on a day: its stars, its last day."""
    return (
        select(
            Certificate.product_id,
            func.max(Certificate.stars).label("stars"),
            func.max(Certificate.expires_on).label("valid_until"),
        )
        .where(
            Certificate.revoked_on.is_(None),
            Certificate.issued_on <= on,
            Certificate.expires_on >= on,
        )
        .group_by(Certificate.product_id)
        .subquery("valid")
    )


def _reported() -> Any:  # noqa: ANN401 - a derived table has no class
    """One row for each product that a source reported as recognised: the most stars, the last year."""
    return (
        select(
            Recognition.product_id,
            func.max(Recognition.stars).label("stars"),
            func.max(Recognition.year).label("year"),
        )
        .group_by(Recognition.product_id)
        .subquery("reported")
    )


def _named(name: Any, slug: Any, words: str) -> list[ColumnElement[bool]]:  # noqa: ANN401
    """Match words in the Vietnamese name without accents, or in the English one."""
    if not words:
        return []
    found: list[ColumnElement[bool]] = [
        type_coerce(name, JSON)["en"].as_string().icontains(words, autoescape=True)
    ]
    if any(letter.isascii() and letter.isalnum() for letter in fold(words)):
        found.append(slug.contains(slugify(words), autoescape=True))
    return [or_(*found)]


def _count(counting: Select[int]) -> int:
    return db.session.scalar(counting) or 0


def _tally(counting: Select[*tuple[Any, ...]]) -> dict[Any, int]:
    return {row[0]: row[1] for row in db.session.execute(counting)}
