"""Numbered pages with a cap, for lists that people leaf through (R45)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from app.foundation.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

LAST_PAGE: Final = 1_000


class NoSuchPageError(InvalidInputError):
    """A page before the first or after the last."""

    code = "no_such_page"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a longer list."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def count(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def window(self) -> list[int | None]:
        """The page numbers worth a link; None stands for a gap."""
        near = {1, self.count, *range(self.number - 1, self.number + 2)}
        numbers = sorted(number for number in near if 1 <= number <= self.count)
        shown: list[int | None] = []
        for number in numbers:
            if shown and number - (shown[-1] or 0) > 1:
                shown.append(None)
            shown.append(number)
        return shown


def offset_of(number: int, *, size: int, total: int) -> int:
    """Tell how many rows stand before a page. Raises `NoSuchPageError` outside the list."""
    last = min(max(1, -(-total // size)), LAST_PAGE)
    if not 1 <= number <= last:
        raise NoSuchPageError(number=number, last=last)
    return (number - 1) * size
