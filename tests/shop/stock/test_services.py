from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import ColumnElement, select, true, update

from app.foundation import slots
from app.foundation.actors import SYSTEM, Role, Scope
from app.foundation.database import db
from app.foundation.errors import ConflictError, DomainError, InvalidInputError, NotPermittedError
from app.foundation.events import subscribe
from app.foundation.work import in_unit_of_work, unit_of_work
from app.shop.catalogue.supply import Supply
from app.shop.stock import queries, services
from app.shop.stock.events import AvailabilityChanged
from app.shop.stock.models import (
    HoldState,
    PlaceKind,
    StockHold,
    StockLevel,
    StockMovement,
    StockPlace,
)
from tests.support import make
from tests.support.make import NOW

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

LATER = NOW + timedelta(minutes=15)


def shelved(stock: int = 10) -> tuple[int, int]:
    """A variant and its producer's shelf, committed."""
    listing = make.listing(make.registered(by=make.producer()), stock=stock)
    place_id = db.session.scalars(select(StockPlace.id).order_by(StockPlace.id.desc())).first()
    variant_id = listing.variants[0].id
    db.session.commit()
    assert place_id is not None
    return variant_id, place_id


def figures(key: tuple[int, int]) -> tuple[int, int]:
    """On hand and reserved of a shelf."""
    db.session.rollback()
    on_hand, reserved = db.session.execute(
        select(StockLevel.on_hand, StockLevel.reserved).filter_by(
            variant_id=key[0], place_id=key[1]
        )
    ).one()
    return on_hand, reserved


def reserve(
    key: tuple[int, int],
    quantity: int,
    owner: str = "checkout:1",
    *,
    expires_at: datetime | None = LATER,
    now: datetime = NOW,
) -> None:
    """Hold a quantity, in a unit of its own."""
    with unit_of_work():
        services.reserve({key: quantity}, owner=owner, expires_at=expires_at, now=now)


def test_what_is_held_is_no_longer_available(app: Flask) -> None:
    key = shelved(10)

    reserve(key, 4)

    assert queries.available([key[0]]) == {key: 6}
    assert queries.breaches() == []


def test_more_than_is_free_is_refused_and_names_the_variant(app: Flask) -> None:
    key = shelved(3)
    reserve(key, 2)

    with pytest.raises(services.SoldOutError) as refused:
        reserve(key, 2, "checkout:2")

    assert refused.value.values["variant_ids"] == [key[0]]
    assert figures(key) == (3, 2)


def test_one_short_line_leaves_nothing_held(app: Flask) -> None:
    plenty, few = shelved(10), shelved(1)

    with pytest.raises(services.SoldOutError) as refused, unit_of_work():
        services.reserve({plenty: 5, few: 2}, owner="checkout:1", expires_at=LATER, now=NOW)

    assert refused.value.values["variant_ids"] == [few[0]]
    assert figures(plenty) == (10, 0)


def test_a_variant_that_stands_nowhere_is_sold_out(app: Flask) -> None:
    key = shelved(0)

    with pytest.raises(services.SoldOutError):
        reserve(key, 1)


def test_a_hold_whose_time_is_up_makes_room_for_the_next_shopper(app: Flask) -> None:
    key = shelved(1)
    reserve(key, 1, "checkout:1")

    reserve(key, 1, "checkout:2", now=LATER, expires_at=LATER + timedelta(minutes=15))

    rows = db.session.execute(select(StockHold.owner, StockHold.state))
    holds = {row.owner: row.state for row in rows}
    assert holds == {"checkout:1": HoldState.EXPIRED, "checkout:2": HoldState.LIVE}
    assert queries.breaches() == []


def test_an_expired_hold_of_the_same_owner_lives_again(app: Flask) -> None:
    key = shelved(2)
    reserve(key, 2)
    with unit_of_work():
        assert services.expire_holds(LATER) == 1

    reserve(key, 1, now=LATER, expires_at=None)

    assert figures(key) == (2, 1)
    assert queries.breaches() == []


