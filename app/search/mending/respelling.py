"""The same letters with other marks, and the same sound with another first letter.

Only words whose marks nobody here writes are looked at: "chuổi" is chuối, and "lấm hương" is nấm hương,
since lấm is in no name and nấm stands before hương with the marks that were typed.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final

from app.search.language.phonetics import sound
from app.search.language.tokens import folded_word
from app.search.mending.known import Known

MOST_FINISHED: Final = 2


def respelt(known: Known, typed: Sequence[str], fixed: frozenset[int]) -> list[list[str]]:
    """Write words as a neighbour wants them: by ear with the marks kept, else with other marks."""
    odd = [at for at, word in enumerate(typed) if at not in fixed and _is_odd(known, word)]
    found: list[list[str]] = []
    for at in odd:
        is_last = at and at == len(typed) - 1
        finished = _finished(known, typed[at - 1], typed[at]) if is_last else []
        for written in finished or (*_twins(known, typed, at), *_remarked(known, typed, at)):
            words = [*typed[:at], written, *typed[at + 1 :]]
            if words not in found:
                found.append(words)
    return found


def are_alike(typed: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether words differ by marks alone, or by a first letter that sounds alike."""
    return len(typed) == len(other) and all(
        one == two or _is_twin(one, two) or folded_word(one) == folded_word(two)
        for one, two in zip(typed, other, strict=True)
    )


def _is_odd(known: Known, word: str) -> bool:
    plain = folded_word(word)
    return not word.isascii() and bool(known.count(plain)) and word not in known.forms(plain)


def _finished(known: Known, before: str, word: str) -> list[str]:
    """Give what begins with a word, marks and all, behind another one: bánh trá is bánh tráng."""
    left = folded_word(before)
    seconds = sorted(
        set(known.seconds(left, folded_word(word))), key=lambda one: (-known.pair(left, one), one)
    )
    forms = (known.pair_form(left, one) for one in seconds)
    return [form[1] for form in forms if len(form) > 1 and form[1].startswith(word)][:MOST_FINISHED]


def _twins(known: Known, typed: Sequence[str], at: int) -> list[str]:
    return [
        form
        for other in dict.fromkeys(known.alike(folded_word(typed[at])))
        for form in known.forms(other)
        if _is_twin(typed[at], form) and _fits(known, typed, at, form)
    ]


def _remarked(known: Known, typed: Sequence[str], at: int) -> list[str]:
    forms = known.forms(folded_word(typed[at]))
    return [form for form in forms if len(forms) == 1 or _fits(known, typed, at, form)]


def _fits(known: Known, typed: Sequence[str], at: int, form: str) -> bool:
    """Tell whether a word stands beside a neighbour, both with just these marks."""
    plain = folded_word(form)
    before = typed[at - 1] if at else ""
    after = typed[at + 1] if at + 1 < len(typed) else ""
    return (bool(before) and known.pair_form(folded_word(before), plain) == (before, form)) or (
        bool(after) and known.pair_form(plain, folded_word(after)) == (form, after)
    )


def _is_twin(one: str, other: str) -> bool:
    """Tell whether two words sound alike and have the same marks."""
    plain, twin = folded_word(one), folded_word(other)
    return plain != twin and sound(plain) == sound(twin) and _marks(one) == _marks(other)


def _marks(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    return "".join(char for char in apart if unicodedata.combining(char))
