"""A search engine as plain as the contract allows: everything in dictionaries, filters one by one.

It is quick to build, so search can be tuned on it, and it counts what it was asked.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final

from app.search.engine import RERANKED, Facts, Health, Hits, Query
from app.shop.catalogue.narrowing import Counts, Filters, Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from app.search.documents import SearchDocument
    from app.search.engine import CatchUp
    from app.search.language.analysis import Slot

K1: Final = 1.2
B: Final = 0.3
PAIR_BOOST: Final = 0.5
NEVER: Final = 1 << 60


class PlainEngine:
    """Keeps the products in memory."""

    def __init__(self) -> None:
        """Start empty."""
        self.documents: dict[int, SearchDocument] = {}
        self.postings: dict[str, dict[int, int]] = {}
        self.lengths: dict[int, int] = {}
        self.asked: list[Query] = []

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        *,
        catch_up: Callable[[], CatchUp] | None = None,
    ) -> int:
        """Read all products anew."""
        self.documents = {one.product_id: one for one in documents}
        if catch_up is not None:
            missed = catch_up()
            self.documents |= {one.product_id: one for one in missed.documents}
            for gone in missed.gone:
                self.documents.pop(gone, None)
        self.postings, self.lengths = {}, {}
        for number, document in self.documents.items():
            weights: Counter[str] = Counter()
            for token, weight in document.weighted_tokens():
                weights[token] += weight
            self.lengths[number] = weights.total()
            for token, weight in weights.items():
                self.postings.setdefault(token, {})[number] = weight
        return len(self.documents)

    def update(self, documents: Iterable[SearchDocument]) -> int:
        """Add or replace products."""
        changed = list(documents)
        self.rebuild([*self.documents.values(), *changed])
        return len(changed)

    def delete(self, product_ids: Sequence[int]) -> None:
        """Forget products."""
        gone = set(product_ids)
        self.rebuild([one for one in self.documents.values() if one.product_id not in gone])

    def versions(self) -> dict[int, int]:
        """Tell the versions held."""
        return {number: one.version for number, one in self.documents.items()}

    def health(self) -> Health:
        """Be well."""
        return Health(is_ready=True, documents=len(self.documents), generation="1")

    def search(self, query: Query) -> Hits:
        """Find products."""
        self.asked.append(query)
        required = [self._slot(slot) for slot in query.slots if slot.required]
        found = dict.fromkeys(self.documents, 0.0) if not required else _in_all(required)
        extra = [self._token(pair, PAIR_BOOST) for pair in query.pairs]
        extra += [self._slot(slot) for slot in query.slots if not slot.required]
        for scores in extra:
            for number in found.keys() & scores.keys():
                found[number] += scores[number]
        found = {
            number: score
            for number, score in found.items()
            if _fits(self.documents[number], query.filters, query.on)
        }
        ids = sorted(found, key=lambda number: (self._order(number, found, query), number))
        ids = ids[: query.limit]
        return Hits(
            ids=tuple(ids),
            scores=tuple(found[number] for number in ids),
            counts=Counts(total=len(found)),
            facts={number: self._facts(number, query.on) for number in ids[:RERANKED]}
            if query.sort is Sort.RELEVANCE
            else {},
            out_of=len(self.documents),
            generation="1",
        )

    def _order(self, number: int, found: dict[int, float], query: Query) -> float:
        document = self.documents[number]
        if query.sort is Sort.NEWEST:
            return -document.listed_at
        if query.sort in (Sort.PRICE_ASC, Sort.PRICE_DESC):
            if document.price is None:
                return NEVER
            return document.price if query.sort is Sort.PRICE_ASC else -document.price
        return -found[number]

    def _slot(self, slot: Slot) -> dict[int, float]:
        found: dict[int, float] = {}
        for way in slot.alternatives:
            for number, score in _in_all(
                [self._token(one, way.boost) for one in way.tokens]
            ).items():
                found[number] = found.get(number, 0.0) + score
        return found

    def _token(self, token: str, boost: float) -> dict[int, float]:
        postings = self.postings.get(token, {})
        if not postings:
            return {}
        usual = sum(self.lengths.values()) / len(self.lengths)
        rarity = math.log(1 + len(self.documents) / (len(postings) + 1))
        return {
            number: boost
            * rarity
            * weight
            * (K1 + 1)
            / (weight + K1 * (1 - B + B * self.lengths[number] / usual))
            for number, weight in postings.items()
        }

    def _facts(self, number: int, on: date) -> Facts:
        document = self.documents[number]
        return Facts(
            name_tokens=frozenset(document.name_tokens()),
            head_tokens=frozenset(document.head_tokens()),
            context_tokens=frozenset(document.context_tokens()),
            stars=_stars(document, on),
            popularity=document.popularity,
        )


def _stars(document: SearchDocument, on: date) -> int:
    since, until = document.stars_from, document.stars_until
    return document.stars if since and until and since <= on <= until else 0


def _fits(document: SearchDocument, filters: Filters, on: date) -> bool:
    stars, price = _stars(document, on), document.price
    return (
        (not filters.sets or bool(set(filters.sets) & set(document.category_codes)))
        and filters.province in (None, document.province_code)
        and filters.star in (None, stars)
        and (filters.star_min is None or stars >= filters.star_min)
        and filters.producer_id in (None, document.producer_id)
        and (filters.price_min is None or (price is not None and price >= filters.price_min))
        and (filters.price_max is None or (price is not None and price <= filters.price_max))
        and (filters.only is None or document.product_id in filters.only)
        and (filters.matched is None or document.product_id in filters.matched)
    )


def _in_all(parts: list[dict[int, float]]) -> dict[int, float]:
    first, *others = sorted(parts, key=len)
    return {
        number: score + sum(scores[number] for scores in others)
        for number, score in first.items()
        if all(number in scores for scores in others)
    }
