"""A bar that says how far a long command is and what it does."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

    Tell = Callable[[float, str], None]


@dataclass(slots=True)
class Bar:
    """Writes percent and words: over one line of a terminal, or a line for each step."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    last: str = ""

    def __call__(self, share: float, what: str) -> None:
        """Show a share of the whole between 0 and 1."""
        if self.stream.isatty():
            end = "\n" if share >= 1 else ""
            self.stream.write(f"\r\033[K[{share:4.0%}] {what}{end}")
        elif what != self.last:
            self.stream.write(f"[{share:4.0%}] {what}\n")
        self.last = what
        self.stream.flush()


def part(tell: Tell, start: float, end: float) -> Tell:
    """Give a step its own stretch of the bar."""
    return lambda share, what: tell(start + (end - start) * share, what)
