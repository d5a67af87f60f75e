"""Every letter is in the language that its reader chose, in both of its forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import template_rendered
from sqlalchemy import select

from app.accounts.models import User
from app.accounts.views import LETTERS
from app.foundation import outbox
from app.foundation.database import db
from app.shop.orders.models import Order, OrderGroup
from app.shop.orders.states import FulfilmentKind, OrderState
from app.shop.orders.views import AT_COUNTER
from app.shop.reviews.models import Question, Review
from app.shop.reviews.states import QuestionState, ReviewState
from app.vendors.models import Producer
from app.villages.models import Village
from app.villages.services import TELL_ANSWER, TELL_GUEST, TELL_HOST
from app.web import mail
from ops.pseudo import CODE
from tests.language.reading import untold, untold_text
from tests.support.browser import parse_fragment
from tests.villages import builders

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from flask import Flask

APP: Final = Path(__file__).resolve().parents[2] / "app"


def letter_templates() -> set[str]:
    """Find every letter of the application: pairs of templates in folders called mail."""
    return {
        path.relative_to(next(one for one in path.parents if one.name == "templates")).as_posix()
        for path in APP.rglob("templates/**/mail/*")
        if not path.name.startswith("_")
    }


def first(model: type[Any], *wanted: Any) -> Any:
    """Take something out of the demonstration."""
    found = db.session.scalars(select(model).where(*wanted).order_by(model.id)).first()
    assert found, model
    return found


def messages() -> Iterator[tuple[str, dict[str, Any]]]:
    """Let everything happen that somebody is written to about; all of them read the made-up language."""
    reader = first(User)
    for one in db.session.scalars(select(User)):
        one.language = CODE
    for group in db.session.scalars(select(OrderGroup)):
        group.language = CODE
    yield from _about_orders(reader.email)
    yield from _about_voices(reader.email)
    place = first(Village)
    place.host_email = reader.email
    visit = builders.visit(place, language=CODE, name="11", note="12")
    asked = {"request_id": visit.id}
    yield TELL_HOST, asked
    yield TELL_GUEST, asked
    for state in ("accepted", "declined"):
        yield TELL_ANSWER, asked | {"state": state, "reply": "34"}
    for letter in LETTERS:
        to = {"user_id": reader.id, "to": reader.email, "language": CODE}
        yield "accounts.letter", to | {"letter": letter}


def _about_orders(reader: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for fulfilment in FulfilmentKind:
        order = first(Order)
        order.fulfilment = fulfilment
        if fulfilment is FulfilmentKind.PICK_UP:
            order.delivery_state, order.state = AT_COUNTER[0], OrderState.CONFIRMED
            order.pick_up_code = "1234"
            order.destination = {"showroom": "1", "address": "2", "hours": "8–20"}
        first(Producer, Producer.id == order.producer_id).email = reader
        db.session.flush()
        for letter in ("placed", "link"):
            yield f"orders.{letter}_letter", {"number": order.group.number}
        for letter in ("new_order", "cancelled"):
            yield f"orders.{letter}_letter", {"number": order.number}
        is_parcel = fulfilment is FulfilmentKind.DELIVERY
        yield f"orders.{'shipped' if is_parcel else 'ready'}_letter", {"number": order.number}


def _about_voices(reader: str) -> Iterator[tuple[str, dict[str, Any]]]:
    review = first(Review)
    for verdict in (ReviewState.PUBLISHED, ReviewState.REFUSED):
        review.state, review.reason = verdict, "56"
        db.session.flush()
        yield "reviews.judged_letter", {"review_id": review.id}
    question = first(Question, Question.answer.is_not(None))
    question.letter_language, question.token, question.reason = CODE, "t" * 40, "78"
    question.text = question.answer = "90"  # a plain letter cannot mark a question's language
    question.producer.email = reader
    for letter, state in {
        "confirm": QuestionState.UNCONFIRMED,
        "question": QuestionState.OPEN,
        "answer": QuestionState.ANSWERED,
        "question_refused": QuestionState.REFUSED,
    }.items():
        question.state = state
        db.session.flush()
        yield f"reviews.{letter}_letter", {"question_id": question.id}


def test_every_letter_is_in_the_readers_language(
    shop: Flask, known: frozenset[str], content: frozenset[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[str, str, str]] = []
    rendered: set[str] = set()
    monkeypatch.setattr(
        mail, "send", lambda *, subject, text, html, **_to: written.append((subject, text, html))
    )

    def note(_app: Flask, template: Any, **_rest: Any) -> None:
        rendered.add(template.name)

    with template_rendered.connected_to(note, shop):
        for topic, payload in messages():
            outbox._handlers[topic](0, payload)
    db.session.rollback()

    assert letter_templates() - rendered == set()
    faults = []
    for subject, text, html in written:
        faults += [(subject, one) for one in untold_text(f"{subject}\n{text}", known | content)]
        faults += [(subject, one) for one in untold(parse_fragment(html), known | content)]
    assert faults == []
