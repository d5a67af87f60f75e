"""Links to the pages of a list, as `components/pagination.html` wants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.foundation.paging import Page


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where in a list we are, and the addresses of its other pages."""

    number: int
    count: int
    window: Sequence[int | None]
    link: Callable[[int | None], str]

    def url_for_number(self, number: int) -> str:
        """Link a page; the first one is the list itself, and its address names no page."""
        return self.link(number if number > 1 else None)


def page_links(page: Page[Any], link: Callable[[int | None], str]) -> PageLinks:
    """Link the pages of a list by what writes the address of one; it is given none for the first."""
    return PageLinks(page.number, page.count, page.window, link)


def pages_of(page: Page[Any], endpoint: str, **values: Any) -> PageLinks:  # noqa: ANN401 - parts of an address
    """Link the pages of a list that an endpoint shows; the values stay in the address."""
    return page_links(page, lambda number: url_for(endpoint, **values, page=number))
