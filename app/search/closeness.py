"""Whether products really answer what was asked, or only have all the words in them somewhere.

"mật o" meets a honey from Ô Loan word by word and means none of it: its words stand apart. A word is
at home in a product when it opens the name, stands beside another word that was asked for, or is one
that search knows (a synonym, a province).
"""

from collections.abc import Iterable
from typing import Final

from app.search.analysis import Slot
from app.search.engine import Facts, Hits
from app.search.fit import fit, is_known_thing

LOOKED_AT: Final = 20


def closeness(hits: Hits, slots: Iterable[Slot]) -> float:
    """Tell how close the closest of the first hits is, from 0 to 1; without facts nothing is doubted."""
    wanted = [slot for slot in slots if slot.required]
    seen = [hits.facts[one] for one in hits.ids[:LOOKED_AT] if one in hits.facts]
    if not hits.total:
        return 0.0
    return max((_share_at_home(facts, wanted) for facts in seen), default=1.0)


def _share_at_home(facts: Facts, slots: list[Slot]) -> float:
    """Tell which share of the words is at home here; none when one is said in passing only."""
    if not slots:
        return 1.0
    found = fit(facts, slots, is_strict=True)
    if not all(met.in_name or met.in_context for met in found.met):
        return 0.0
    at_home = sum(
        len(slots) == 1
        or is_known_thing(slot)
        or found.met[at].nearness == 0
        or found.is_attached(at)
        for at, slot in enumerate(slots)
    )
    return at_home / len(slots)
