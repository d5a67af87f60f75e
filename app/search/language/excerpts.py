"""Cut the part out of a text that shows why it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.shop.catalogue.asking import Highlight

Pieces = tuple[tuple[str, bool], ...]

LONGEST: Final = 190
BEFORE: Final = 60
READ: Final = 6_000


def pieces_of(text: str, highlight: Highlight | None) -> Pieces:
    """Cut a whole text into pieces that were asked for and others."""
    return highlight(text) if highlight and text else ((text, False),)


def excerpt(text: str, highlight: Highlight | None) -> Pieces:
    """Give the stretch of a text around the first words that were asked for, else its beginning."""
    text = text[:READ]
    begins = first_hit(text, highlight)
    start = 0
    if begins > BEFORE and len(text) > LONGEST:
        start = text.find(" ", max(0, min(begins - BEFORE, len(text) - LONGEST))) + 1
    end = start + LONGEST
    if end < len(text):
        end = text.rfind(" ", start + 1, end)
        end = end if end > start else start + LONGEST
    shown = pieces_of(text[start:end], highlight)
    before = (("… ", False),) if start else ()
    after = ((" …", False),) if end < len(text) else ()
    return (*before, *shown, *after)


def first_hit(text: str, highlight: Highlight | None) -> int:
    """Tell where the first piece stands that was asked for; none is nowhere."""
    at = 0
    for piece, is_hit in pieces_of(text, highlight):
        if is_hit:
            return at
        at += len(piece)
    return -1
