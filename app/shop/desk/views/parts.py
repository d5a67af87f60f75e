"""Parts that several pages of the desk show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from app.web.formats import localize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.vendors.models import Producer


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in words, with the tone that it is drawn in."""

    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to narrow a list, with how many it holds."""

    label: str
    url: str
    count: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A producer to work for."""

    name: str
    url: str
    is_current: bool


def choices_of(producers: Sequence[Producer], current: Producer, endpoint: str) -> list[Choice]:
    """List the producers to choose from; nothing when there is no choice."""
    if len(producers) < 2:  # noqa: PLR2004
        return []
    return [
        Choice(localize(one.name), url_for(endpoint, producer=one.slug), is_current=one is current)
        for one in producers
    ]
