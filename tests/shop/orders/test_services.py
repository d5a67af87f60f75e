from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.foundation.actors import NOBODY, SYSTEM, Role, Scope
from app.foundation.database import db
from app.foundation.errors import ConflictError, IllegalMoveError, NotPermittedError
from app.foundation.money import Money
from app.foundation.outbox import OutboxMessage
from app.foundation.work import unit_of_work
from app.shop.basket import services as basket
from app.shop.catalogue.models import Listing, ListingState, Variant
from app.shop.orders import queries, services
from app.shop.orders.models import Order, OrderGroup
from app.shop.orders.states import DeliveryState, OrderState, PaymentState
from app.shop.stock import queries as shelves
from app.shop.stock.services import SoldOutError, expire_holds
from tests.support import buying, make
from tests.support.buying import cart_of, checkout_of, command, consigned, on_sale, place, placed
from tests.support.make import NOW
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask


def breaches() -> list[str]:
    """Everything that contradicts itself."""
    db.session.rollback()
    return [*shelves.breaches(), *queries.breaches()]


def test_an_order_keeps_what_was_agreed(app: Flask) -> None:
    variant_id = on_sale("Chè Shan tuyết", dong=125_000)

    order = placed({variant_id: 2})

    assert order.number.startswith("CP-261124-")
    assert (order.items_total, order.shipping) == (Money(250_000), Money(30_000))
    assert order.group.total == Money(280_000)
    assert [(line.name["vi"], line.unit_price) for line in order.lines] == [
        ("Chè Shan tuyết", Money(125_000))
    ]
    assert [event.after for event in order.history] == ["placed", "cash_due", "unfulfilled"]
    assert breaches() == []


def test_the_certificate_of_the_day_goes_into_the_line(app: Flask) -> None:
    maker = make.producer()
    product = make.registered(by=maker)
    certificate = make.certificate(product, 4)
    listing = make.listing(product)
    buying.show_card(product.id)
    db.session.commit()

    order = placed({listing.variants[0].id: 1})

    assert (order.lines[0].certificate_serial, order.lines[0].stars) == (certificate.serial, 4)


def test_each_producer_gets_an_order_of_its_own(app: Flask) -> None:
    maker = make.producer()
    quantities = {on_sale("Chè", by=maker): 1, on_sale("Mật ong"): 2, on_sale("Gạo", by=maker): 3}

    cart = cart_of(quantities)
    group = place(command(checkout_of(cart), cart, total=6 * 125_000 + 2 * 30_000))

    assert [len(order.lines) for order in group.orders] == [2, 1]
    assert Money.total(order.total for order in group.orders) == group.total
    assert breaches() == []


def test_letters_go_to_the_buyer_and_to_each_producer(app: Flask) -> None:
    placed()

    topics = db.session.scalars(
        select(OutboxMessage.topic)
        .where(OutboxMessage.topic.startswith("orders."))
        .order_by(OutboxMessage.topic)
    ).all()

    assert topics == ["orders.new_order_letter", "orders.placed_letter"]


def test_the_same_request_again_gives_the_same_order(app: Flask) -> None:
    cart = cart_of({on_sale(): 1})
    said = command(checkout_of(cart), cart, total=155_000)

    numbers = {place(said).number for _ in range(3)}

    assert len(numbers) == 1
    assert db.session.query(OrderGroup).count() == 1
    assert breaches() == []


def test_another_request_on_the_same_checkout_is_refused(app: Flask) -> None:
    cart = cart_of({on_sale(): 1})
    checkout = checkout_of(cart)
    place(command(checkout, cart, total=155_000))

    with pytest.raises(ConflictError):
        place(command(checkout, cart, total=155_000, name="Somebody else"))


def test_a_second_checkout_of_a_cart_that_was_ordered_is_refused(app: Flask) -> None:
    cart = cart_of({on_sale(): 1})
    first, second = checkout_of(cart), checkout_of(cart)
    place(command(second, cart, total=155_000))

    with pytest.raises(ConflictError):
        place(command(first, cart, total=155_000))


