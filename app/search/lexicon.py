"""The words that the catalogue uses and which stand beside one another, to mend what was mistyped.

It is made from all documents when the index is built and once a night; a word that is newer is
found all the same, since nothing is mended while the words as typed find something.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.search.analysis import is_pair
from app.search.documents import SearchDocument


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How many products have each folded word and each pair of neighbouring words."""

    words: Mapping[str, int] = field(default_factory=dict)
    pairs: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[SearchDocument]) -> "Lexicon":
        """Count the words of names, producers, places and categories."""
        words: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for document in documents:
            for token in {*document.name_tokens(), *document.context_tokens()}:
                if token.startswith("e__"):
                    continue
                (pairs if is_pair(token) else words)[token] += 1
        return cls(dict(words), dict(pairs))
