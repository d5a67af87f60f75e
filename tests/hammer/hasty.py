"""The shop with an outbox that is in a hurry: it calls messages delivered before they are in the index.

Proof that the order of the two is what the test with killed indexers watches.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.foundation import clock, outbox
from app.foundation.work import unit_of_work
from app.search.jobs import PRODUCT_CHANGED
from wsgi import app

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

patient = outbox._batches[PRODUCT_CHANGED]


def settle_first(messages: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Say that all is done, then do it."""
    with unit_of_work():
        outbox.settle([number for number, _payload in messages], now=clock.now())
    patient.handler(messages)


outbox._batches[PRODUCT_CHANGED] = replace(patient, handler=settle_first)

__all__ = ["app"]
