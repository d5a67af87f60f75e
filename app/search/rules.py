"""What officers decided about queries: words for one thing, results pinned and buried, redirects.

Pure: how a query finds its rules, and what they do to an order of products.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.search.language.tokens import MAX_QUERY_CHARS, fold, query_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LONGEST_KEY: Final = 100
# An address, a telephone or an account number is somebody's own, and no query.
_PERSONAL: Final = re.compile(r"@|(?:\d[\s.\-]*){7,}")


class Treatment(StrEnum):
    """What a rule does with a product."""

    PIN = "pin"
    BURY = "bury"


@dataclass(frozen=True, slots=True)
class Pin:
    """A product at a place of a result; places count from 1."""

    product_id: int
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What is to be done for one query."""

    pins: tuple[Pin, ...] = ()
    buried: frozenset[int] = frozenset()
    redirects: Mapping[str, str] = field(default_factory=dict)

    @property
    def moved(self) -> int:
        """How many products stand elsewhere than their score says."""
        return len(self.pins) + len(self.buried)

    def arrange(self, ids: Sequence[int], *, shown: Iterable[int], is_all: bool) -> tuple[int, ...]:
        """Put pinned products at their places and buried ones last.

        `shown` are the pinned products that the reader's filters leave; `is_all` says that `ids`
        are all there are: else the buried ones come after what is not here yet, and are left out.
        """
        left = set(shown)
        pins = [pin for pin in self.pins if pin.product_id in left]
        placed = {pin.product_id for pin in pins}
        rest = [one for one in ids if one not in placed and one not in self.buried]
        for pin in pins:
            rest.insert(min(pin.place - 1, len(rest)), pin.product_id)
        if is_all:
            rest += [one for one in ids if one in self.buried and one not in placed]
        return tuple(rest)


NOTHING: Final = Orders()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of what officers keep, as read: a pin has a place, a bury has none, a redirect paths."""

    query: str
    product_id: int = 0
    place: int = 0
    paths: tuple[tuple[str, str], ...] = ()


class Rulebook:
    """All that officers keep, read once an edition."""

    def __init__(self, groups: Iterable[Sequence[str]] = (), rules: Iterable[Rule] = ()) -> None:
        """Sort rules by query, with marks and without."""
        self.groups = tuple(tuple(group) for group in groups)
        self._near: dict[str, list[Rule]] = defaultdict(list)
        self._bare: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            letters = fold(rule.query)
            joined = letters.replace(" ", "")
            for key in dict.fromkeys((rule.query, letters, joined)):
                self._near[key].append(rule)
            if rule.query == letters:
                for key in dict.fromkeys((letters, joined)):
                    self._bare[key].append(rule)

    def orders(self, text: str) -> Orders:
        """Find what holds for a query: its rules with these marks, or all with these letters.

        A rule written without any mark holds for all marks on its letters, after those for the very marks.
        """
        key = query_key(text)
        tiers = (self._near.get(key), self._bare.get(fold(key)))
        return _orders([tier for tier in tiers if tier]) if any(tiers) else NOTHING


def query_key(text: str) -> str:
    """Give the one spelling of a query that rules and counts go by: its words with their marks."""
    return " ".join(query_words(text[:MAX_QUERY_CHARS]))[:LONGEST_KEY].strip()


def is_personal(text: str) -> bool:
    """Tell what is somebody's own; a key no longer shows the sign of an address, a text not every number."""
    return any(_PERSONAL.search(one) for one in (text, query_key(text)))


def _orders(tiers: Iterable[Sequence[Rule]]) -> Orders:
    """Put rules together; what a tier says of a product or a language, no later one changes."""
    pins: dict[int, Pin] = {}
    buried: set[int] = set()
    redirects: dict[str, str] = {}
    for rules in tiers:
        open_to = [rule for rule in rules if rule.product_id not in {*pins, *buried}]
        for rule in open_to:
            if rule.product_id and rule.place:
                pins.setdefault(rule.product_id, Pin(rule.product_id, rule.place))
            elif rule.product_id:
                buried.add(rule.product_id)
            for lang, path in rule.paths:
                if path:
                    redirects.setdefault(lang, path)
        buried -= pins.keys()
    return Orders(
        pins=tuple(sorted(pins.values(), key=lambda pin: (pin.place, pin.product_id))),
        buried=frozenset(buried),
        redirects=redirects,
    )