def test_holds_expire_once_and_only_after_their_time(app: Flask) -> None:
    key = shelved(2)
    reserve(key, 2)

    with unit_of_work():
        early = services.expire_holds(LATER - timedelta(seconds=1))
    with unit_of_work():
        due = services.expire_holds(LATER)
    with unit_of_work():
        again = services.expire_holds(LATER)

    assert (early, due, again) == (0, 1, 0)
    assert figures(key) == (2, 0)


def test_a_committed_hold_never_expires(app: Flask) -> None:
    key = shelved(2)
    reserve(key, 2)

    with unit_of_work():
        (held,) = queries.live_holds("checkout:1")
        services.assign_holds("checkout:1", {held.id: "order:1"})
    with unit_of_work():
        assert services.expire_holds(LATER + timedelta(days=9)) == 0

    assert figures(key) == (2, 2)


def test_released_goods_are_free_again_and_a_second_release_changes_nothing(app: Flask) -> None:
    key = shelved(2)
    reserve(key, 2)

    for _ in range(2):
        with unit_of_work():
            services.release("checkout:1", NOW)

    assert figures(key) == (2, 0)


def test_taken_goods_leave_the_shelf_once(app: Flask) -> None:
    key = shelved(5)
    reserve(key, 2, "order:1", expires_at=None)

    for _ in range(2):
        with unit_of_work():
            services.take("order:1", cause="order:1", actor=SYSTEM, now=NOW)

    assert figures(key) == (3, 0)
    assert queries.breaches() == []


def test_nothing_promised_means_nothing_to_take(app: Flask) -> None:
    shelved(5)

    with pytest.raises(ConflictError), unit_of_work():
        services.take("order:1", cause="order:1", actor=SYSTEM, now=NOW)


def test_a_receipt_counts_once(app: Flask) -> None:
    key = shelved(0)

    for _ in range(2):
        with unit_of_work():
            services.receive(*key, 7, cause="delivery note 1", actor=SYSTEM, now=NOW)

    assert figures(key) == (7, 0)
    assert queries.breaches() == []


def test_a_receipt_of_nothing_is_no_receipt(app: Flask) -> None:
    key = shelved(0)

    with pytest.raises(InvalidInputError), unit_of_work():
        services.receive(*key, 0, cause="x", actor=SYSTEM, now=NOW)


def test_a_count_corrects_the_shelf_but_not_below_what_is_promised(app: Flask) -> None:
    key = shelved(5)
    reserve(key, 3)

    with unit_of_work():
        services.adjust(*key, on_hand=4, actor=SYSTEM, now=NOW)
    with pytest.raises(services.StockPromisedError), unit_of_work():
        services.adjust(*key, on_hand=2, actor=SYSTEM, now=NOW)

    assert figures(key) == (4, 3)
    assert queries.breaches() == []


def test_only_the_owner_of_a_shelf_counts_it(app: Flask) -> None:
    key = shelved(5)
    place = db.session.get(StockPlace, key[1])
    assert place is not None
    owner = make.actor(Role.PRODUCER_OWNER, Scope.producer(place.owner_id))
    stranger = make.actor(Role.PRODUCER_OWNER, Scope.producer(place.owner_id + 1))
    clerk = make.actor(Role.SHOWROOM_STAFF, Scope.showroom(place.owner_id))

    with unit_of_work():
        services.adjust(*key, on_hand=6, actor=owner, now=NOW)
    for other in (stranger, clerk):
        with pytest.raises(NotPermittedError), unit_of_work():
            services.adjust(*key, on_hand=7, actor=other, now=NOW)

    assert figures(key) == (6, 0)


def test_a_listing_is_announced_when_its_last_unit_goes_and_when_one_is_back(app: Flask) -> None:
    key = shelved(2)
    heard: list[bool] = []
    subscribe(AvailabilityChanged, lambda event: heard.append(event.is_in_stock))

    reserve(key, 1, "checkout:1")
    reserve(key, 1, "checkout:2")
    with unit_of_work():
        services.release("checkout:1", NOW)
    with unit_of_work():
        services.release("checkout:2", NOW)

    assert heard == [False, True]


