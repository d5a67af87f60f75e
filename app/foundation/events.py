"""Domain events: past-tense facts, told in the same transaction to whoever subscribed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: ids and plain values, never objects."""


E = TypeVar("E", bound=Event)
_subscribers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Call `handler` for each event of a kind; naming it twice changes nothing.

    A handler may write rows and enqueue messages, never touch a network; if it raises, all rolls back.
    """
    if handler not in _subscribers[kind]:
        _subscribers[kind].append(handler)


def emit(event: Event) -> None:
    """Tell the subscribers, in the order in which they subscribed."""
    for handler in _subscribers[type(event)]:
        handler(event)
