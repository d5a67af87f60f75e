from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale

from app.foundation.actors import SYSTEM
from app.foundation.work import unit_of_work
from app.shop.orders import queries, services
from app.shop.orders.views import order_page, order_row
from tests.support.buying import consigned, on_sale, placed
from tests.support.make import NOW

if TYPE_CHECKING:
    from flask import Flask

MOVES = (
    services.confirm_order, services.pack_order, services.ship_order, services.deliver_order
)  # fmt: skip


@pytest.mark.parametrize("made", range(5))
def test_the_steps_show_how_far_a_parcel_has_come(app: Flask, made: int) -> None:
    number = placed().number
    for move in MOVES[:made]:
        with unit_of_work():
            order = queries.order_by_number(number)
            assert order is not None
            move(order, actor=SYSTEM, now=NOW)

    order = queries.order_by_number(number)
    assert order is not None
    steps = order_page(order).steps

    assert [step.state for step in steps].count("done") == made + 1
    assert [step.state for step in steps].count("todo") == 4 - made
    assert len(steps) == 5


def test_a_pick_up_hides_the_address_and_has_three_steps(app: Flask) -> None:
    variant_id = on_sale()
    consigned(variant_id, 2)

    page = order_page(placed({variant_id: 2}, showroom=1))

    assert page.address_lines == []
    assert len(page.steps) == 3


def test_a_cancelled_order_goes_no_further(app: Flask) -> None:
    order = placed()
    with unit_of_work():
        found = queries.order_by_number(order.number)
        assert found is not None
        services.cancel_by_buyer(found, now=NOW)

    found = queries.order_by_number(order.number)
    assert found is not None
    row = order_row(found)

    with force_locale("en"):
        assert (str(row.state_label), row.tone, row.pieces) == ("Cancelled", "bad", 2)
        assert [str(step.label) for step in order_page(found).steps] == ["Placed", "Cancelled"]
