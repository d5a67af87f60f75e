"""What a process keeps for a while instead of making it again: few things, not for long, never private.

Exactness is the key's affair: whoever keeps something of the database puts the edition
(`app.foundation.edition`) and, where stars are shown, the day into the key.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

V = TypeVar("V")

_all: Final[list[Kept[Any]]] = []


class Kept(Generic[V]):
    """At most `most` things of one kind, each for `seconds`; the least used go first. Safe for threads."""

    def __init__(self, *, most: int, seconds: float) -> None:
        """Keep nothing yet."""
        self.most = most
        self.seconds = seconds
        self._guard = threading.Lock()
        self._things: OrderedDict[Hashable, tuple[float, V]] = OrderedDict()
        _all.append(self)

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Give what is kept under a key; make it, outside the lock, when it is not there or too old."""
        with self._guard:
            found = self._things.get(key)
            if found is not None and time.monotonic() - found[0] < self.seconds:
                self._things.move_to_end(key)
                return found[1]
        began = time.monotonic()
        made = make()
        with self._guard:
            self._things[key] = (began, made)
            self._things.move_to_end(key)
            while len(self._things) > self.most:
                self._things.popitem(last=False)
        return made

    def forget(self) -> None:
        """Drop everything."""
        with self._guard:
            self._things.clear()


def forget_all() -> None:
    """Drop what every cache of this process keeps."""
    for one in _all:
        one.forget()
