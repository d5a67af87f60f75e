"""A few illustrative orders that arrived, and what their buyers say and ask; every one is marked so."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, update

from app.accounts.models import User
from app.demonstration.files import FOLDER, public_id
from app.demonstration.shelves import first_sku, variants_by_sku
from app.foundation.actors import NOBODY, SYSTEM, Actor
from app.foundation.clock import local_date
from app.foundation.database import db
from app.foundation.money import Money
from app.foundation.outbox import MessageState, OutboxMessage
from app.programme.models import RegisteredProduct
from app.shop.basket.services import add_line, cart_for
from app.shop.catalogue.queries import public_variants
from app.shop.orders import services as orders
from app.shop.orders.queries import group_by_number
from app.shop.orders.rates import parcels
from app.shop.orders.states import FulfilmentKind
from app.shop.reviews.models import Review
from app.shop.reviews.queries.public import purchase
from app.shop.reviews.services.questions import (
    QuestionCommand,
    answer_question,
    ask_question,
    confirm_question,
)
from app.shop.reviews.services.reviews import ReviewCommand, reply_to_review, write_review
from app.shop.reviews.states import ShownAs

if TYPE_CHECKING:
    from datetime import datetime

    from app.demonstration.files import Row
    from app.shop.orders.models import OrderGroup

SHOPPER: Final = "shopper@chophien.example"
BUYER: Final = "Người mua minh họa"
PHONE: Final = "+84900000001"
AFTER: Final = timedelta(days=5)


def load_voices(*, now: datetime) -> None:
    """Let illustrative buyers order, receive and speak, once; no letter leaves for any of it."""
    if db.session.scalar(select(func.count()).select_from(Review)):
        return
    said: dict[str, list[Row]] = json.loads((FOLDER / "voices.json").read_text("utf-8"))
    last = db.session.scalar(select(func.max(OutboxMessage.id))) or 0
    variants = variants_by_sku()
    for number, row in enumerate(said["reviews"], start=1):
        _review(row, f"buyer{number}@chophien.example", variants, now=now)
    for number, row in enumerate(said["questions"], start=1):
        _question(row, f"asker{number}@chophien.example", now=now)
    shopper = db.session.scalar(select(User).where(User.email == SHOPPER))
    if shopper is not None:
        actor = Actor(user_id=shopper.id, name=shopper.name, email=shopper.email)
        for row in said["purchases"]:
            _received(row, SHOPPER, variants, actor=actor, now=now)
    db.session.flush()
    letters = OutboxMessage.topic.like("orders.%") | OutboxMessage.topic.like("reviews.%")
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id > last, letters)
        .values(state=MessageState.DONE, done_at=now)
    )


def _review(row: Row, email: str, variants: dict[str, int], *, now: datetime) -> None:
    group = _received(row, email, variants, actor=NOBODY, now=now)
    at = group.placed_at + AFTER
    bought = purchase(
        group.number, public_id(row["product"]), token=group.access_token, user_id=None
    )
    assert bought is not None  # noqa: S101 - it has just arrived
    command = ReviewCommand(
        rating=row["rating"],
        title=row["title"],
        text=row["text"],
        language=row["language"],
        shown_as=ShownAs.PROVINCE,
    )
    review = write_review(bought, command, actor=NOBODY, now=at)
    review.is_illustrative = True
    if "reply" in row:
        reply_to_review(
            review, row["reply"], language="vi", actor=SYSTEM, now=at + timedelta(days=1)
        )
    db.session.flush()


def _question(row: Row, email: str, *, now: datetime) -> None:
    product = db.session.scalars(
        select(RegisteredProduct).where(RegisteredProduct.public_id == public_id(row["product"]))
    ).one()
    at = now - timedelta(days=row["days"])
    command = QuestionCommand(
        product_id=product.id,
        producer_id=product.producer_id or 0,
        text=row["text"],
        language=row["language"],
        email=email,
        letter_language=row["language"],
    )
    question = ask_question(command, actor=NOBODY, now=at)
    confirm_question(question, now=at)
    question.is_illustrative = True
    if "answer" in row:
        answer_question(
            question,
            row["answer"],
            language=row["answer_language"],
            actor=SYSTEM,
            now=at + timedelta(days=1),
        )
    db.session.flush()


def _received(
    row: Row, email: str, variants: dict[str, int], *, actor: Actor, now: datetime
) -> OrderGroup:
    """Order one piece, and have it delivered, by the services that real orders go through."""
    at = now - timedelta(days=row["days"])
    variant_id = variants[first_sku(row["product"])]
    cart = cart_for(None, at)
    add_line(cart, variant_id, 1, at)
    checkout = orders.start_checkout(cart, now=at)
    goods = [(public_variants([variant_id], on=local_date(at))[variant_id], 1)]
    command = orders.PlaceOrder(
        checkout_token=checkout.token,
        cart_token=cart.token,
        language="vi",
        name=BUYER,
        phone=PHONE,
        email=email,
        fulfilment=FulfilmentKind.DELIVERY,
        destination=_address(row["province"]),
        expected_total=Money.total(one.total for one in parcels(goods, row["province"])),
    )
    group = orders.place_order(command, actor=actor, now=at)
    placed = group_by_number(group.number)
    assert placed is not None  # noqa: S101 - it has just been placed
    for order in placed.orders:
        orders.confirm_order(order, actor=SYSTEM, now=at)
        orders.pack_order(order, actor=SYSTEM, now=at)
        orders.ship_order(order, actor=SYSTEM, now=at + timedelta(days=1))
        orders.deliver_order(order, actor=SYSTEM, now=at + timedelta(days=4))
    return placed


def _address(province: str) -> dict[str, Any]:
    return {
        "recipient": BUYER,
        "phone": PHONE,
        "street": "Địa chỉ minh họa",
        "commune_code": "",
        "commune": "",
        "province_code": province,
        "province": "",
        "note": "",
    }
