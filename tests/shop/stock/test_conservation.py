"""Whatever happens in whatever order, the shelf, its holds and its movements agree (I01, I02)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.foundation.actors import SYSTEM
from app.foundation.database import db
from app.foundation.errors import ConflictError
from app.foundation.work import unit_of_work
from app.shop.stock import queries, services
from app.shop.stock.models import StockHold, StockLevel, StockMovement, StockPlace
from tests.support import make
from tests.support.make import NOW

if TYPE_CHECKING:
    from flask import Flask

OWNERS = ("cart:1", "cart:2", "order:A")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("reserve"), st.sampled_from(OWNERS), st.integers(1, 4)),
        st.tuples(st.just("release"), st.sampled_from(OWNERS), st.just(0)),
        st.tuples(st.just("commit"), st.sampled_from(OWNERS[:2]), st.just(0)),
        st.tuples(st.just("take"), st.sampled_from(OWNERS), st.just(0)),
        st.tuples(st.just("receive"), st.just(""), st.integers(1, 3)),
        st.tuples(st.just("count"), st.just(""), st.integers(0, 8)),
        st.tuples(st.just("wait"), st.just(""), st.integers(1, 20)),
    ),
    max_size=14,
)


class Model:
    """What a bookkeeper with a pencil would write: on hand, live holds with an end, and promises."""

    def __init__(self, on_hand: int) -> None:
        """Begin with so many."""
        self.on_hand = on_hand
        self.live: dict[str, tuple[int, datetime]] = {}
        self.promised: dict[str, int] = {}

    @property
    def free(self) -> int:
        """How many may still be promised."""
        return self.on_hand - sum(n for n, _ in self.live.values()) - sum(self.promised.values())

    def expire(self, now: datetime) -> None:
        """Let holds whose time is up go."""
        self.live = {owner: held for owner, held in self.live.items() if held[1] > now}


@pytest.mark.parametrize("start", [0, 5])
def test_the_books_agree_whatever_happens(app: Flask, start: int) -> None:
    listing = make.listing(make.registered(by=make.producer()), stock=1)
    key = (listing.variants[0].id, db.session.scalars(select(StockPlace.id)).one())
    db.session.commit()

    @settings(
        max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(STEPS)
    def run(steps: list[tuple[str, str, int]]) -> None:
        with unit_of_work():
            for table in (StockHold, StockMovement):
                db.session.execute(delete(table))
            db.session.execute(delete(StockLevel))
            if start:
                services.receive(*key, start, cause="start", actor=SYSTEM, now=NOW)
        play(steps, key, Model(start))

    run()


def play(steps: list[tuple[str, str, int]], key: tuple[int, int], model: Model) -> None:
    """Do the steps to the database and to the model, and compare after each."""
    now = NOW
    for number, (step, owner, amount) in enumerate(steps):
        try:
            with unit_of_work():
                if step == "reserve":
                    until = now + timedelta(minutes=15) if owner.startswith("cart") else None
                    services.reserve({key: amount}, owner=owner, expires_at=until, now=now)
                elif step == "release":
                    services.release(owner, now)
                elif step == "commit":
                    held = queries.live_holds(owner)
                    services.assign_holds(owner, {one.id: f"order:{number}" for one in held})
                elif step == "take":
                    services.take(owner, cause=f"sale {number}", actor=SYSTEM, now=now)
                elif step == "receive":
                    services.receive(*key, amount, cause=f"note {number}", actor=SYSTEM, now=now)
                elif step == "count":
                    services.adjust(*key, on_hand=amount, actor=SYSTEM, now=now)
                else:
                    now += timedelta(minutes=amount)
                    services.expire_holds(now)
        except (services.SoldOutError, services.StockPromisedError, ConflictError):
            refused = True
        else:
            refused = False
        assert refused == follow(model, step, owner, amount, number, now), (step, owner, amount)
        figures = {row.variant_id: row for row in queries.shelf(key[1])}.get(key[0])
        assert (figures.on_hand if figures else 0) == model.on_hand
        assert (figures.available if figures else 0) == model.free
        assert queries.breaches() == []
        db.session.rollback()


def follow(model: Model, step: str, owner: str, amount: int, number: int, now: datetime) -> bool:
    """Do a step to the model; tell whether it had to be refused."""
    if step == "reserve":
        if model.free < amount:
            return True
        if owner.startswith("cart"):
            held = model.live.get(owner, (0, now))[0]
            model.live[owner] = (held + amount, now + timedelta(minutes=15))
        else:
            model.promised[owner] = model.promised.get(owner, 0) + amount
    elif step == "release":
        model.live.pop(owner, None)
        model.promised.pop(owner, None)
    elif step == "commit" and owner in model.live:
        model.promised[f"order:{number}"] = model.live.pop(owner)[0]
    elif step == "take":
        if owner not in model.promised:
            return True
        model.on_hand -= model.promised.pop(owner)
    elif step == "receive":
        model.on_hand += amount
    elif step == "count":
        if model.on_hand - model.free > amount:
            return True
        model.on_hand = amount
    elif step == "wait":
        model.expire(now)
    return False
