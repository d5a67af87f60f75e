"""A build beside the index in use catches up before it is used, and others may write meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.search.documents import SearchDocument
from app.search.engine import CatchUp, SearchBusyError, SearchEngine, SearchUnavailableError
from tests.search.engines.goods import GOODS, ask


def test_what_changed_meanwhile_is_in_the_new_index(engine: SearchEngine) -> None:
    """Changed, added and gone; the rest is as it was read."""
    changed = replace(GOODS[0], version=99, name_vi="vang")

    def catch_up() -> CatchUp:
        return CatchUp(documents=[changed, GOODS[20]], gone=[GOODS[1].product_id, 999], total=10)

    assert engine.rebuild(GOODS[:10], catch_up=catch_up) == 10

    there = [changed, *GOODS[2:10], GOODS[20]]
    assert engine.versions() == {one.product_id: one.version for one in there}
    assert engine.search(ask("vang")).ids == (changed.product_id,)


def test_others_write_while_an_index_is_built(
    engine: SearchEngine, another: Callable[[], SearchEngine]
) -> None:
    """What they write is found at once, and afterwards."""
    changed = replace(GOODS[0], version=99, name_vi="vang")
    other, seen = another(), []

    def documents() -> Iterator[SearchDocument]:
        yield from GOODS[:10]
        other.update([changed])
        other.delete([GOODS[1].product_id])
        seen.append(other.search(ask("vang")).ids)

    def catch_up() -> CatchUp:
        return CatchUp(documents=[changed], gone=[GOODS[1].product_id], total=9)

    assert engine.rebuild(documents(), catch_up=catch_up) == 9

    assert seen == [(changed.product_id,)]
    there = [changed, *GOODS[2:10]]
    assert other.versions() == {one.product_id: one.version for one in there}


def test_an_index_with_another_number_of_products_is_not_used(engine: SearchEngine) -> None:
    """The count is compared with the shop's before the switch."""
    before = engine.health().generation

    with pytest.raises(SearchUnavailableError, match="10 of 11"):
        engine.rebuild(GOODS[:10], catch_up=lambda: CatchUp(total=11))

    assert engine.health().generation == before
    assert engine.rebuild(GOODS[:11], catch_up=lambda: CatchUp(total=11)) == 11


def test_one_index_is_built_at_a_time(
    engine: SearchEngine, another: Callable[[], SearchEngine]
) -> None:
    """The second one is told so, and the first is not disturbed."""
    other = another()
    for one in (engine, other):
        patient: Any = getattr(one, "_connections", one)
        patient.lock_timeout = 0.1

    def documents() -> Iterator[SearchDocument]:
        yield from GOODS[:20]
        with pytest.raises(SearchBusyError):
            other.rebuild(GOODS[:5])

    assert engine.rebuild(documents()) == 20
