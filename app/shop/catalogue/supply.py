"""What can be had of a size, in the words in which the stock answers the catalogue's pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Supply:
    """How many of one variant its producer can send, and how many one showroom can hand over."""

    sent: int = 0
    collected: int = 0

    @property
    def most(self) -> int:
        """How many one order may ask for."""
        return max(self.sent, self.collected)

    @property
    def is_only_collected(self) -> bool:
        """Whether it can be had at a showroom and cannot be sent."""
        return self.sent <= 0 < self.collected
