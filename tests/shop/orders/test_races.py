"""Two at once: buyers who press twice, clerks at two counters, a cancel that meets a parcel."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from app.foundation.actors import NOBODY, SYSTEM
from app.foundation.database import db
from app.foundation.errors import DomainError
from app.foundation.work import in_unit_of_work
from app.shop.basket import services as basket
from app.shop.orders import queries, services
from app.shop.orders.holds import HOLD
from app.shop.orders.models import OrderGroup
from app.shop.stock import queries as shelves
from app.shop.stock.services import expire_holds
from tests.support.buying import (
    cart_of,
    checkout_of,
    command,
    consigned,
    on_sale,
    placed,
)
from tests.support.make import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask


def together(app: Flask, *works: Callable[[], Any]) -> list[str]:
    """Do all at the same moment, each as a request would; tell how each ended, sorted."""
    outcomes: list[str] = []
    start = threading.Barrier(len(works))
    db.session.remove()

    def run(work: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait()
            try:
                in_unit_of_work(work)
                outcomes.append("done")
            except DomainError as error:
                outcomes.append(error.code)

    runners = [threading.Thread(target=run, args=(work,)) for work in works]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    return sorted(outcomes)


def quiet() -> bool:
    """Whether nothing contradicts itself."""
    db.session.rollback()
    return [*shelves.breaches(), *queries.breaches()] == []


def on(number: str, move: Callable[[Any], None]) -> Callable[[], None]:
    """A move of an order as it stands when the move begins."""

    def work() -> None:
        order = queries.order_by_number(number)
        assert order is not None
        move(order)

    return work


def test_eight_equal_requests_place_one_order(app: Flask) -> None:
    cart = cart_of({on_sale(): 1})
    said = command(checkout_of(cart), cart, total=155_000)

    outcomes = together(
        app, *[lambda: services.place_order(said, actor=NOBODY, now=NOW) for _ in range(8)]
    )

    assert outcomes == ["done"] * 8
    assert db.session.query(OrderGroup).count() == 1
    assert quiet()


def test_of_two_tabs_with_different_answers_one_places_the_order(app: Flask) -> None:
    cart = cart_of({on_sale(): 1})
    checkout = checkout_of(cart)
    works = [
        lambda name=name: services.place_order(
            command(checkout, cart, total=155_000, name=name), actor=NOBODY, now=NOW
        )
        for name in ("Lan", "Mai", "Hoa", "An")
    ]

    outcomes = together(app, *works)

    assert outcomes == ["conflict"] * 3 + ["done"]
    assert quiet()


def test_of_eight_shoppers_one_buys_the_last_unit(app: Flask) -> None:
    variant_id = on_sale(stock=1)
    carts = [cart_of({variant_id: 1}) for _ in range(8)]

    def buy(token: str) -> Callable[[], None]:
        def work() -> None:
            cart = basket.cart_for(token, NOW)
            checkout = services.start_checkout(cart, now=NOW)
            said = command(checkout.token, token, total=155_000)
            services.place_order(said, actor=NOBODY, now=NOW)

        return work

    outcomes = together(app, *[buy(token) for token in carts])

    assert outcomes == ["done"] + ["sold_out"] * 7
    assert db.session.query(OrderGroup).count() == 1
    assert quiet()


def test_two_clerks_hand_one_package_over_once(app: Flask) -> None:
    variant_id = on_sale()
    consigned(variant_id, 2)
    order = placed({variant_id: 2}, showroom=1)
    number, code = order.number, order.pick_up_code or ""
    in_unit_of_work(on(number, lambda one: services.mark_ready(one, actor=SYSTEM, now=NOW)))

    def give(one: Any) -> None:
        services.hand_over(one, code=code, actor=SYSTEM, now=NOW)

    outcomes = together(app, *[on(number, give) for _ in range(4)])

    assert outcomes.count("done") == 1
    assert set(outcomes) <= {"done", "conflict", "illegal_move"}
    assert quiet()


def test_a_package_is_either_shipped_or_cancelled(app: Flask) -> None:
    number = placed().number
    for move in (services.confirm_order, services.pack_order):
        in_unit_of_work(on(number, lambda one, move=move: move(one, actor=SYSTEM, now=NOW)))  # type: ignore[misc]

    outcomes = together(
        app,
        on(number, lambda one: services.ship_order(one, actor=SYSTEM, now=NOW)),
        on(number, lambda one: services.cancel_order(one, reason="x", actor=SYSTEM, now=NOW)),
    )

    assert outcomes.count("done") == 1
    assert quiet()


def test_holds_that_expire_while_the_order_is_placed_do_no_harm(app: Flask) -> None:
    variant_id = on_sale(stock=1)
    cart = cart_of({variant_id: 1})
    said = command(checkout_of(cart), cart, total=155_000)
    later = NOW + HOLD

    outcomes = together(
        app,
        lambda: services.place_order(said, actor=NOBODY, now=later),
        lambda: expire_holds(later),
    )

    assert outcomes == ["done", "done"]
    assert db.session.query(OrderGroup).count() == 1
    assert quiet()