def test_a_checkout_of_another_cart_is_not_there(app: Flask) -> None:
    cart, other = cart_of({on_sale(): 1}), cart_of({on_sale(): 1})
    checkout = checkout_of(cart)

    with pytest.raises(services.CheckoutGoneError):
        place(command(checkout, other, total=155_000))


def test_a_total_that_the_buyer_did_not_see_is_asked_about(app: Flask) -> None:
    variant_id = on_sale(dong=100_000)
    cart = cart_of({variant_id: 1})
    checkout = checkout_of(cart)
    db.session.get_one(Variant, variant_id).price = Money(90_000)
    db.session.commit()

    with pytest.raises(services.TotalChangedError) as asked:
        place(command(checkout, cart, total=130_000))

    assert asked.value.values["total"] == Money(120_000)
    assert place(command(checkout, cart, total=120_000)).total == Money(120_000)


def test_goods_taken_off_sale_stop_the_order_and_are_named(app: Flask) -> None:
    variant_id = on_sale()
    cart = cart_of({variant_id: 1})
    checkout = checkout_of(cart)
    db.session.scalars(select(Listing)).one().state = ListingState.PAUSED
    db.session.commit()

    with pytest.raises(services.NotSellableError) as refused:
        place(command(checkout, cart, total=155_000))

    assert refused.value.values["variant_ids"] == [variant_id]


def test_two_checkouts_never_hold_the_same_last_unit(app: Flask) -> None:
    variant_id = on_sale(stock=1)
    checkout_of(cart_of({variant_id: 1}))
    other = cart_of({variant_id: 1})

    with pytest.raises(SoldOutError) as refused:
        checkout_of(other)

    assert refused.value.values["variant_ids"] == [variant_id]


def test_starting_again_does_not_hold_twice(app: Flask) -> None:
    variant_id = on_sale(stock=1)
    cart = cart_of({variant_id: 1})

    for _ in range(3):
        checkout_of(cart)

    assert list(shelves.available([variant_id]).values()) == [0]
    assert breaches() == []


def test_a_hold_that_lapsed_lives_again_while_there_are_goods(app: Flask) -> None:
    later = NOW + timedelta(hours=1)
    cart = cart_of({on_sale(stock=1): 1})
    checkout = checkout_of(cart)
    with unit_of_work():
        expire_holds(later)

    place(command(checkout, cart, total=155_000), now=later)

    assert breaches() == []


def test_a_hold_that_lapsed_may_be_somebody_elses_by_now(app: Flask) -> None:
    later = NOW + timedelta(hours=1)
    variant_id = on_sale(stock=1)
    cart, faster = cart_of({variant_id: 1}), cart_of({variant_id: 1})
    checkout = checkout_of(cart)
    checkout_of(faster, now=later)

    with pytest.raises(SoldOutError):
        place(command(checkout, cart, total=155_000), now=later)

    assert db.session.query(OrderGroup).count() == 0
    assert breaches() == []


def test_what_was_added_after_the_checkout_began_is_held_too(app: Flask) -> None:
    variant_id = on_sale(stock=5, dong=100_000)
    cart_token = cart_of({variant_id: 1})
    checkout = checkout_of(cart_token)
    with unit_of_work():
        basket.add_line(basket.cart_for(cart_token, NOW), variant_id, 2, NOW)

    place(command(checkout, cart_token, total=330_000))

    assert list(shelves.available([variant_id]).values()) == [2]
    assert breaches() == []


def test_a_pick_up_moves_the_promise_to_the_showrooms_shelf(app: Flask) -> None:
    variant_id = on_sale(stock=5)
    place_id = consigned(variant_id, 3)

    order = placed({variant_id: 2}, showroom=1)

    free = shelves.available([variant_id])
    assert free[variant_id, place_id] == 1
    assert sorted(free.values()) == [1, 5]
    assert (order.place_id, order.showroom_id, order.shipping) == (place_id, 1, Money(0))
    assert len(order.pick_up_code or "") == 6
    assert breaches() == []


