"""Read what the search box may offer: kinds, places, products and who makes them, what many ask for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from app.foundation.database import db
from app.places.models import Commune, FormerProvince, Province
from app.programme.models import RegisteredProduct
from app.programme.queries import categories
from app.search.language.tokens import fold, words
from app.search.learning import blended
from app.search.log_queries import popular_queries
from app.search.models import SearchPopularity
from app.search.suggesting.suggest import Entry
from app.shop.catalogue.models import ProductCard
from app.showrooms.models import Showroom
from app.villages.models import Village

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

SUGGESTED_PRODUCTS: Final = 20_000
# A product has up to 1,000; what stands for many products comes before any one of them.
CATEGORY_WEIGHT: Final = 5_000
PROVINCE_WEIGHT: Final = 4_000
QUERY_WEIGHT: Final = 1_200
FORMER_WEIGHT: Final = 3_000
PLACE_WEIGHT: Final = 900
PRODUCER_WEIGHT: Final = 300
COMMUNE_WEIGHT: Final = 250
GIFTS_WEIGHT: Final = 4_500
# What gifts are called; their page says what makes a good one.
GIFTS: Final = (("Quà tặng", "vi"), ("Quà Tết", "vi"), ("Quà biếu", "vi"), ("Gifts", "en"))
# Names of people stand among these.
UNSURE: Final = frozenset({"producer", "commune"})
# The reader's language decides which of two equal names is shown; a name alike in both has none.
ANY: Final = ""


def suggestion_entries(today: date) -> list[Entry]:
    """Read everything that may be suggested, in a few statements."""
    entries = [*_categories(), *_provinces()]
    entries += [Entry(text, "gifts", lang, GIFTS_WEIGHT, group="gifts") for text, lang in GIFTS]
    entries += _visits("village", db.session.execute(select(Village.slug, Village.name)))
    entries += _visits("showroom", db.session.execute(select(Showroom.slug, Showroom.name)))
    entries += _goods()
    entries += _visited_communes()
    return [*entries, *_queries(entries, today)]


def _categories() -> Iterable[Entry]:
    """Give kinds of goods, those of which there is most first."""
    numbers: dict[str, int] = dict(
        db.session.execute(
            select(ProductCard.set_code, func.count()).group_by(ProductCard.set_code)
        ).all()
    )
    for one in categories():
        weight = CATEGORY_WEIGHT + sum(numbers.get(code, 0) for code in one.sets or (one.code,))
        for lang, label in one.label.items():
            yield Entry(label, "category", lang, weight, one.code, group=f"c:{one.code}")


def _provinces() -> Iterable[Entry]:
    names = {}
    for row in db.session.scalars(select(Province).order_by(Province.code)):
        names[row.code] = row
        for text in dict.fromkeys(row.name.values()):
            yield Entry(text, "province", ANY, PROVINCE_WEIGHT, row.slug, group=f"p:{row.code}")
    for former in db.session.scalars(select(FormerProvince).order_by(FormerProvince.old_code)):
        today = names[former.province_code]
        if fold(former.name) == fold(today.name["vi"]):
            continue
        yield Entry(former.name, "former", ANY, FORMER_WEIGHT, today.slug, today.name)


def _visits(kind: str, rows: Iterable[tuple[str, dict[str, str]]]) -> Iterable[Entry]:
    for slug, name in rows:
        for lang, text in _by_language(name):
            yield Entry(text, kind, lang, PLACE_WEIGHT, slug, group=f"{kind}:{slug}")


def _goods() -> Iterable[Entry]:
    """Give products, then the producers and communes that have some."""
    producers: set[str] = set()
    communes: set[str] = set()
    rows = db.session.execute(
        select(
            ProductCard.product_id,
            ProductCard.name,
            RegisteredProduct.also_known_as,
            ProductCard.producer_name,
            ProductCard.producer_slug,
            ProductCard.commune_code,
            ProductCard.rank,
            SearchPopularity.score,
        )
        .join(RegisteredProduct, RegisteredProduct.id == ProductCard.product_id)
        .outerjoin(SearchPopularity, SearchPopularity.product_id == ProductCard.product_id)
        .order_by(ProductCard.is_listed.desc(), ProductCard.rank.desc(), ProductCard.product_id)
        .limit(SUGGESTED_PRODUCTS)
    ).all()
    for number, name, also, producer, slug, commune, rank, score in rows:
        weight = blended(rank, score or 0)
        for lang, text in (*_by_language(name), *_by_language(also or {})):
            yield Entry(text, "product", lang, weight, group=f"g:{number}")
        if producer and slug and slug not in producers:
            producers.add(slug)
            for lang, text in _by_language(producer):
                yield Entry(text, "producer", lang, PRODUCER_WEIGHT, slug, group=f"m:{slug}")
        if commune:
            communes.add(commune)
    places = db.session.execute(
        select(Commune.code, Commune.name, Commune.full_name, Province.name)
        .join(Province, Province.code == Commune.province_code)
        .where(Commune.code.in_(select(ProductCard.commune_code)))
    )
    for code, short, name, province in places:
        if code in communes:
            for lang, text in _by_language(name):
                yield Entry(
                    text, "commune", lang, COMMUNE_WEIGHT, short["vi"], province, group=f"o:{code}"
                )


def _visited_communes() -> Iterable[Entry]:
    """Give communes that have a village to visit, which people know by the commune's name."""
    rows = db.session.execute(
        select(Commune.code, Commune.name, Province.name)
        .join(Province, Province.code == Commune.province_code)
        .where(Commune.code.in_(select(Village.commune_code)))
        .order_by(Commune.code)
    )
    for code, name, province in rows:
        for lang, text in _by_language(name):
            yield Entry(
                text, "visited", lang, COMMUNE_WEIGHT, name["vi"], province, group=f"v:{code}"
            )


def _queries(entries: Iterable[Entry], today: date) -> Iterable[Entry]:
    """Give queries of several people that are made of what the shop itself says.

    Each word must stand in a name beside the same neighbour as in the query. So nothing rude is
    shown, and nobody's own name, which may well be made of syllables that goods have too.
    """
    asked = popular_queries(today)
    if not asked:
        return
    names = {fold(entry.text) for entry in entries}
    known: set[tuple[str, ...]] = set()
    for entry in entries:
        if entry.kind not in UNSURE:
            parts = words(entry.text)
            bare = [fold(part) for part in parts]
            known.update((part,) for part in (*parts, *bare))
            known.update((*pairwise(parts), *pairwise(bare)))
    for row in asked:
        if fold(row.query) not in names and _is_known(words(row.query), known):
            weight = QUERY_WEIGHT + min(row.searches, 500)
            yield Entry(row.query, "query", row.lang, weight, group=f"q:{fold(row.query)}")


def _is_known(parts: list[str], known: set[tuple[str, ...]]) -> bool:
    if len(parts) == 1:
        return (parts[0],) in known
    pairs = [pair in known for pair in pairwise(parts)]
    return all(left or right for left, right in zip([*pairs, False], [False, *pairs], strict=True))


def _by_language(name: dict[str, str]) -> Iterable[tuple[str, str]]:
    texts = set(name.values())
    return [(ANY, texts.pop())] if len(texts) == 1 else list(name.items())
