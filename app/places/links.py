"""Where a place is looked up on somebody else's map: a plain link, nothing of theirs on our page."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

MAP: Final = "https://www.openstreetmap.org/"
CLOSE_BY: Final = 13


def map_search(address: str) -> str:
    """Link a search for an address."""
    return f"{MAP}search?{urlencode({'query': address})}"


def map_at(latitude: float, longitude: float) -> str:
    """Link a point on the map, with a mark."""
    at = f"{latitude:.5f}", f"{longitude:.5f}"
    return f"{MAP}?{urlencode({'mlat': at[0], 'mlon': at[1]})}#map={CLOSE_BY}/{at[0]}/{at[1]}"
