"""Whole đồng, exactly (R10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BASIS_POINTS: Final = 10_000


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of Vietnamese đồng, which has no minor unit."""

    dong: int

    def __post_init__(self) -> None:
        """Refuse anything but an int, a `bool` included."""
        if type(self.dong) is not int:
            msg = f"đồng are counted in ints, not {type(self.dong).__name__}"
            raise TypeError(msg)

    def __add__(self, other: Money) -> Money:
        """Add two amounts."""
        return Money(self.dong + other.dong)

    def __sub__(self, other: Money) -> Money:
        """Take one amount from another; the result may be negative."""
        return Money(self.dong - other.dong)

    def __mul__(self, times: int) -> Money:
        """Take an amount a whole number of times."""
        return Money(self.dong * times)

    def __bool__(self) -> bool:
        """Whether there is any money."""
        return self.dong != 0

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """Sum amounts; nothing sums to zero đồng."""
        return cls(sum(amount.dong for amount in amounts))

    def share(self, basis_points: int) -> Money:
        """Take a commission or tax in basis points, rounding half up to the đồng.

        Raises `ValueError` for a negative amount: a refund is a positive amount the other way.
        """
        if self.dong < 0:
            msg = "a share is taken of an amount of zero or more"
            raise ValueError(msg)
        return Money((self.dong * basis_points + BASIS_POINTS // 2) // BASIS_POINTS)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Split exactly by weights with the largest remainder; the parts sum to the whole.

        Equal weights of zero split evenly. Raises `ValueError` without weights or with a negative one.
        """
        if not weights or min(weights) < 0:
            msg = "a split needs weights of zero or more"
            raise ValueError(msg)
        weighed = list(weights) if any(weights) else [1] * len(weights)
        whole = sum(weighed)
        parts = [self.dong * weight // whole for weight in weighed]
        remainders = [self.dong * weight % whole for weight in weighed]
        left = self.dong - sum(parts)
        by_remainder = sorted(range(len(parts)), key=lambda at: (-remainders[at], at))
        for at in by_remainder[:left]:
            parts[at] += 1
        return [Money(part) for part in parts]
