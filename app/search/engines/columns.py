"""What products are narrowed, counted and ordered by: one array a column, over a whole index.

Every rule is the one by which the database narrows, counts and orders lists (`catalogue.facets`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from app.search.engine import Query
from app.search.engines.index import Numbers, StoredSegment
from app.search.engines.layout import CODES, NO_PRICE, NUMBERS
from app.shop.catalogue.narrowing import PRICE_RANGES, Counts, Filters, Sort

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
Documents = NDArray[np.int32]
LAST: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a segment or of several one after the other; codes are places in a table."""

    number: Whole
    version: Whole
    digest: Whole
    stars: NDArray[np.uint8]
    valid_from: NDArray[np.int32]
    valid_until: NDArray[np.int32]
    price: Whole
    producer: Whole
    listed_at: Whole
    popularity: NDArray[np.int32]
    lengths: NDArray[np.int32]
    set_code: NDArray[np.intp]
    province_code: NDArray[np.intp]
    set_codes: tuple[str, ...]
    province_codes: tuple[str, ...]

    @classmethod
    def of_segment(cls, segment: StoredSegment) -> Self:
        """Read the columns of one segment."""
        numbers = {name: segment.numbers(name, code) for name, code in NUMBERS.items()}
        codes = {name: segment.codes(name) for name in CODES}
        return cls(
            **numbers,
            lengths=segment.lengths(),
            set_code=codes["set_code"][1],
            province_code=codes["province_code"][1],
            set_codes=tuple(codes["set_code"][0]),
            province_codes=tuple(codes["province_code"][0]),
        )

    @classmethod
    def of_none(cls) -> Self:
        """Give the columns of an index without any product."""
        numbers: dict[str, Numbers] = {
            name: np.empty(0, np.dtype(code)) for name, code in NUMBERS.items()
        }
        return cls(
            **numbers,
            lengths=np.empty(0, np.int32),
            set_code=np.empty(0, np.intp),
            province_code=np.empty(0, np.intp),
            set_codes=(),
            province_codes=(),
        )

    @classmethod
    def of_all(cls, parts: Sequence[Self]) -> Self:
        """Put the columns of segments one after the other."""
        if not parts:
            return cls.of_none()
        if len(parts) == 1:
            return parts[0]
        tables = {name: _table([getattr(part, f"{name}s") for part in parts]) for name in CODES}
        whole = {
            one.name: np.concatenate([getattr(part, one.name) for part in parts])
            for one in fields(cls)
            if one.name not in {*CODES, *(f"{name}s" for name in CODES)}
        }
        for name, table in tables.items():
            place = {code: at for at, code in enumerate(table)}
            whole[name] = np.concatenate(
                [
                    np.array([place[code] for code in getattr(part, f"{name}s")], dtype=np.intp)[
                        getattr(part, name)
                    ]
                    for part in parts
                ]
            )
        return cls(**whole, set_codes=tables["set_code"], province_codes=tables["province_code"])

    def is_valid(self, documents: Documents, on: date) -> Mask:
        """Tell whose stars are valid on a day."""
        day = on.toordinal()
        return (self.valid_from[documents] <= day) & (self.valid_until[documents] >= day)


def _table(tables: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for table in tables for code in table))


