"""The list's address read strictly: what is unknown or cannot be is refused, never guessed at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from app.foundation.errors import InvalidInputError
from app.places.queries import province_by_slug
from app.programme.queries import category_by_slug
from app.shop.catalogue import scopes
from app.shop.catalogue.narrowing import STARS, Filters, Sort
from app.vendors.queries import producer_by_slug
from app.web.inputs import optional_number, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.places.queries import ProvinceRow
    from app.programme.queries import CategoryRow
    from app.shop.catalogue.scopes import Scope
    from app.vendors.models import Producer

T = TypeVar("T")

LONGEST_QUERY: Final = 200
LONGEST_SLUG: Final = 120
DEAREST: Final = 2_000_000_000


class UnknownFilterError(InvalidInputError):
    """No category, province, producer, showroom or village has this address."""

    code = "unknown_filter"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What a reader asks of the list; `is_literal` takes the words as they were typed."""

    q: str
    is_literal: bool
    category: CategoryRow | None
    province: ProvinceRow | None
    star: int | None
    seller: Producer | None
    scopes: tuple[Scope, ...]
    price_min: int | None
    price_max: int | None
    sort: Sort
    page: int
    is_swapped: bool

    @property
    def is_only_its_category(self) -> bool:
        """Whether nothing but a category narrows the list, and its first page is asked for."""
        others = (self.province, self.star, self.seller, self.price_min, self.price_max)
        is_first = not self.q and not self.scopes and self.page == 1
        return is_first and all(one is None for one in others)

    @property
    def is_unfiltered(self) -> bool:
        """Whether nothing but words narrows the list."""
        return self.filters() == Filters()

    @property
    def is_only_words(self) -> bool:
        """Whether words and nothing else make the list, and its first page is asked for."""
        return bool(self.q) and self.page == 1 and self.is_unfiltered

    def filters(self) -> Filters:
        """Name the filters by code."""
        return Filters(
            sets=self.category.sets or (self.category.code,) if self.category else (),
            province=self.province.code if self.province else None,
            star=self.star,
            producer_id=self.seller.id if self.seller else None,
            price_min=self.price_min,
            price_max=self.price_max,
            only=scopes.shared_ids(self.scopes),
        )

    def parameters(self, lang: str) -> dict[str, str]:
        """Write the address's parameters again, in their order, without the page."""
        pairs = {
            "q": self.q,
            "exact": "1" if self.q and self.is_literal else "",
            "category": self.category.slug.in_language(lang) if self.category else "",
            "province": self.province.slug if self.province else "",
            "star": str(self.star or ""),
            "seller": self.seller.slug if self.seller else "",
            **{one.kind: one.slug for one in self.scopes},
            "price_min": "" if self.price_min is None else str(self.price_min),
            "price_max": "" if self.price_max is None else str(self.price_max),
            "sort": "" if self.sort is Sort.RELEVANCE else self.sort.value,
        }
        return {name: value for name, value in pairs.items() if value}


def read_list_query(args: Mapping[str, str]) -> ListQuery:
    """Read the parameters. Raises `InvalidInputError` and `UnknownFilterError` (404)."""
    least = optional_number(args.get("price_min"), least=0, most=DEAREST, name="price_min")
    most = optional_number(args.get("price_max"), least=0, most=DEAREST, name="price_max")
    is_swapped = least is not None and most is not None and least > most
    if is_swapped:
        least, most = most, least
    star = optional_number(args.get("star"), least=min(STARS), most=max(STARS), name="star")
    sort = args.get("sort") or Sort.RELEVANCE.value
    if sort not in set(Sort):
        raise InvalidInputError(field="sort")
    exact = optional_number(args.get("exact"), least=0, most=1, name="exact")
    return ListQuery(
        q=words(args.get("q"), longest=LONGEST_QUERY, name="q"),
        is_literal=bool(exact),
        category=_found(category_by_slug, args, "category"),
        province=_found(province_by_slug, args, "province"),
        star=star,
        seller=_found(producer_by_slug, args, "seller"),
        scopes=tuple(
            found
            for kind in scopes.KINDS
            if (found := _found(partial(scopes.scope_of, kind), args, kind)) is not None
        ),
        price_min=least,
        price_max=most,
        sort=Sort(sort),
        page=optional_number(args.get("page"), least=1, most=2**31, name="page") or 1,
        is_swapped=is_swapped,
    )


def _found(find: Callable[[str], T | None], args: Mapping[str, str], name: str) -> T | None:
    slug = words(args.get(name), longest=LONGEST_SLUG, name=name)
    if not slug:
        return None
    found = find(slug)
    if found is None:
        raise UnknownFilterError(field=name)
    return found
