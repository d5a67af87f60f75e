"""Reading the register: categories, products, certificates."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from app.foundation.database import db
from app.programme.models import (
    Category,
    CategoryLevel,
    Certificate,
    RegisteredProduct,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.foundation.localized import LocalizedText


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow:
    """An industry, a group or a set, with the sets that it holds (a set holds itself)."""

    code: str
    level: CategoryLevel
    parent_code: str | None
    name: LocalizedText
    label: LocalizedText
    slug: LocalizedText
    icon: str
    position: int
    line: tuple[str, ...]
    sets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFigures:
    """How much the register holds, counted."""

    products: int
    producers: int
    certificates: int


@dataclass(slots=True)
class _Tree:
    by_code: dict[str, CategoryRow] = field(default_factory=dict)
    by_slug: dict[str, CategoryRow] = field(default_factory=dict)


_kept: Final[list[_Tree]] = []


def forget_categories() -> None:
    """Drop what the process keeps; the next question reads the table again."""
    _kept.clear()


def categories() -> list[CategoryRow]:
    """List the categories in the order of Annex I."""
    return list(_tree().by_code.values())


def category(code: str) -> CategoryRow | None:
    """Find a category by its code."""
    return _tree().by_code.get(code)


def category_by_slug(slug: str) -> CategoryRow | None:
    """Find a category by the readable part of its link, in either language."""
    return _tree().by_slug.get(slug)


def product_by_public_id(public_id: str) -> RegisteredProduct | None:
    """Find a registered product with its producer, recognitions and certificates, in one statement.

    Its places and category are read from what each process keeps of them.
    """
    found: RegisteredProduct | None = (
        db.session.execute(_product_statement(), {"public_id": public_id})
        .unique()
        .scalar_one_or_none()
    )
    return found


@cache
def _product_statement() -> Any:  # noqa: ANN401 - built once: its joins take longer than its rows
    return (
        select(RegisteredProduct)
        .where(RegisteredProduct.public_id == bindparam("public_id"))
        .options(
            joinedload(RegisteredProduct.producer),
            joinedload(RegisteredProduct.recognitions),
            joinedload(RegisteredProduct.certificates).joinedload(Certificate.authority),
        )
    )


def product_by_id(product_id: int) -> RegisteredProduct | None:
    """Find a registered product by its number."""
    return db.session.get(RegisteredProduct, product_id)


def certificate_by_serial(serial: str) -> Certificate | None:
    """Find a certificate by the number printed on it, with its product and its issuer."""
    return db.session.scalar(
        select(Certificate)
        .where(Certificate.serial == serial)
        .options(
            joinedload(Certificate.authority),
            joinedload(Certificate.product).joinedload(RegisteredProduct.producer),
        )
    )


def valid_certificate(product: RegisteredProduct, *, on: date) -> Certificate | None:
    """Choose the certificate whose stars a product shows on a day: most stars, then longest valid."""
    valid = [one for one in product.certificates if one.is_valid_on(on)]
    return max(valid, key=lambda one: (one.stars, one.expires_on, one.id), default=None)


def valid_serials(serials: Iterable[str | None], *, on: date) -> frozenset[str]:
    """Tell which of some certificates give stars on a day; none asked costs no statement."""
    asked = {serial for serial in serials if serial}
    if not asked:
        return frozenset()
    found = db.session.scalars(
        select(Certificate.serial).where(
            Certificate.serial.in_(asked),
            Certificate.revoked_on.is_(None),
            Certificate.issued_on <= on,
            Certificate.expires_on >= on,
        )
    )
    return frozenset(found)


def register_figures(today: date) -> RegisterFigures:
    """Count what the register holds, in one statement."""
    products = select(func.count()).select_from(RegisteredProduct).scalar_subquery()
    producers = select(func.count(func.distinct(RegisteredProduct.producer_id))).scalar_subquery()
    certificates = (
        select(func.count())
        .select_from(Certificate)
        .where(
            Certificate.revoked_on.is_(None),
            Certificate.issued_on <= today,
            Certificate.expires_on >= today,
        )
        .scalar_subquery()
    )
    row = db.session.execute(select(products, producers, certificates)).one()
    return RegisterFigures(products=row[0], producers=row[1], certificates=row[2])


def _tree() -> _Tree:
    """Read the table once a process; an empty one is asked again."""
    if _kept:
        return _kept[0]
    rows = list(db.session.scalars(select(Category).order_by(Category.position, Category.code)))
    parents = {row.code: row.parent_code for row in rows}
    lines = {row.code: _line(row.code, parents) for row in rows}
    tree = _Tree()
    for row in rows:
        made = CategoryRow(
            code=row.code,
            level=row.level,
            parent_code=row.parent_code,
            name=row.name,
            label=row.label,
            slug=row.slug,
            icon=row.icon,
            position=row.position,
            line=lines[row.code],
            sets=tuple(
                one.code
                for one in rows
                if one.level is CategoryLevel.SET and row.code in lines[one.code]
            ),
        )
        tree.by_code[row.code] = made
        for slug in row.slug.values():
            tree.by_slug.setdefault(slug, made)
    if rows:
        _kept[:] = [tree]
    return tree


def _line(code: str, parents: dict[str, str | None]) -> tuple[str, ...]:
    """List the codes from the industry down to one category."""
    line = [code]
    while (parent := parents.get(line[0])) and parent not in line:
        line.insert(0, parent)
    return tuple(line)