class Narrowing:
    """Which of some documents fit filters, and how many each choice would leave."""

    def __init__(self, columns: Columns, documents: Documents, filters: Filters, on: date) -> None:
        """Narrow by what has no facet; what has one is kept apart, to count without it."""
        fits = np.ones(len(documents), dtype=np.bool_)
        if filters.producer_id is not None:
            fits &= columns.producer[documents] == filters.producer_id
        if filters.only is not None:
            fits &= np.isin(columns.number[documents], np.array(filters.only, dtype=np.int64))
        self.places = np.flatnonzero(fits)
        self.documents = documents = documents[self.places]
        self.columns = columns
        self._valid = columns.is_valid(documents, on)
        self._by_facet = {
            "sets": _among(columns.set_code[documents], columns.set_codes, filters.sets or None),
            "provinces": _among(
                columns.province_code[documents],
                columns.province_codes,
                None if filters.province is None else (filters.province,),
            ),
            "stars": self._stars_fit(filters),
            "prices": self._price_fits(filters.price_min, filters.price_max),
        }

    def fitting(self, *, but: str = "") -> Mask:
        """Tell which documents fit all filters, or all but one facet's own."""
        fits = np.ones(len(self.documents), dtype=np.bool_)
        for facet, mask in self._by_facet.items():
            if facet != but and mask is not None:
                fits &= mask
        return fits

    def counts(self) -> Counts:
        """Count what each choice would leave; what would leave nothing is left out."""
        columns = self.columns
        rated = self.documents[self.fitting(but="stars") & self._valid]
        prices = columns.price[self.documents[self.fitting(but="prices")]]
        by_range = {
            edges: int(np.count_nonzero(_is_between(prices, *edges))) for edges in PRICE_RANGES
        }
        stars = np.bincount(columns.stars[rated])
        return Counts(
            total=int(np.count_nonzero(self.fitting())),
            sets=self._by_code(columns.set_code, columns.set_codes, "sets"),
            provinces=self._by_code(columns.province_code, columns.province_codes, "provinces"),
            stars={at: int(stars[at]) for at in np.flatnonzero(stars).tolist() if at},
            prices={edges: number for edges, number in by_range.items() if number},
        )

    def _by_code(
        self, column: NDArray[np.intp], table: tuple[str, ...], facet: str
    ) -> dict[str, int]:
        found = np.bincount(column[self.documents[self.fitting(but=facet)]])
        return {table[at]: int(found[at]) for at in np.flatnonzero(found).tolist() if table[at]}

    def _stars_fit(self, filters: Filters) -> Mask | None:
        if filters.star is None and filters.star_min is None:
            return None
        stars, fits = self.columns.stars[self.documents].astype(np.int64), self._valid
        if filters.star is not None:
            fits = fits & (stars == filters.star)
        if filters.star_min is not None:
            fits = fits & (stars >= filters.star_min)
        return fits

    def _price_fits(self, least: int | None, most: int | None) -> Mask | None:
        if least is None and most is None:
            return None
        return _is_between(self.columns.price[self.documents], least, most)


def _among(
    column: NDArray[np.intp], table: tuple[str, ...], codes: tuple[str, ...] | None
) -> Mask | None:
    if codes is None:
        return None
    chosen = np.array([bool(code) and code in codes for code in table], dtype=np.bool_)
    mask: Mask = chosen[column]
    return mask


def _is_between(prices: Whole, least: int | None, most: int | None) -> Mask:
    """Tell which prices lie between two, both included; what has no price never does."""
    fits: Mask = prices != NO_PRICE
    if least is not None:
        fits &= prices >= least
    if most is not None:
        fits &= prices <= most
    return fits


def order(
    columns: Columns, documents: Documents, scores: NDArray[np.float64], query: Query
) -> NDArray[np.intp]:
    """Order documents and give the places of the first ones; equal ones stand in order of id.

    When nothing has to be met, the best known of equal ones come first.
    """
    keys: NDArray[np.float64] | Whole
    if query.sort is Sort.NEWEST:
        keys = -columns.listed_at[documents]  # never is 0, and so the last
    elif query.sort is Sort.PRICE_ASC:
        prices = columns.price[documents]
        keys = np.where(prices == NO_PRICE, LAST, prices)
    elif query.sort is Sort.PRICE_DESC:
        keys = -columns.price[documents]  # no price is -1, and so the last
    else:
        keys = -scores
    limit = max(query.limit, 0)
    places = np.arange(len(documents))
    if limit and len(documents) > 2 * limit:
        places = np.flatnonzero(keys <= np.partition(keys, limit - 1)[limit - 1])
    ties = [columns.number[documents[places]]]
    if query.sort is Sort.RELEVANCE and not any(slot.required for slot in query.slots):
        ties.append(-columns.popularity[documents[places]].astype(np.int64))
    best = np.lexsort((*ties, keys[places]))[:limit]
    return places[best]
