"""The words that the catalogue uses and which stand beside one another, to mend what was mistyped.

It is made from all documents when the index is built and once a night; a word that is newer is
found all the same, since nothing is mended while the words as typed find something.
"""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Final

from app.search.documents import SearchDocument
from app.search.language.tokens import folded_word, pair_tokens, words
from app.search.mending.neighbours import Neighbours

VERSION: Final = 1
MOST_FORMS: Final = 4
MOST_BYTES: Final = 64_000_000
# English writes Vietnamese names without marks: such a spelling says less of how a word is written.
_BARE_WEIGHT: Final = 0.2


@dataclass(frozen=True)
class Lexicon:
    """How many products have each folded word and each pair of neighbouring words.

    `forms` says how a folded word is written with its marks, the commonest way first, and
    `pair_forms` how a pair is.
    """

    words: Mapping[str, int] = field(default_factory=dict)
    pairs: Mapping[str, int] = field(default_factory=dict)
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pair_forms: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[SearchDocument]) -> "Lexicon":
        """Count the words of names, producers, places and categories."""
        count: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        forms: Counter[tuple[str, str]] = Counter()
        pair_forms: Counter[tuple[str, str]] = Counter()
        for document in documents:
            seen: set[tuple[str, str]] = set()
            seen_pairs: set[tuple[str, str]] = set()
            for text in _texts(document):
                own, own_pairs = _read(text)
                seen |= own
                seen_pairs |= own_pairs
            forms.update(seen)
            pair_forms.update(seen_pairs)
            count.update({token for token, _form in seen})
            pairs.update({token for token, _form in seen_pairs})
        return cls(
            dict(count),
            dict(pairs),
            _commonest(forms),
            {token: form[0] for token, form in _commonest(pair_forms).items()},
        )

    @cached_property
    def neighbours(self) -> Neighbours:
        """Give the words by what they look and sound like; made once."""
        return Neighbours(self.words, self.pairs)

    def to_bytes(self) -> bytes:
        """Write it down."""
        content = {
            "version": VERSION,
            "words": dict(self.words),
            "pairs": dict(self.pairs),
            "forms": {token: list(forms) for token, forms in self.forms.items()},
            "pair_forms": dict(self.pair_forms),
        }
        return zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 6)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Lexicon":
        """Read what `to_bytes` wrote. Raises `ValueError` for anything else."""
        try:
            opened = zlib.decompressobj()
            written = opened.decompress(data, MOST_BYTES)
            content = json.loads(written)
        except (zlib.error, ValueError, RecursionError) as error:
            raise ValueError("no lexicon: unreadable") from error
        if not opened.eof:
            raise ValueError("no lexicon: cut short")
        if not isinstance(content, dict) or content.get("version") != VERSION:
            raise ValueError("no lexicon: another version")
        return cls(
            _counts(content.get("words")),
            _counts(content.get("pairs")),
            {token: _forms(forms) for token, forms in _mapping(content.get("forms")).items()},
            {token: _text(form) for token, form in _mapping(content.get("pair_forms")).items()},
        )


def _texts(document: SearchDocument) -> Iterator[str]:
    yield from (document.name_vi, document.also_vi, document.name_en, document.also_en)
    yield document.producer
    yield from document.place
    yield from document.category


@lru_cache(maxsize=20_000)
def _read(text: str) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """List the words and the pairs of a text, each folded and as written."""
    written = words(text)
    plain = [folded_word(word) for word in written]
    pairs = [
        (token, f"{left} {right}")
        for (left, right), (one, other) in zip(pairwise(written), pairwise(plain), strict=True)
        for token in pair_tokens([one, other])
    ]
    own = [(token, word) for token, word in zip(plain, written, strict=True) if token]
    return frozenset(own), frozenset(pairs)


def _commonest(counted: Counter[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    by_token: dict[str, list[tuple[float, str]]] = {}
    for (token, form), count in counted.items():
        weight = count * (_BARE_WEIGHT if form.isascii() else 1)
        by_token.setdefault(token, []).append((-weight, form))
    return {
        token: tuple(form for _weight, form in sorted(forms)[:MOST_FORMS])
        for token, forms in by_token.items()
    }


def _mapping(said: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(said, dict):
        raise ValueError("no lexicon: no table")  # noqa: TRY004 - rubbish in storage, no fault of a type
    return said


def _counts(said: Any) -> dict[str, int]:  # noqa: ANN401
    counts = _mapping(said)
    if not all(type(count) is int for count in counts.values()):
        raise ValueError("no lexicon: no count")
    return counts


def _forms(said: Any) -> tuple[str, ...]:  # noqa: ANN401
    if not isinstance(said, list) or not said:
        raise ValueError("no lexicon: no spellings")
    return tuple(_text(form) for form in said)


def _text(said: Any) -> str:  # noqa: ANN401
    if not isinstance(said, str):
        raise ValueError("no lexicon: no text")  # noqa: TRY004
    return said
