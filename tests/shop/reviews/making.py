"""Goods that a buyer has received, reviews of them and questions about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.foundation.actors import NOBODY, SYSTEM, Actor
from app.foundation.database import db
from app.foundation.work import unit_of_work
from app.shop.catalogue.models import Listing, ProductCard, Variant
from app.shop.orders import queries as orders
from app.shop.orders import services as moves
from app.shop.orders.models import OrderGroup
from app.shop.reviews.queries import public as queries
from app.shop.reviews.services.questions import QuestionCommand, ask_question, confirm_question
from app.shop.reviews.services.reviews import ReviewCommand, write_review
from tests.support import make
from tests.support.buying import on_sale, placed
from tests.support.make import NOW

if TYPE_CHECKING:
    from datetime import datetime

    from app.programme.models import RegisteredProduct
    from app.shop.reviews.models import Question, Review
    from app.shop.reviews.queries.public import Purchase

GOOD = "Chè thơm, nước xanh, uống xong còn ngọt mãi."


def deliver(number: str) -> None:
    """Bring an order to its buyer."""
    with unit_of_work():
        order = orders.order_by_number(number)
        assert order is not None
        moves.confirm_order(order, actor=SYSTEM, now=NOW)
        moves.pack_order(order, actor=SYSTEM, now=NOW)
        moves.ship_order(order, actor=SYSTEM, now=NOW)
        moves.deliver_order(order, actor=SYSTEM, now=NOW)


def received(
    variant_id: int | None = None, *, email: str = "lan@example.test", user_id: int | None = None
) -> Purchase:
    """Something delivered to a guest, or to somebody who had signed in."""
    variant_id = variant_id or on_sale(stock=100)
    order = placed({variant_id: 1}, email=email)
    number, group_id = order.number, order.group_id
    deliver(number)
    if user_id is not None:
        with unit_of_work():
            db.session.get_one(OrderGroup, group_id).user_id = user_id
    return bought(number)


def bought(order_number: str) -> Purchase:
    """What an order holds, as its buyer's link finds it."""
    order = orders.order_by_number(order_number)
    assert order is not None
    found = queries.purchase(
        order.group.number,
        order.lines[0].product_public_id,
        token=order.group.access_token,
        user_id=None,
    )
    assert found is not None
    return found


def said(rating: int = 5, text: str = GOOD, **values: Any) -> ReviewCommand:
    """A review as a buyer writes it."""
    return ReviewCommand(rating=rating, text=text, language="vi", **values)


def write(
    one: Purchase,
    command: ReviewCommand | None = None,
    *,
    actor: Actor = NOBODY,
    now: datetime = NOW,
) -> Review:
    """Write a review in a unit of its own."""
    with unit_of_work():
        return write_review(one, command or said(), actor=actor, now=now)


def reviewed(rating: int = 5, text: str = GOOD, **values: Any) -> Review:
    """A review of something new."""
    return write(received(), said(rating, text, **values))


def card_of(product_id: int) -> tuple[int, int]:
    """What the card says of the rating: how many, and their sum."""
    row = db.session.execute(
        select(ProductCard.rating_count, ProductCard.rating_total).where(
            ProductCard.product_id == product_id
        )
    ).one()
    return row[0], row[1]


def product_of(variant_id: int) -> RegisteredProduct:
    """The product of which a variant is sold."""
    return (
        db.session.scalars(
            select(Listing)
            .join(Variant, Variant.listing_id == Listing.id)
            .where(Variant.id == variant_id)
        )
        .one()
        .product
    )


def path_of(product: RegisteredProduct) -> str:
    """The part of an address that names a product."""
    return f"{product.slug}-{product.public_id}"


def asked(
    text: str = "Chè này pha mấy độ thì ngon?",
    *,
    actor: Actor = NOBODY,
    is_confirmed: bool = True,
    now: datetime = NOW,
    product: RegisteredProduct | None = None,
) -> Question:
    """A question about a product on sale."""
    about = product or product_of(on_sale())
    assert about.producer_id is not None
    command = QuestionCommand(
        product_id=about.id,
        producer_id=about.producer_id,
        text=text,
        language="vi",
        email="hoa@example.test",
        letter_language="en",
    )
    with unit_of_work():
        question = ask_question(command, actor=actor, now=now)
        if is_confirmed and not actor.is_signed_in:
            confirm_question(question, now=now)
    return question


def person(role: Any = None, scope: Any = None, **values: Any) -> Actor:
    """Somebody who has an account, as services meet them."""
    user = make.user(role, scope, **values)
    db.session.commit()
    grants = make.actor(role, scope).grants if role else ()
    return Actor(user_id=user.id, name=user.name, email=user.email, grants=grants)
