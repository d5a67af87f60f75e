"""Who may review what, what becomes of it, and what the card then says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Membership
from app.foundation.actors import NOBODY, SYSTEM, Role, Scope, ScopeKind
from app.foundation.audit import AuditEntry
from app.foundation.database import db
from app.foundation.errors import IllegalMoveError, InvalidInputError, NotPermittedError
from app.foundation.outbox import OutboxMessage
from app.foundation.work import unit_of_work
from app.shop.reviews.models import Review, VoiceMark
from app.shop.reviews.queries import desk
from app.shop.reviews.queries import public as queries
from app.shop.reviews.screening import Fault
from app.shop.reviews.services.marks import mark_helpful, report_review
from app.shop.reviews.services.reviews import (
    OwnGoodsError,
    ReviewClosedError,
    publish_review,
    refuse_review,
    reply_to_review,
    withdraw_review,
)
from app.shop.reviews.states import ReviewState, ShownAs
from app.vendors.models import Producer
from tests.shop.reviews.making import (
    bought,
    card_of,
    person,
    received,
    reviewed,
    said,
    write,
)
from tests.support import make
from tests.support.buying import on_sale, placed
from tests.support.make import NOW

if TYPE_CHECKING:
    from flask import Flask

pytestmark = pytest.mark.usefixtures("app")


def test_a_buyer_who_has_the_goods_is_published_at_once() -> None:
    one = received()

    review = write(one, said(4, title="Ngon"))

    assert review.state is ReviewState.PUBLISHED
    assert card_of(one.product_id) == (1, 4)
    assert review.order_line_id == one.line.id
    assert desk.breaches() == []


def test_nobody_reviews_what_has_not_arrived() -> None:
    order = placed({on_sale(): 1})

    found = queries.purchase(
        order.group.number,
        order.lines[0].product_public_id,
        token=order.group.access_token,
        user_id=None,
    )

    assert found is None


def test_only_the_link_or_the_buyer_opens_a_purchase() -> None:
    user, stranger = person(), person()
    one = received(user_id=user.user_id)
    number, public_id = one.group.number, one.line.product_public_id

    def opens(token: str = "", user_id: int | None = None) -> bool:
        return queries.purchase(number, public_id, token=token, user_id=user_id) is not None

    assert opens(one.group.access_token)
    assert opens(user_id=user.user_id)
    assert not opens()
    assert not opens("x" * 32)
    assert not opens(user_id=stranger.user_id)
    assert queries.purchase(number, "another", token=one.group.access_token, user_id=None) is None


def test_a_second_review_of_the_same_buyer_changes_the_first() -> None:
    variant_id = on_sale(stock=10)
    first = received(variant_id)
    write(first, said(5))
    again = received(variant_id, email="LAN@example.test")

    changed = write(again, said(3, text="Lần thứ hai không còn ngon như trước."), now=NOW)

    assert db.session.query(Review).count() == 1
    assert changed.rating == 3
    assert changed.order_line_id == again.line.id
    assert card_of(first.product_id) == (1, 3)


def test_a_review_is_closed_after_thirty_days() -> None:
    one = received()
    write(one)

    write(one, said(4), now=NOW + timedelta(days=29))
    with pytest.raises(ReviewClosedError):
        write(one, said(1), now=NOW + timedelta(days=30))

    assert card_of(one.product_id) == (1, 4)


def test_whoever_works_for_the_producer_does_not_review_its_goods() -> None:
    one = received()
    scope = Scope.producer(one.order.producer_id)
    staff = person(Role.PRODUCER_STAFF, scope)
    colleague = person(Role.PRODUCER_OWNER, scope, email="lan2@example.test")

    with pytest.raises(OwnGoodsError):
        write(one, actor=staff)
    with pytest.raises(OwnGoodsError):
        write(received(email=colleague.email.upper(), variant_id=one.line.variant_id))
    with pytest.raises(OwnGoodsError):
        write(received(user_id=colleague.user_id, variant_id=one.line.variant_id))

    assert db.session.query(Review).count() == 0


def test_the_address_of_the_producer_does_not_review_either() -> None:
    one = received(email="htx@example.test")
    with unit_of_work():
        db.session.get_one(Producer, one.order.producer_id).email = "HTX@example.test"

    with pytest.raises(OwnGoodsError):
        write(bought(one.order.number))


def test_a_role_elsewhere_is_no_hindrance() -> None:
    other = make.producer("HTX Khác")
    person_elsewhere = person(Role.PRODUCER_OWNER, Scope.producer(other.id))

    review = write(received(), actor=person_elsewhere)

    assert review.state is ReviewState.PUBLISHED


def test_a_link_waits_for_a_person_and_counts_for_nothing_meanwhile() -> None:
    one = received()

    review = write(one, said(5, text="Rẻ hơn ở www.vi-du.example nhé mọi người"))

    assert review.state is ReviewState.PENDING
    assert review.faults == [Fault.LINK]
    assert card_of(one.product_id) == (0, 0)


def test_the_fourth_review_within_an_hour_waits() -> None:
    states = [write(received()).state for _ in range(4)]

    assert states == [ReviewState.PUBLISHED] * 3 + [ReviewState.PENDING]


def test_a_review_that_waits_for_being_one_of_many_waits_on_when_it_is_changed() -> None:
    for _ in range(3):
        write(received())
    one = received()
    write(one)

    changed = write(one, said(4))

    assert changed.state is ReviewState.PENDING
    assert changed.faults == [Fault.FAST]


@pytest.mark.parametrize(
    ("rating", "text", "title", "field"),
    [
        (0, "x" * 20, "", "rating"),
        (6, "x" * 20, "", "rating"),
        (True, "x" * 20, "", "rating"),
        (5, "x" * 9, "", "text"),
        (5, "x" * 2_001, "", "text"),
        (5, " " * 20, "", "text"),
        (5, "a\x00" * 10, "", "text"),
        (5, "x" * 20, "x" * 121, "title"),
    ],
)
def test_what_is_no_review_is_refused(rating: int, text: str, title: str, field: str) -> None:
    one = received()

    with pytest.raises(InvalidInputError) as caught:
        write(one, said(rating, text, title=title))

    assert caught.value.field == field
    assert db.session.query(Review).count() == 0


def test_five_photos_are_too_many() -> None:
    with pytest.raises(InvalidInputError):
        write(received(), said(photo_keys=tuple("abcde")))


@pytest.mark.parametrize(
    ("shown_as", "author", "province"),
    [(ShownAs.NAME, "Lan", None), (ShownAs.INITIALS, "L.", None), (ShownAs.PROVINCE, "", "01")],
)
def test_only_what_the_buyer_lets_be_seen_is_kept(
    shown_as: ShownAs, author: str, province: str | None
) -> None:
    review = write(received(), said(shown_as=shown_as))

    assert (review.author, review.province_code) == (author, province)


def test_a_withdrawn_review_is_gone_and_may_be_written_again() -> None:
    one = received()
    review = write(one)

    with unit_of_work():
        withdraw_review(db.session.get_one(Review, review.id), now=NOW)
    gone = card_of(one.product_id)
    again = write(one, said(2))

    assert gone == (0, 0)
    assert again.state is ReviewState.PUBLISHED
    assert card_of(one.product_id) == (1, 2)


def test_an_operator_publishes_and_the_buyer_is_told() -> None:
    review = reviewed(text="Xem www.vi-du.example để biết thêm")

    with unit_of_work():
        publish_review(db.session.get_one(Review, review.id), actor=SYSTEM, now=NOW)

    assert card_of(review.product_id) == (1, 5)
    assert db.session.query(AuditEntry).filter_by(action="review.published").count() == 1
    assert db.session.query(OutboxMessage).filter_by(topic="reviews.judged_letter").count() == 1


def test_what_was_refused_is_never_published_by_itself_again() -> None:
    one = received()
    review = write(one)
    with unit_of_work():
        refuse_review(
            db.session.get_one(Review, review.id), reason="Không nói về hàng", actor=SYSTEM, now=NOW
        )
    refused = card_of(one.product_id)

    once = write(one, said(4)).state
    twice = write(one, said(4, text="Bây giờ tôi viết lịch sự hơn.")).state

    assert refused == (0, 0)
    assert (once, twice) == (ReviewState.PENDING, ReviewState.PENDING)


def test_withdrawing_what_was_refused_brings_it_past_nobody() -> None:
    one = received()
    review = write(one)
    with unit_of_work():
        refuse_review(
            db.session.get_one(Review, review.id), reason="Không nói về hàng", actor=SYSTEM, now=NOW
        )
    with unit_of_work():
        withdraw_review(db.session.get_one(Review, review.id), now=NOW)

    again = write(one)

    assert again.state is ReviewState.PENDING
    assert again.faults == [Fault.REFUSED_BEFORE]
    assert card_of(one.product_id) == (0, 0)


def test_only_operators_judge() -> None:
    review = reviewed(text="Xem www.vi-du.example để biết thêm")
    owner = person(Role.PRODUCER_OWNER, Scope.producer(review.producer_id))
    officer = person(Role.OFFICER, Scope.territory())

    for actor in (NOBODY, owner, officer):
        with pytest.raises(NotPermittedError), unit_of_work():
            publish_review(db.session.get_one(Review, review.id), actor=actor, now=NOW)
        with pytest.raises(NotPermittedError), unit_of_work():
            refuse_review(
                db.session.get_one(Review, review.id), reason="Không hợp", actor=actor, now=NOW
            )


def test_a_refusal_has_a_reason_and_happens_once() -> None:
    review = reviewed()

    with pytest.raises(InvalidInputError), unit_of_work():
        refuse_review(db.session.get_one(Review, review.id), reason=" ", actor=SYSTEM, now=NOW)
    with unit_of_work():
        refuse_review(db.session.get_one(Review, review.id), reason="Spam", actor=SYSTEM, now=NOW)
    with pytest.raises(IllegalMoveError), unit_of_work():
        refuse_review(db.session.get_one(Review, review.id), reason="Spam", actor=SYSTEM, now=NOW)


def test_a_producer_answers_its_own_reviews_only() -> None:
    review = reviewed()
    owner = person(Role.PRODUCER_OWNER, Scope.producer(review.producer_id))
    other = person(Role.PRODUCER_OWNER, Scope.producer(make.producer("HTX Khác").id))

    with unit_of_work():
        found = db.session.get_one(Review, review.id)
        reply_to_review(found, "Cảm ơn!", language="vi", actor=owner, now=NOW)
        reply_to_review(found, "Xin cảm ơn anh chị!", language="vi", actor=owner, now=NOW)
    with pytest.raises(NotPermittedError), unit_of_work():
        reply_to_review(
            db.session.get_one(Review, review.id), "Ha!", language="vi", actor=other, now=NOW
        )

    assert db.session.get_one(Review, review.id).reply == "Xin cảm ơn anh chị!"


def test_three_visitors_bring_a_review_back_to_the_desk() -> None:
    review = reviewed()
    states = []

    for visitor in ("net:1", "net:1", "net:2", "net:1", "net:3"):
        with unit_of_work():
            found = db.session.get_one(Review, review.id)
            report_review(found, visitor=visitor, now=NOW)
            states.append(found.state)

    assert states == [ReviewState.PUBLISHED] * 4 + [ReviewState.PENDING]
    assert card_of(review.product_id) == (0, 0)
    assert db.session.query(VoiceMark).count() == 3


def test_a_reported_review_that_was_published_again_needs_three_new_reports() -> None:
    review = reviewed()
    for visitor in ("net:1", "net:2", "net:3"):
        with unit_of_work():
            report_review(db.session.get_one(Review, review.id), visitor=visitor, now=NOW)
    with unit_of_work():
        publish_review(db.session.get_one(Review, review.id), actor=SYSTEM, now=NOW)

    with unit_of_work():
        report_review(db.session.get_one(Review, review.id), visitor="net:3", now=NOW)
        report_review(db.session.get_one(Review, review.id), visitor="net:4", now=NOW)

    assert db.session.get_one(Review, review.id).state is ReviewState.PUBLISHED


def test_a_reader_is_helped_once() -> None:
    review = reviewed()

    for visitor in ("net:1", "net:1", "user:2"):
        with unit_of_work():
            mark_helpful(db.session.get_one(Review, review.id), visitor=visitor, now=NOW)

    db.session.expire_all()
    assert db.session.get_one(Review, review.id).helpful == 2


def test_the_checker_finds_a_card_that_says_otherwise(app: Flask) -> None:
    review = reviewed()
    with unit_of_work():
        db.session.get_one(Review, review.id).rating = 1

    result = app.test_cli_runner().invoke(args=["check-invariants"])

    assert result.exit_code == 1
    assert "S44 card of product" in result.output


def test_a_role_given_to_a_buyer_later_keeps_what_was_said_before() -> None:
    user = person()
    one = received(user_id=user.user_id)
    review = write(one)

    with unit_of_work():
        db.session.add(
            Membership(
                user_id=user.user_id,
                role=Role.PRODUCER_STAFF,
                scope_kind=ScopeKind.PRODUCER,
                scope_key=str(one.order.producer_id),
            )
        )

    assert db.session.get_one(Review, review.id).state is ReviewState.PUBLISHED
    with pytest.raises(OwnGoodsError):
        write(bought(one.order.number))
