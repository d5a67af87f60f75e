"""What the list says of a search above its results: other words, filters read out of words, faults."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from flask_babel import gettext as _
from flask_babel import ngettext

from app.shop.catalogue.moved import moved
from app.shop.catalogue.narrowing import PRICE_RANGES
from app.shop.catalogue.panels import price_words, range_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.shop.catalogue.asking import Notes, Reading
    from app.shop.catalogue.forms import ListQuery
    from app.shop.catalogue.panels import Address, Facet


# Filters that say the same sort of thing: one that is chosen stands for both.
SAME: Final = (("price_min", "price_max"), ("star", "star_min"))


@dataclass(frozen=True, slots=True)
class ReadChip:
    """A filter that was read out of words: the words without it, and the address with those.

    `facet` and `value` name the choice of the filter panel that says the same; empty without one.
    """

    label: str
    url: str
    q: str
    is_literal: bool
    facet: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchNotes:
    """What `catalogue/_notes.html` writes; `shown` are the words whose results these are."""

    shown: str
    typed: str
    is_corrected: bool = False
    literal_url: str = ""
    offered: str = ""
    offered_url: str = ""
    dropped: str = ""
    alike: str = ""
    moved: str = ""
    left_out: str = ""
    readings: tuple[ReadChip, ...] = ()
    is_degraded: bool = False
    is_partial: bool = False


def search_notes(query: ListQuery, notes: Notes, address: Address) -> SearchNotes:
    """Prepare what is said of an answer, each part with the address that takes it back."""
    shown = notes.corrected or query.q
    return SearchNotes(
        shown=shown,
        typed=query.q,
        is_corrected=bool(notes.corrected),
        literal_url=address.changed(exact="1"),
        offered=notes.offered,
        offered_url=address.changed(q=notes.offered, exact="") if notes.offered else "",
        dropped=notes.dropped,
        alike=notes.alike,
        moved=moved(shown),
        left_out=left_out_words(notes.left_out),
        readings=tuple(
            read_chip(said, shown, address) for said in said_together(query, notes.readings)
        ),
        is_degraded=notes.is_degraded,
        is_partial=notes.is_partial,
    )


def left_out_words(number: int) -> str:
    """Say how many products an order by price or name leaves out."""
    if not number:
        return ""
    return str(
        ngettext(
            "%(num)d product that only mentions these words is left out in this order.",
            "%(num)d products that only mention these words are left out in this order.",
            number,
        )
    )


def said_together(query: ListQuery, readings: Iterable[Reading]) -> list[list[Reading]]:
    """Put readings of the same words together, such as two prices.

    A price or a number of stars that the reader chose silences those that were said.
    """
    chosen = query.filters()
    silent = {
        kind
        for kinds in SAME
        if any(getattr(chosen, kind) is not None for kind in kinds)
        for kind in kinds
    }
    found: dict[str, list[Reading]] = {}
    for one in readings:
        if one.kind not in silent:
            found.setdefault(one.words, []).append(one)
    return list(found.values())


def reading_words(readings: list[Reading]) -> str:
    """Say a filter that was read out of words as the filters themselves are said."""
    values = {one.kind: one.value for one in readings}
    if "star" in values:
        return str(ngettext("%(num)d star", "%(num)d stars", values["star"]))
    if "star_min" in values:
        return str(ngettext("From %(num)d star", "From %(num)d stars", values["star_min"]))
    if "gift" in values:
        return str(_("Gifts"))
    return price_words(values.get("price_min"), values.get("price_max"))


def read_chip(readings: list[Reading], text: str, address: Address) -> ReadChip:
    """Offer to take a filter back that was read out of words."""
    rest = without(readings[0].words, text)
    url = address.changed(q=rest, exact="") if rest else address.changed(exact="1")
    facet, value = choice_of({one.kind: one.value for one in readings})
    label = reading_words(readings)
    return ReadChip(label, url, rest or text, is_literal=not rest, facet=facet, value=value)


def choice_of(values: Mapping[str, int]) -> tuple[str, str]:
    """Name the facet and its choice that say what was read; nothing where none says just that."""
    if "star" in values:
        return "star", str(values["star"])
    prices = values.get("price_min"), values.get("price_max")
    return ("price", range_value(*prices)) if prices in PRICE_RANGES else ("", "")


def ticked(facets: Iterable[Facet], readings: Iterable[ReadChip]) -> list[Facet]:
    """Show choices that were read out of words as chosen; following one takes its words back."""
    urls = {(one.facet, one.value): one.url for one in readings}
    return [
        replace(
            facet,
            options=[
                replace(one, active=True, url=url)
                if (url := urls.get((facet.name, one.value)))
                else one
                for one in facet.options
            ],
        )
        for facet in facets
    ]


def without(words: str, text: str) -> str:
    """Leave words out of a text; nothing where they cannot be told from the others, or are all of it."""
    parts = words.split()
    if not parts:
        return ""
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(one) for one in parts) + r"(?!\w)"
    rest = " ".join(re.sub(pattern, " ", text, count=1, flags=re.IGNORECASE).split())
    return "" if rest == " ".join(text.split()) else rest
