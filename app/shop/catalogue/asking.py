"""How the list asks for products by words: the question, the answer, and what the page says of it.

Search, which stands above, fills the slot `catalogue.search`; without it names are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.foundation.slots import slot
from app.shop.catalogue import facets, queries
from app.shop.catalogue.narrowing import Counts, Filters, Sort

if TYPE_CHECKING:
    from datetime import date

# Cuts a text into pieces, in order and whole, and tells which of them were asked for.
Highlight = Callable[[str], tuple[tuple[str, bool], ...]]

DEEPEST: Final = 5_000  # nobody leafs further through what a text matched


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a reader wants: words, filters, an order and a stretch of the result.

    `is_literal` asks for the words as typed: nothing is corrected and nothing read out of them.
    Without `wants_counts` an answer tells how many there are in all, and nothing of the filters' choices.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 24
    lang: str = "vi"
    today: date
    is_literal: bool = False
    wants_counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A filter that was read out of the words: `words` became `kind` with `value`.

    Kinds: `star`, `star_min` (3 to 5), `price_min`, `price_max` (whole đồng), `gift` (no value).
    """

    words: str
    kind: str
    value: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What the page has to say about an answer.

    `corrected` is the text that was searched instead of the typed one; `offered` one that was not
    searched, since the typed one found something; `dropped` the word given up because nothing had
    them all; `alike` the words of which only other marks were found; `left_out` how many products only mention the words, which another order than relevance
    leaves out; `is_degraded` says that the index was not there and names alone were compared.
    """

    corrected: str = ""
    offered: str = ""
    dropped: str = ""
    alike: str = ""
    left_out: int = 0
    readings: tuple[Reading, ...] = ()
    is_degraded: bool = False
    is_partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Products of one stretch, in order, the counts for the filters, and what to say.

    `highlight` cuts a text into pieces and tells which of them the words matched; `redirect` is a
    path on this site that officers chose for these words.
    """

    ids: tuple[int, ...] = ()
    counts: Counts = field(default_factory=Counts)
    notes: Notes = field(default_factory=Notes)
    highlight: Highlight | None = None
    redirect: str = ""

    @property
    def total(self) -> int:
        """How many products there are in all."""
        return self.counts.total


def answer(ask: Ask) -> Answer:
    """Find products by words, through search where there is one."""
    search = slot("catalogue.search")
    if search is not None:
        found: Answer = search(ask)
        return found
    return answer_from_names(ask, queries.ids_by_name(ask.text))


def answer_from_names(ask: Ask, matched: tuple[int, ...], *, is_degraded: bool = False) -> Answer:
    """Answer from the database alone with products that were matched some other way, best first."""
    filters = replace(ask.filters, matched=matched[:DEEPEST])
    counts = (
        facets.count(filters, today=ask.today)
        if ask.wants_counts
        else Counts(total=facets.totals([filters], today=ask.today)[0])
    )
    rows = queries.card_rows(
        filters,
        sort=ask.sort,
        offset=ask.offset,
        limit=ask.limit,
        today=ask.today,
        total=counts.total,
    )
    return Answer(
        ids=tuple(row.product_id for row in rows),
        counts=counts,
        notes=Notes(is_degraded=is_degraded),
    )