def test_a_showroom_without_enough_hands_nothing_over(app: Flask) -> None:
    variant_id = on_sale(stock=5)
    consigned(variant_id, 1)

    with pytest.raises(SoldOutError):
        placed({variant_id: 2}, showroom=1)

    assert breaches() == []


MOVES: dict[str, Callable[[Order], None]] = {
    "confirm": lambda order: services.confirm_order(order, actor=SYSTEM, now=NOW),
    "pack": lambda order: services.pack_order(order, actor=SYSTEM, now=NOW),
    "ship": lambda order: services.ship_order(
        order, actor=SYSTEM, now=NOW, carrier="VNPost", tracking_code="EX1"
    ),
    "deliver": lambda order: services.deliver_order(order, actor=SYSTEM, now=NOW),
    "ready": lambda order: services.mark_ready(order, actor=SYSTEM, now=NOW),
    "hand over": lambda order: services.hand_over(
        order, code=order.pick_up_code or "", actor=SYSTEM, now=NOW
    ),
    "cancel": lambda order: services.cancel_order(order, reason="x", actor=SYSTEM, now=NOW),
    "buyer cancels": lambda order: services.cancel_by_buyer(order, now=NOW),
}
# After which moves which others are possible; all others are refused.
BY_CARRIER: dict[tuple[str, ...], set[str]] = {
    (): {"confirm", "cancel", "buyer cancels"},
    ("confirm",): {"pack", "cancel", "buyer cancels"},
    ("confirm", "pack"): {"ship", "cancel"},
    ("confirm", "pack", "ship"): {"deliver"},
    ("confirm", "pack", "ship", "deliver"): set(),
    ("cancel",): set(),
    ("confirm", "pack", "cancel"): set(),
}
AT_COUNTER: dict[tuple[str, ...], set[str]] = {
    (): {"confirm", "ready", "cancel", "buyer cancels"},
    ("confirm",): {"ready", "cancel", "buyer cancels"},
    ("ready",): {"hand over", "cancel"},
    ("ready", "hand over"): set(),
    ("ready", "cancel"): set(),
}


def moved(order: Order, *names: str) -> Order:
    """Make moves, each in a unit of its own."""
    number = order.number
    for name in names:
        with unit_of_work():
            found = queries.order_by_number(number)
            assert found is not None
            MOVES[name](found)
    found = queries.order_by_number(number)
    assert found is not None
    return found


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("before", BY_CARRIER, ids=" ".join)
def test_a_delivery_moves_only_as_its_table_says(
    app: Flask, before: tuple[str, ...], name: str
) -> None:
    order = moved(placed(), *before)

    if name in BY_CARRIER[before]:
        moved(order, name)
    else:
        with pytest.raises(IllegalMoveError):
            moved(order, name)

    assert breaches() == []


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("before", AT_COUNTER, ids=" ".join)
def test_a_pick_up_moves_only_as_its_table_says(
    app: Flask, before: tuple[str, ...], name: str
) -> None:
    variant_id = on_sale()
    consigned(variant_id, 2)
    order = moved(placed({variant_id: 2}, showroom=1), *before)

    if name in AT_COUNTER[before]:
        moved(order, name)
    else:
        with pytest.raises(IllegalMoveError):
            moved(order, name)

    assert breaches() == []


def test_a_delivered_order_is_paid_and_its_goods_are_gone(app: Flask) -> None:
    variant_id = on_sale(stock=10)

    order = moved(placed({variant_id: 3}), "confirm", "pack", "ship", "deliver")

    assert (order.state, order.payment_state, order.delivery_state) == (
        OrderState.COMPLETED,
        PaymentState.PAID,
        DeliveryState.DELIVERED,
    )
    assert (order.carrier, order.tracking_code) == ("VNPost", "EX1")
    assert [(row.on_hand, row.reserved) for row in shelves.shelf(order.place_id)] == [(7, 0)]


def test_a_cancelled_order_frees_its_goods(app: Flask) -> None:
    variant_id = on_sale(stock=10)

    order = moved(placed({variant_id: 3}), "confirm", "buyer cancels")

    assert order.payment_state is PaymentState.CANCELLED
    assert [(row.on_hand, row.reserved) for row in shelves.shelf(order.place_id)] == [(10, 0)]


