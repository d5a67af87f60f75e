"""Read from the shop what search keeps of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from app.foundation.database import db
from app.foundation.work import read_anew
from app.places.models import Commune, FormerCommune, FormerProvince, Province
from app.programme.models import Category, RegisteredProduct
from app.search.documents import SearchDocument
from app.search.language.tokens import words
from app.search.learning import blended
from app.search.models import SearchPopularity
from app.shop.catalogue.models import Listing, ProductCard
from app.vendors.models import Producer

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class _Names:
    """Names that few rows share, read once for a run."""

    categories: Mapping[str, tuple[str, ...]]
    provinces: Mapping[str, tuple[str, ...]]
    former_provinces: Mapping[str, tuple[str, ...]]


def documents(product_ids: Sequence[int]) -> list[SearchDocument]:
    """Read products as search sees them; those that are gone are left out."""
    found = []
    names = _names()
    for start in range(0, len(product_ids), BATCH):
        found += _documents(names, product_ids[start : start + BATCH])
    return found


def all_documents() -> Iterator[SearchDocument]:
    """Read every product as search sees it, a batch at a time, each as it is then."""
    names, last = _names(), 0
    while ids := list(
        db.session.scalars(
            select(ProductCard.product_id)
            .where(ProductCard.product_id > last)
            .order_by(ProductCard.product_id)
            .limit(BATCH)
        )
    ):
        found, last = _documents(names, ids), ids[-1]
        read_anew()
        yield from found


def versions() -> dict[int, int]:
    """Read which version of each product the shop has."""
    rows = db.session.execute(select(ProductCard.product_id, ProductCard.version))
    return {row.product_id: row.version for row in rows}


def count() -> int:
    """Count the products that search must know."""
    return db.session.scalar(select(func.count()).select_from(ProductCard)) or 0


def _names() -> _Names:
    """Read categories with their ancestors, provinces, and the provinces of before."""
    categories = {row.code: row for row in db.session.scalars(select(Category))}
    lines: dict[str, tuple[str, ...]] = {}
    for code, category in categories.items():
        labels: list[str] = []
        level: Category | None = category
        while level is not None:
            labels += [*level.label.values(), *level.name.values()]
            level = categories.get(level.parent_code or "")
        lines[code] = tuple(dict.fromkeys(labels))
    provinces = {
        row.code: tuple(dict.fromkeys(row.name.values()))
        for row in db.session.scalars(select(Province))
    }
    former: dict[str, tuple[str, ...]] = {}
    for row in db.session.scalars(select(FormerProvince)):
        former[row.province_code] = (*former.get(row.province_code, ()), row.name)
    return _Names(lines, provinces, former)


def _documents(names: _Names, product_ids: Sequence[int]) -> list[SearchDocument]:
    rows = db.session.execute(
        select(
            ProductCard,
            RegisteredProduct.printed_origin,
            RegisteredProduct.also_known_as,
            Listing.summary,
            Commune.name,
            Producer.printed_place,
            SearchPopularity.score,
        )
        .join(RegisteredProduct, RegisteredProduct.id == ProductCard.product_id)
        .outerjoin(Listing, Listing.product_id == ProductCard.product_id)
        .outerjoin(Commune, Commune.code == ProductCard.commune_code)
        .outerjoin(Producer, Producer.id == ProductCard.producer_id)
        .outerjoin(SearchPopularity, SearchPopularity.product_id == ProductCard.product_id)
        .where(ProductCard.product_id.in_(product_ids))
        .order_by(ProductCard.product_id)
    ).all()
    former, provinces = _former_places({row.ProductCard.commune_code for row in rows})
    found = []
    for card, origin, also, summary, commune, printed, score in rows:
        texts: Mapping[str, str] = summary or {}
        others: Mapping[str, str] = also or {}
        places = [*names.provinces.get(card.province_code, ()), *(commune or {}).values()]
        places += [text for text in (origin, printed) if text]
        places += former.get(card.commune_code or "", ())
        before = names.former_provinces.get(card.province_code, ())
        if not card.commune_code and not origin:
            places += before
        found.append(
            SearchDocument(
                product_id=card.product_id,
                version=card.version,
                name_vi=card.name.get("vi", ""),
                name_en=card.name.get("en", ""),
                also_vi=others.get("vi", ""),
                also_en=others.get("en", ""),
                producer=" ".join(dict.fromkeys((card.producer_name or {}).values())),
                place=tuple(dict.fromkeys(places)),
                former_provinces=(
                    _named_in(provinces.get(card.commune_code or ""), before)
                    or _named_in(origin, before)
                    or before
                ),
                category=names.categories.get(card.set_code, ()),
                description_vi=texts.get("vi", ""),
                description_en=texts.get("en", ""),
                province_code=card.province_code,
                category_codes=(card.set_code, card.group_code, card.industry_code),
                producer_id=card.producer_id or 0,
                stars=card.certified_stars or 0,
                stars_from=card.certified_from,
                stars_until=card.certified_until,
                price=card.price.dong if card.price is not None else None,
                listed_at=int(card.listed_at.timestamp()) if card.listed_at else 0,
                popularity=blended(card.rank, score or 0),
            )
        )
    return found


def _named_in(text: str | None, provinces: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the former provinces that a text names."""
    printed = f" {' '.join(words(text or ''))} "
    return tuple(name for name in provinces if f" {' '.join(words(name))} " in printed)


def _former_places(
    codes: set[str | None],
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Name all that lay where these communes are now, and in one text the provinces among it."""
    wanted = {code for code in codes if code}
    found: dict[str, dict[str, None]] = {}
    provinces: dict[str, dict[str, None]] = {}
    rows = db.session.execute(
        select(
            FormerCommune.commune_code,
            FormerCommune.name,
            FormerCommune.district,
            FormerCommune.province,
        )
        .where(FormerCommune.commune_code.in_(wanted))
        .order_by(FormerCommune.id)
    )
    for code, *names in rows:
        found.setdefault(code, {}).update(dict.fromkeys(names))
        provinces.setdefault(code, {})[names[-1]] = None
    return (
        {code: tuple(names) for code, names in found.items()},
        {code: " | ".join(names) for code, names in provinces.items()},
    )
