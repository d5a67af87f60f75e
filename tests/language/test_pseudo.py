"""Every word that people read comes from a catalogue, or is content that says its language.

The demonstration is read in a language that exists only here, see `ops.pseudo`. There are no PDF documents
yet; when there are, their text goes through `untold_text` as the letters do.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.accounts.models import User
from app.foundation.database import db
from ops.pages import DESKS, PUBLIC, Found
from ops.pseudo import CODE
from tests.language.reading import untold
from tests.support.browser import HTML

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from ops.pages import Address
    from tests.support.browser import Browser, Page

PAGES_OF_A_KIND: Final = 3
FREE: Final = {"living.components"}  # shows components with invented words, in development only


def answer(reader: Browser, path: str) -> TestResponse:
    """Ask for a path whatever the answer is."""
    with reader.app.app_context():  # nothing remembered of the last request
        response: TestResponse = reader.client.get(path)
    return response


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
    pytest.fail(f"no link {found.link}")


@pytest.mark.parametrize("endpoint", sorted(set(PUBLIC) - FREE))
def test_a_public_page_has_no_word_of_its_own(
    reader: Browser, known: frozenset[str], endpoint: str
) -> None:
    for address in PUBLIC[endpoint]:
        path = address_of(reader, address)
        response = answer(reader, path)
        if response.location:
            path = response.location
            response = answer(reader, path)
        page = reader.open(path, status=response.status_code)

        assert page.document is not None
        assert untold(page.document, known) == [], path


def user_of(email: str) -> User:
    """Find somebody of the demonstration."""
    return db.session.scalars(select(User).filter_by(email=email)).one()


def local(href: str | None) -> str:
    """Keep the path and query of a link of ours to a page for members; nothing of any other."""
    parts = urlsplit(href or "")
    inside = re.match(rf"/{CODE}/(desk|account)\b", parts.path)
    return parts.path + (f"?{parts.query}" if parts.query else "") if inside else ""


@pytest.mark.parametrize("account", sorted(DESKS))
def test_a_desk_and_all_pages_that_it_leads_to_have_none(
    reader: Browser, known: frozenset[str], account: str
) -> None:
    reader.sign_in(user_of(account))
    waiting, seen = [f"/{CODE}{DESKS[account]}", f"/{CODE}/account"], set[str]()
    kinds: Counter[str] = Counter()

    while waiting:
        path = waiting.pop()
        endpoint = reader.app.url_map.bind("localhost").match(urlsplit(path).path)[0]
        kinds[str(endpoint)] += 1
        if path in seen or kinds[str(endpoint)] > PAGES_OF_A_KIND:
            continue
        seen.add(path)
        response = answer(reader, path)
        if response.location:
            waiting.append(local(response.location) or f"/{CODE}/account")
            continue
        page = reader.open(path, status=response.status_code)
        if page.document is None:
            continue
        assert untold(page.document, known) == [], path
        waiting += [found for one in page.all("a") if (found := local(one.get("href")))]

    assert len(seen) > 2