def test_goods_that_a_showroom_hands_over_keep_a_listing_in_stock(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(slots._filled, "stock.pick_up_places")
    key = shelved(1)
    with unit_of_work():
        showroom = services.open_place(PlaceKind.SHOWROOM, 1).id
        services.receive(key[0], showroom, 3, cause="note", actor=SYSTEM, now=NOW)
    heard: list[bool] = []
    subscribe(AvailabilityChanged, lambda event: heard.append(event.is_in_stock))

    reserve(key, 1)
    reserve((key[0], showroom), 3, "checkout:2")

    assert heard == [False]


def test_goods_in_a_showroom_that_hands_nothing_over_do_not_count(app: Flask) -> None:
    key = shelved(1)
    with unit_of_work():
        showroom = services.open_place(PlaceKind.SHOWROOM, 1).id
        services.receive(key[0], showroom, 3, cause="note", actor=SYSTEM, now=NOW)
    heard: list[bool] = []
    subscribe(AvailabilityChanged, lambda event: heard.append(event.is_in_stock))

    reserve(key, 1)

    assert heard == [False]
    assert queries.supply_of([key[0]]) == {key[0]: Supply(sent=0, collected=0)}


def test_what_can_be_had_is_what_one_shelf_has(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(slots._filled, "stock.pick_up_places")
    key = shelved(2)
    with unit_of_work():
        first, second = (services.open_place(PlaceKind.SHOWROOM, one).id for one in (1, 2))
        for place, quantity in ((first, 3), (second, 4)):
            services.receive(key[0], place, quantity, cause="note", actor=SYSTEM, now=NOW)

    found = queries.supplies([key[0]])

    assert found.of(key[0]) == Supply(sent=2, collected=4)
    assert (found.can_send({key[0]: 2}), found.can_send({key[0]: 3})) == (True, False)
    assert found.showrooms_for({key[0]: 3}) == [first, second]
    assert found.showrooms_for({key[0]: 4}) == [second]
    assert found.showrooms_for({key[0]: 1, key[0] + 1: 1}) == []


def race(app: Flask, threads: int, work: Any) -> list[str]:
    """Run the same work in threads that start together; tell how each ended."""
    outcomes: list[str] = []
    start = threading.Barrier(threads)

    def run(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                in_unit_of_work(lambda: work(number))
                outcomes.append("done")
            except DomainError as error:
                outcomes.append(error.code)

    runners = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    return sorted(outcomes)


def test_of_eight_shoppers_one_gets_the_last_unit(app: Flask) -> None:
    key = shelved(1)
    db.session.remove()

    outcomes = race(
        app,
        8,
        lambda number: services.reserve(
            {key: 1}, owner=f"checkout:{number}", expires_at=LATER, now=NOW
        ),
    )

    assert outcomes == ["done"] + ["sold_out"] * 7
    assert figures(key) == (1, 1)
    assert queries.breaches() == []


def test_without_the_guard_the_database_still_refuses_to_oversell(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unguarded(level: type[StockLevel], quantity: int) -> ColumnElement[bool]:
        return true()

    key = shelved(1)
    monkeypatch.setattr(services, "guarded", unguarded)
    db.session.remove()

    outcomes = race(
        app,
        4,
        lambda number: services.reserve(
            {key: 1}, owner=f"checkout:{number}", expires_at=LATER, now=NOW
        ),
    )

    assert outcomes == ["conflict"] * 3 + ["done"]
    assert figures(key) == (1, 1)


def test_crossing_carts_all_find_an_answer(app: Flask) -> None:
    one, two = shelved(3), shelved(3)
    db.session.remove()

    outcomes = race(
        app,
        6,
        lambda number: services.reserve(
            {one: 1, two: 1} if number % 2 else {two: 1, one: 1},
            owner=f"checkout:{number}",
            expires_at=LATER,
            now=NOW,
        ),
    )

    assert outcomes == ["done"] * 3 + ["sold_out"] * 3
    assert figures(one) == figures(two) == (3, 3)


def test_a_figure_that_contradicts_its_holds_or_movements_is_a_breach(app: Flask) -> None:
    key = shelved(5)
    reserve(key, 1)
    with unit_of_work():
        db.session.execute(update(StockLevel).values(on_hand=6, reserved=2))

    found = queries.breaches()

    assert len(found) == 2
    assert db.session.query(StockMovement).count() == 1
