"""Groups of words for one thing, looked up by how they are typed.

The shop comes with groups (`vocabulary`), officers keep more; both are used the same way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from app.search.language.tokens import folded_word, same, words
from app.search.language.vocabulary import AMBIGUOUS, GROUPS

LONGEST_PHRASE: Final = 4
MOST_WORDS_OF_A_NAME: Final = 8
TWO: Final = 2

Name = tuple[str, ...]
Group = tuple[Name, ...]


@dataclass(frozen=True)
class Thesaurus:
    """All groups of words for one thing: those that come with the shop, and those officers keep."""

    groups: tuple[tuple[str, ...], ...] = GROUPS

    @classmethod
    def of(cls, extra_groups: Iterable[Iterable[str]]) -> "Thesaurus":
        """Add officers' groups; names join every group that has one of them, else make a new one."""
        merged: list[tuple[str, ...]] = list(GROUPS)
        for extra in extra_groups:
            names = dict.fromkeys(
                text for one in extra if (text := " ".join(words(one)[:MOST_WORDS_OF_A_NAME]))
            )
            touched = [at for at, one in enumerate(merged) if not names.keys().isdisjoint(one)]
            for at in touched:
                merged[at] = tuple(dict.fromkeys((*merged[at], *names)))
            if not touched and len(names) > 1:
                merged.append(tuple(names))
        return cls(tuple(merged))

    def members(self, span: Name) -> list[Group]:
        """Give the groups that typed words belong to; a bare word of many meanings opens none."""
        key = " ".join(map(folded_word, span))
        found = self._table.get(key)
        if not found:
            return []
        if key in AMBIGUOUS and all(word.isascii() for word in span):
            return [group for group in found if span in group]
        return [group for group in found if any(same(span, name) for name in group)]

    def mixed(self, span: Name) -> list[Group]:
        """Give the groups of two words of two languages: nấm oyster is what oyster mushroom is."""
        if len(span) != TWO or span[0].isascii() == span[1].isascii():
            return []
        vietnamese, english = sorted(span, key=str.isascii)
        found: list[Group] = []
        for own, other, said in ((vietnamese, english, True), (english, vietnamese, False)):
            for name in (name for group in self.members((own,)) for name in group):
                if len(name) == 1 and name[0].isascii() == said:
                    meant = (other, *name) if said else (*name, other)
                    found += [group for group in self.members(meant) if group not in found]
        return found

    @cached_property
    def _table(self) -> Mapping[str, list[Group]]:
        return _by_fold(self.groups)

    def names(self) -> list[Name]:
        """List all names of all groups, in words."""
        return [name for group in _in_words(self.groups) for name in group]


@lru_cache(maxsize=4)
def _in_words(groups: tuple[tuple[str, ...], ...]) -> tuple[Group, ...]:
    return tuple(
        tuple(dict.fromkeys(name for text in group if (name := tuple(words(text)))))
        for group in groups
    )


@lru_cache(maxsize=4)
def _by_fold(groups: tuple[tuple[str, ...], ...]) -> Mapping[str, list[Group]]:
    table: dict[str, list[Group]] = {}
    for group in _in_words(groups):
        for key in dict.fromkeys(" ".join(map(folded_word, name)) for name in group):
            table.setdefault(key, []).append(group)
    return table
