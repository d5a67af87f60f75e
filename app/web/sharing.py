"""Ways to tell others of a page that need nobody else's script."""

from __future__ import annotations

from urllib.parse import urlencode

from app.web.structured import absolute


def share_links(path: str, title: str) -> dict[str, str]:
    """Link what `components/share.html` offers for a page of ours."""
    address = absolute(path)
    return {
        "url": address,
        "title": title,
        "mail": "mailto:?" + urlencode({"subject": title, "body": address}).replace("+", "%20"),
        "facebook": "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": address}),
    }
