"""What search knows of one product, and how much each part of it weighs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.search.language.shapes import shape_tokens
from app.search.language.tokens import (
    GIFT_TOKEN,
    former_token,
    index_tokens,
    near_token,
    province_token,
)
from app.shop.catalogue.narrowing import GIFT_SETS

NAME_WEIGHT: Final = 4
CONTEXT_WEIGHT: Final = 2
TEXT_WEIGHT: Final = 1
_LISTS: Final = re.compile(r"[,;(]|\b(?:và|and)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One product as search sees it; `version` grows with every change of the product.

    `place` holds the names of province and commune, today's and former; `former_provinces` those of
    the provinces of before July 2025; `category` the labels in both languages. What engines filter, count and order by: `province_code`, `category_codes` (set,
    group, industry), `producer_id` (0 for none), `stars` with the days on which they are valid (both
    included), `price` in đồng (None for none), `listed_at` in seconds since 1970 (0 for never) and
    `popularity` (0 to 1,000).
    """

    product_id: int
    version: int = 0
    name_vi: str = ""
    name_en: str = ""
    also_vi: str = ""
    also_en: str = ""
    producer: str = ""
    place: tuple[str, ...] = ()
    former_provinces: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    description_vi: str = ""
    description_en: str = ""
    province_code: str = ""
    category_codes: tuple[str, ...] = ()
    producer_id: int = 0
    stars: int = 0
    stars_from: date | None = None
    stars_until: date | None = None
    price: int | None = None
    listed_at: int = 0
    popularity: int = 0

    def name_tokens(self) -> list[str]:
        """List the tokens of its names in both languages, registered ones and others."""
        return [
            token
            for text, is_vietnamese in (
                (self.name_vi, True),
                (self.also_vi, True),
                (self.name_en, False),
                (self.also_en, False),
            )
            for token in index_tokens(text, is_vietnamese=is_vietnamese)
        ]

    def head_tokens(self) -> list[str]:
        """List how its names are built: which word stands where (see `shapes`)."""
        return list(shape_tokens(self.name_vi, self.name_en))

    def context_tokens(self) -> list[str]:
        """List the tokens of who makes it, where, and of which kind it is."""
        return [
            *(
                token
                for text in (self.producer, *self.place)
                for token in index_tokens(text, is_vietnamese=True)
            ),
            *(token for text in self.category for token in index_tokens(text)),
            *self.code_tokens(),
        ]

    def code_tokens(self) -> list[str]:
        """List the codes under which it is found: its province, those of before, a gift."""
        return [
            *([province_token(self.province_code)] if self.province_code else ()),
            *(former_token(name) for name in dict.fromkeys(self.former_provinces)),
            *(
                [GIFT_TOKEN]
                if self.category_codes[:1] and self.category_codes[0] in GIFT_SETS
                else ()
            ),
        ]

    def near_tokens(self, names: Iterable[str]) -> Iterator[str]:
        """Give the near tokens: of its names, its maker, its kind, and of its addresses.

        A label that lists what is kept together says of no product which of these it is.
        """
        kinds = (text for text in self.category if not _LISTS.search(text))
        said = dict.fromkeys((*names, *self.code_tokens()))
        said |= dict.fromkeys(index_tokens(self.producer, is_vietnamese=True))
        said |= dict.fromkeys(token for text in kinds for token in index_tokens(text))
        places = (index_tokens(text, is_vietnamese=True) for text in self.place)
        yield from map(near_token, said)
        for token in dict.fromkeys(token for tokens in places for token in tokens):
            yield near_token(token, is_place=True)

    def weighted_tokens(self) -> Iterator[tuple[str, int]]:
        """Give every token with the weight of the part that it stands in.

        Near ones come once more under other names, which leave descriptions out.
        """
        names = self.name_tokens()
        for token in names:
            yield token, NAME_WEIGHT
        for token in self.context_tokens():
            yield token, CONTEXT_WEIGHT
        for token in self.near_tokens(names):
            yield token, TEXT_WEIGHT
        for text, is_vietnamese in ((self.description_vi, True), (self.description_en, False)):
            for token in index_tokens(text, is_vietnamese=is_vietnamese):
                yield token, TEXT_WEIGHT


def newest(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """Leave one state of each product; of equal versions the last."""
    kept: dict[int, SearchDocument] = {}
    for document in documents:
        known = kept.get(document.product_id)
        if known is None or document.version >= known.version:
            kept[document.product_id] = document
    return list(kept.values())
