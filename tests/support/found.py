"""What crawlers read of a page: its links to other languages, its structured data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support.browser import Page


def canonical(page: Page) -> str | None:
    """The address that the page stands for."""
    links = page.all("link", rel="canonical")
    assert len(links) <= 1
    return links[0].get("href") if links else None


def alternates(page: Page) -> dict[str, str]:
    """The page in other languages."""
    return {
        one.get("hreflang", ""): one.get("href", "") for one in page.all("link", rel="alternate")
    }


def robots(page: Page) -> str:
    """What crawlers may do."""
    return page.one("meta", name="robots").get("content", "")


def shared(page: Page) -> dict[str, str]:
    """What programs show of a shared page."""
    return {
        one.get("property", ""): one.get("content", "")
        for one in page.all("meta")
        if one.get("property", "").startswith("og:")
    }


def data(page: Page) -> dict[str, dict[str, Any]]:
    """The nodes of structured data by type."""
    scripts = page.all("script", type="application/ld+json")
    assert len(scripts) <= 1
    if not scripts:
        return {}
    nodes = json.loads("".join(scripts[0].itertext()))
    assert len({one["@type"] for one in nodes}) == len(nodes)
    return {one["@type"]: one for one in nodes}