@pytest.mark.parametrize("name", ["confirm", "pack", "ship", "deliver", "cancel"])
def test_only_its_producer_serves_a_delivery(app: Flask, name: str) -> None:
    order = placed()
    others = [
        NOBODY,
        make.actor(Role.PRODUCER_OWNER, Scope.producer(order.producer_id + 1)),
        make.actor(Role.SHOWROOM_STAFF, Scope.showroom(1)),
        make.actor(Role.OFFICER),
    ]
    calls: dict[str, Callable[..., None]] = {
        "confirm": services.confirm_order,
        "pack": services.pack_order,
        "ship": services.ship_order,
        "deliver": services.deliver_order,
        "cancel": services.cancel_order,
    }
    more: dict[str, Any] = {"reason": "x"} if name == "cancel" else {}

    for other in others:
        with pytest.raises(NotPermittedError):
            calls[name](order, actor=other, now=NOW, **more)


def test_only_its_showroom_hands_an_order_over(app: Flask) -> None:
    variant_id = on_sale()
    consigned(variant_id, 2)
    order = moved(placed({variant_id: 2}, showroom=1), "ready")

    for other in (
        make.actor(Role.SHOWROOM_STAFF, Scope.showroom(2)),
        make.actor(Role.PRODUCER_OWNER, Scope.producer(order.producer_id)),
    ):
        with pytest.raises(NotPermittedError):
            services.hand_over(order, code=order.pick_up_code or "", actor=other, now=NOW)

    clerk = make.actor(Role.SHOWROOM_STAFF, Scope.showroom(1))
    with unit_of_work():
        found = queries.showroom_order(clerk, order.number)
        assert found is not None
        services.hand_over(
            found, code=f" {(found.pick_up_code or '').lower()} ", actor=clerk, now=NOW
        )


def test_after_five_wrong_codes_nobody_tries_for_a_quarter_of_an_hour(app: Flask) -> None:
    variant_id = on_sale()
    consigned(variant_id, 2)
    order = moved(placed({variant_id: 2}, showroom=1), "ready")
    code = order.pick_up_code or ""

    for wrong in ("", "000000", "ｗｒｏｎｇ", code[:-1], "x" * 1_000):
        with pytest.raises(services.WrongCodeError):
            services.hand_over(order, code=wrong, actor=SYSTEM, now=NOW)
        with unit_of_work():
            found = queries.order_by_number(order.number)
            assert found is not None
            services.count_wrong_code(found, actor=SYSTEM, now=NOW)

    order = queries.order_by_number(order.number) or order
    with pytest.raises(services.PickUpPausedError):
        services.hand_over(order, code=code, actor=SYSTEM, now=NOW + timedelta(minutes=14))
    db.session.rollback()
    with unit_of_work():
        found = queries.order_by_number(order.number)
        assert found is not None
        services.hand_over(found, code=code, actor=SYSTEM, now=NOW + timedelta(minutes=15))


def test_a_desk_finds_its_own_orders_only(app: Flask) -> None:
    order = placed()
    owner = make.actor(Role.PRODUCER_STAFF, Scope.producer(order.producer_id))
    stranger = make.actor(Role.PRODUCER_STAFF, Scope.producer(order.producer_id + 1))

    assert queries.producer_order(owner, order.number) is not None
    assert queries.producer_order(stranger, order.number) is None
    assert queries.showroom_order(SYSTEM, order.number) is None


@pytest.mark.parametrize("lines", [1, 3])
def test_placing_takes_eight_statements_and_two_a_line_at_most(app: Flask, lines: int) -> None:
    cart = cart_of({on_sale(f"Chè {number}"): 1 for number in range(lines)})
    said = command(checkout_of(cart), cart, total=lines * 155_000)

    with counted_statements() as statements:
        place(said)

    assert len(statements) <= 8 + 2 * lines, "\n".join(statements)
