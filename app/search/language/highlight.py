"""Show which words of a text a query matched, in the text's own spelling."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from app.search.language.analysis import Slot
from app.search.language.tokens import (
    MAX_TEXT_CHARS,
    WORD,
    exact_token,
    folded_word,
    is_code,
    is_in_name,
    is_pair,
    pair_tokens,
    words,
)

# With the s of an English genitive, which analysis takes for a part of the word.
_WORD_IN_TEXT: Final = re.compile(
    WORD.pattern + "(?:['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]s\\b)?"
)

Pieces = tuple[tuple[str, bool], ...]


def highlight(text: str, slots: Iterable[Slot]) -> Pieces:
    """Cut a text into pieces and tell which of them the slots matched; neighbours are joined.

    A slot marks the words that it has with the marks as typed; only where there are none, those
    that are spelt like it.
    """
    short = text[:MAX_TEXT_CHARS]
    spans = [found.span() for found in _WORD_IN_TEXT.finditer(short)]
    read = _Read([short[start:end] for start, end in spans])
    marked = {at for slot in slots for at in read.matched(slot)}
    return _pieces(text, spans, marked)


class _Read:
    """A text by its tokens, and at which of its words each token stands."""

    def __init__(self, written: list[str]) -> None:
        own = ["".join(words(word)) for word in written]
        plain = [folded_word(word) for word in own]
        self.at: dict[str, set[int]] = {}
        for at, word in enumerate(own):
            self._keep(plain[at], at)
            self._keep(exact_token(word, in_name=is_in_name(own, at)), at)
        for at in range(len(plain) - 1):
            for pair in pair_tokens(plain[at : at + 2]):
                self._keep(pair, at)

    def _keep(self, token: str, at: int) -> None:
        self.at.setdefault(token, set()).add(at)

    def matched(self, slot: Slot) -> set[int]:
        """Give the words that a slot matched, those with the marks as typed before the others."""
        for is_loose in (False, True):
            found = {
                at
                for way in slot.alternatives
                if way.is_loose == is_loose
                for at in self._of(way.tokens)
            }
            if found:
                return found
        return set()

    def _of(self, tokens: tuple[str, ...]) -> Iterator[int]:
        """Give the words of a way that is met; of a phrase only those that stand in its pairs."""
        if not tokens or any(is_code(token) or token not in self.at for token in tokens):
            return
        pairs = [token for token in tokens if is_pair(token)]
        if not pairs:
            for token in tokens:
                yield from self.at[token]
            return
        first = self.at[pairs[0]]
        for start in first:
            if all(start + step in self.at[pair] for step, pair in enumerate(pairs)):
                yield from range(start, start + len(pairs) + 1)


def _pieces(text: str, spans: list[tuple[int, int]], marked: set[int]) -> Pieces:
    """Join marked neighbours, with what is between them, into one piece."""
    pieces: list[tuple[str, bool]] = []
    done, at = 0, 0
    while at < len(spans):
        if at not in marked:
            at += 1
            continue
        start = spans[at][0]
        while at + 1 in marked:
            at += 1
        end = spans[at][1]
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[start:end], True))
        done = end
        at += 1
    if done < len(text):
        pieces.append((text[done:], False))
    return tuple(pieces)
