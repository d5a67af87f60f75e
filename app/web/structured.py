"""Structured data of schema.org: a builder for each thing that pages show, every value from a row.

A node is a plain mapping; what is not known is left out. Pages hand nodes to `app.web.meta.describe`, and the
layout writes them as one script of data, which no browser runs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from flask import current_app
from markupsafe import Markup

from app.web.assets import asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

Node = dict[str, Any]

SCHEMA: Final = "https://schema.org"
SHOP: Final = "Chợ Phiên"
COUNTRY: Final = "VN"
CURRENCY: Final = "VND"
BEST: Final = 5
# Nothing in these texts can end the script or begin a comment in it.
_ESCAPES: Final = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def script(nodes: Sequence[Node]) -> Markup:
    """Write nodes as JSON that may stand inside a script element."""
    placed = [{"@context": SCHEMA} | one for one in nodes]
    # Lines keep braces apart, so that nothing looks like a placeholder.
    text = json.dumps(placed, ensure_ascii=False, indent=0, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - escaped just before


def absolute(path: str) -> str:
    """Write an address of ours with its host."""
    base: str = current_app.config["SETTINGS"].base_url
    return base + path if path.startswith("/") else path


def node(kind: str, **values: Any) -> Node:  # noqa: ANN401 - properties of schema.org
    """Make a node of the values that are known; `id_` stands for `@id`."""
    known = {
        ("@id" if name == "id_" else name): value
        for name, value in values.items()
        if value is not None and value not in ("", [], {})
    }
    return {"@type": kind} | known


def publisher_data(name: str) -> Node:
    """Describe the shop itself, in full on every page: few readers look a number up on another page."""
    return node(
        "Organization",
        id_=f"{absolute('/')}#organization",
        name=name,
        url=absolute("/"),
        logo=node("ImageObject", url=absolute(asset("img/logo.svg"))),
    )


def site_data(*, name: str, home: str, search: str, description: str, lang: str) -> list[Node]:
    """Describe the shop and its search: `search` is the list's path."""
    organisation = publisher_data(name)
    site = node(
        "WebSite",
        id_=f"{absolute(home)}#website",
        name=name,
        url=absolute(home),
        description=description,
        inLanguage=lang,
        publisher={"@id": organisation["@id"]},
        potentialAction={
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute(search) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    )
    return [organisation, site]


def breadcrumb_data(items: Iterable[tuple[str, str | None]], *, here: str = "") -> Node:
    """Describe the way to a page; the page itself comes last and may have no address."""
    return node(
        "BreadcrumbList",
        itemListElement=[
            node("ListItem", position=at, name=label, item=absolute(url) if url else here)
            for at, (label, url) in enumerate(items, 1)
        ],
    )


def item_list(urls: Iterable[str], *, total: int, first: int = 1) -> Node:
    """Describe a page of a list by the pages that it leads to."""
    return node(
        "ItemList",
        numberOfItems=total,
        itemListElement=[
            node("ListItem", position=at, url=absolute(url)) for at, url in enumerate(urls, first)
        ],
    )


def address_data(*, region: str, locality: str = "", street: str = "") -> Node:
    """Describe where something is."""
    return node(
        "PostalAddress",
        streetAddress=street,
        addressLocality=locality,
        addressRegion=region,
        addressCountry=COUNTRY,
    )


def rating_data(*, total: int, count: int) -> Node | None:
    """Describe the mean of verified buyers' ratings from 1 to 5; none where nobody rated."""
    if count < 1:
        return None
    return node(
        "AggregateRating",
        ratingValue=round(total / count, 1),
        reviewCount=count,
        bestRating=BEST,
        worstRating=1,
    )


def review_data(*, author: str, rating: int, text: str, on: date, lang: str = "") -> Node:
    """Describe a published review of a verified buyer; give them to `enrich("Product", review=[…])`."""
    return node(
        "Review",
        author=node("Person", name=author),
        reviewRating=node("Rating", ratingValue=rating, bestRating=BEST, worstRating=1),
        reviewBody=text,
        datePublished=on.isoformat(),
        inLanguage=lang,
    )


def business_data(  # noqa: PLR0913 - properties of schema.org
    kind: str,
    *,
    url: str,
    name: str,
    address: Mapping[str, Any],
    description: str = "",
    telephone: str | None = None,
    image: str = "",
    hours: str = "",
) -> Node:
    """Describe a producer, a showroom or a village: `kind` is a type of schema.org."""
    return node(
        kind,
        id_=f"{absolute(url)}#it",
        name=name,
        url=absolute(url),
        description=description,
        address=address,
        telephone=telephone,
        image=absolute(image) if image else None,
        openingHours=hours,
    )


def event_data(  # noqa: PLR0913 - properties of schema.org
    *,
    name: str,
    url: str,
    starts: date | datetime,
    ends: date | datetime,
    place: str,
    address: Mapping[str, Any],
    organiser: str = "",
    description: str = "",
    image: str = "",
    is_cancelled: bool = False,
) -> Node:
    """Describe a fair or a visit that takes place at a known time and place."""
    return node(
        "Event",
        id_=f"{absolute(url)}#it",
        name=name,
        url=absolute(url),
        startDate=starts.isoformat(),
        endDate=ends.isoformat(),
        eventAttendanceMode=f"{SCHEMA}/OfflineEventAttendanceMode",
        eventStatus=f"{SCHEMA}/{'EventCancelled' if is_cancelled else 'EventScheduled'}",
        location=node("Place", name=place, address=address),
        organizer=node("Organization", name=organiser) if organiser else None,
        description=description,
        image=absolute(image) if image else None,
    )


def article_data(  # noqa: PLR0913 - properties of schema.org
    *,
    headline: str,
    url: str,
    published: date | datetime,
    changed: date | datetime | None = None,
    author: str = "",
    description: str = "",
    image: str = "",
    lang: str = "",
) -> Node:
    """Describe a story."""
    return node(
        "Article",
        id_=f"{absolute(url)}#it",
        headline=headline[:110],
        url=absolute(url),
        mainEntityOfPage=absolute(url),
        datePublished=published.isoformat(),
        dateModified=(changed or published).isoformat(),
        author=node("Organization", name=author) if author else None,
        publisher=publisher_data(SHOP),
        description=description,
        image=absolute(image) if image else None,
        inLanguage=lang,
    )
