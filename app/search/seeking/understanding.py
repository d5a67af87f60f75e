"""What a shopper's words mean: things to find, filters that were said in words, ways to mend them.

Pure: it knows the lexicon and the thesaurus that it is given, and no engine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from app.search.language.analysis import Slot, gift_slot, is_generic, is_place, spans
from app.search.language.intents import Cut, cut
from app.search.language.synonyms import Thesaurus
from app.search.language.tokens import (
    MAX_QUERY_WORDS,
    WORD,
    normalise,
    query_pairs,
    query_words,
    short_query,
)
from app.search.mending.known import Known
from app.search.mending.lexicon import Lexicon
from app.search.mending.spelling import is_untouchable, mend
from app.shop.catalogue.asking import Reading
from app.shop.catalogue.narrowing import Filters

# Signs of the languages in which experts ask engines; they name no goods and are not misspelt.
_OF_EXPERTS: Final = re.compile(r"(?<!\w)(?:AND|OR|NOT|NEAR)(?!\w)|(?<!\w)[a-z_]+:(?=[\w\"'(\[])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A query as understood: `text` is what was typed, or what it was mended to."""

    text: str
    slots: tuple[Slot, ...] = ()
    pairs: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()

    def narrowed(self, filters: Filters) -> Filters:
        """Add what was read out of the words to filters that a reader chose; the chosen ones win."""
        said = {one.kind: one.value for one in self.readings if hasattr(filters, one.kind)}
        for kinds in (("price_min", "price_max"), ("star", "star_min")):
            if any(getattr(filters, kind) is not None for kind in kinds):
                said = {kind: value for kind, value in said.items() if kind not in kinds}
        return replace(filters, **said)  # type: ignore[arg-type]


def understand(text: str, *, thesaurus: Thesaurus, is_literal: bool = False) -> Understood:
    """Read words as slots; unless literal, prices, stars and gifts among them become readings."""
    said = Cut(normalise(short_query(text))) if is_literal else cut(text)
    rest = said.rest
    slots = tuple(slot for _start, _end, slot in spans(query_words(rest), thesaurus))
    if said.gift:
        # Any good makes a present: gifts come first among the goods that were named.
        has_goods = any(slot.required and not is_place(slot) for slot in slots)
        slots = (*slots, gift_slot(said.gift, required=not has_goods))
    if not said.readings and not any(slot.required for slot in slots):
        # Little words alone are what was asked for; what all goods are asks for all of them.
        slots = tuple(
            replace(slot, required=not is_generic(tuple(slot.text.split()))) for slot in slots
        )
    return Understood(
        text=text.strip(), slots=slots, pairs=query_pairs(rest), readings=said.readings
    )


def corrections(
    understood: Understood, *, lexicon: Lexicon, thesaurus: Thesaurus
) -> list[Understood]:
    """Give other readings of words that found nothing, the likeliest first; none when there are none."""
    if _is_of_experts(understood.text):
        return []
    said = cut(understood.text)
    rest = said.rest
    places = [found.span() for found in WORD.finditer(rest)][:MAX_QUERY_WORDS]
    typed = [normalise(rest[start:end]) for start, end in places]
    if not typed:
        return []
    fixed = frozenset(_fixed(typed, thesaurus))
    ways = mend(Known.of(lexicon, thesaurus), typed, fixed)
    texts = (_put(said, places, words) for words in ways)
    own = " ".join(said.text.split())
    return [understand(text, thesaurus=thesaurus) for text in dict.fromkeys(texts) if text != own]


def _is_of_experts(text: str) -> bool:
    """Tell a query of an engine's language from words; somebody may write all in capitals."""
    found = _OF_EXPERTS.search(text)
    return found is not None and (text != text.upper() or text.strip() == found.group())


def _put(said: Cut, places: list[tuple[int, int]], words: list[str]) -> str:
    """Write mended words; what was read out of the text stays where it was, or comes behind."""
    if len(words) == len(places):
        text = said.text
        for (start, end), word in reversed(list(zip(places, words, strict=True))):
            text = text[:start] + word + text[end:]
    else:
        text = " ".join([*words, *(said.text[start:end] for start, end in said.taken)])
    return " ".join(text.split())


def _fixed(typed: list[str], thesaurus: Thesaurus) -> Iterator[int]:
    """Say which words stay: those of provinces and synonyms, numbers, and all that follow them."""
    for start, end, slot in spans(typed, thesaurus):
        is_name = is_place(slot) or bool(thesaurus.members(tuple(typed[start:end])))
        for at in range(start, end):
            if is_name or is_untouchable(typed[at]):
                yield at
