"""Every word that people read comes from a catalogue, or is content that says its language.

The demonstration is read in a language that exists only here, see `ops.pseudo`. There are no PDF documents
yet; when there are, their text goes through `untold_text` as the letters do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest

from ops.pages import DESKS, PUBLIC, Found
from tests.language.reading import untold
from tests.support.browser import HTML

if TYPE_CHECKING:
    from ops.pages import Address
    from tests.support.browser import Browser, Page

FREE: Final = {"living.components"}  # shows components with invented words, in development only


def address_of(reader: Browser, address: Address) -> str:
    """Find a page's path, by itself or by the link that leads to it."""
    if isinstance(address, str):
        return f"/{reader.lang}{address}"
    page = reader.open(address_of(reader, address.on))
    return first_link(page, address)


def first_link(page: Page, found: Found) -> str:
    """Follow a selector of `ops.pages`: an element by test id, or a link in main that holds a text."""
    assert page.document is not None
    by_id = re.fullmatch(r"\[data-testid=([\w-]+)\] a", found.link)
    held = re.search(r"href\*='([^']+)'", found.link)
    roots = page.all(data_testid=by_id[1]) if by_id else page.all("main")
    for root in roots:
        for link in root.iter(HTML + "a"):
            href = link.get("href") or ""
            if held is None or held[1] in href:
                parts = urlsplit(href)
                return parts.path + (f"?{parts.query}" if parts.query else "")
    raise AssertionError(f"no link {found.link}")


@pytest.mark.parametrize("endpoint", sorted(set(PUBLIC) - FREE))
def test_a_public_page_has_no_word_of_its_own(
    reader: Browser, known: frozenset[str], endpoint: str
) -> None:
    for address in PUBLIC[endpoint]:
        path = address_of(reader, address)
        response = reader.client.get(path)
        if response.location:
            path = response.location
            response = reader.client.get(path)
        page = reader.open(path, status=response.status_code)

        assert page.document is not None
        assert untold(page.document, known) == [], path
