from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.foundation.actors import Role, Scope
from app.foundation.audit import AuditEntry
from app.foundation.database import db
from app.foundation.errors import ConflictError, IllegalMoveError, NotPermittedError
from app.foundation.outbox import OutboxMessage
from app.villages.models import VisitRequest, VisitState
from app.villages.services import (
    AskVisit,
    ReplyMissingError,
    TooManyGuestsError,
    VisitDayError,
    answer_visit,
    ask_visit,
)
from tests.support import make
from tests.villages import builders

pytestmark = pytest.mark.usefixtures("app")


def wish(**values: Any) -> AskVisit:
    usual: dict[str, Any] = {
        "on_date": builders.DAY,
        "people": 4,
        "name": "Ann Guest",
        "phone": "+84912345678",
        "email": "ann@example.com",
        "note": None,
        "language": "en",
    }
    return AskVisit(**(usual | values))


def topics() -> list[str]:
    return list(db.session.scalars(select(OutboxMessage.topic).order_by(OutboxMessage.id)))


def test_a_request_reaches_the_host_and_is_confirmed_to_the_guest() -> None:
    village = builders.village()

    request = ask_visit(village, wish(), now=make.NOW)

    assert request.state is VisitState.ASKED
    assert topics() == ["villages.tell_host", "villages.tell_guest"]


def test_a_village_without_an_address_is_told_at_its_desk_only() -> None:
    village = builders.village(host_email=None)

    ask_visit(village, wish(), now=make.NOW)

    assert topics() == ["villages.tell_guest"]


@pytest.mark.parametrize("day", [make.TODAY, make.TODAY + timedelta(days=365)])
def test_a_visit_may_be_today_or_a_year_from_now(day: date) -> None:
    village = builders.village()

    request = ask_visit(village, wish(on_date=day), now=make.NOW)

    assert request.on_date == day


@pytest.mark.parametrize(
    "day", [make.TODAY - timedelta(days=1), make.TODAY + timedelta(days=366), date(9999, 1, 1)]
)
def test_a_visit_is_neither_in_the_past_nor_further_than_a_year(day: date) -> None:
    village = builders.village()

    with pytest.raises(VisitDayError):
        ask_visit(village, wish(on_date=day), now=make.NOW)


@pytest.mark.parametrize("people", [0, -1, 13, 201])
def test_no_more_people_come_than_the_village_takes(people: int) -> None:
    village = builders.village(visit_people=12)

    with pytest.raises(TooManyGuestsError):
        ask_visit(village, wish(people=people), now=make.NOW)


def test_a_form_sent_twice_is_one_request() -> None:
    village = builders.village()

    first = ask_visit(village, wish(), now=make.NOW)
    second = ask_visit(village, wish(), now=make.NOW + timedelta(seconds=2))

    assert second.id == first.id
    assert len(topics()) == 2


def test_a_request_of_another_hour_is_another_request() -> None:
    village = builders.village()

    first = ask_visit(village, wish(), now=make.NOW)
    second = ask_visit(village, wish(), now=make.NOW + timedelta(hours=1))

    assert second.id != first.id


def test_an_answer_is_written_to_the_guest_and_to_the_audit_trail() -> None:
    village = builders.village()
    request = builders.visit(village)
    host = make.actor(Role.VILLAGE_HOST, Scope.village(village.id))

    answer_visit(
        request, wanted=VisitState.ACCEPTED, reply="Welcome", version=1, actor=host, now=make.NOW
    )

    assert request.state is VisitState.ACCEPTED
    assert topics() == ["villages.tell_answer"]
    assert db.session.scalars(select(AuditEntry.action)).all() == ["visit.accepted"]


def test_another_villages_host_may_not_answer() -> None:
    request = builders.visit(builders.village())
    stranger = make.actor(Role.VILLAGE_HOST, Scope.village(99_999))

    with pytest.raises(NotPermittedError):
        answer_visit(
            request, wanted=VisitState.ACCEPTED, reply="", version=1, actor=stranger, now=make.NOW
        )


def test_a_guest_is_not_declined_without_a_word() -> None:
    village = builders.village()
    request = builders.visit(village)
    host = make.actor(Role.VILLAGE_HOST, Scope.village(village.id))

    with pytest.raises(ReplyMissingError):
        answer_visit(
            request, wanted=VisitState.DECLINED, reply="", version=1, actor=host, now=make.NOW
        )


def test_an_answer_to_a_page_that_is_out_of_date_is_refused() -> None:
    village = builders.village()
    request = builders.visit(village)
    host = make.actor(Role.VILLAGE_HOST, Scope.village(village.id))
    answer_visit(request, wanted=VisitState.ACCEPTED, reply="", version=1, actor=host, now=make.NOW)

    with pytest.raises(ConflictError):
        answer_visit(
            request, wanted=VisitState.DECLINED, reply="No", version=1, actor=host, now=make.NOW
        )


def test_a_declined_visit_stays_declined() -> None:
    village = builders.village()
    request = builders.visit(village, state=VisitState.DECLINED)
    host = make.actor(Role.VILLAGE_HOST, Scope.village(village.id))

    with pytest.raises(IllegalMoveError):
        answer_visit(
            request, wanted=VisitState.ACCEPTED, reply="", version=1, actor=host, now=make.NOW
        )


def test_an_accepted_visit_can_be_called_off() -> None:
    village = builders.village()
    request = builders.visit(village, state=VisitState.ACCEPTED)
    host = make.actor(Role.VILLAGE_HOST, Scope.village(village.id))

    answer_visit(
        request, wanted=VisitState.DECLINED, reply="Storm", version=1, actor=host, now=make.NOW
    )

    assert db.session.scalars(select(VisitRequest.state)).all() == [VisitState.DECLINED]


def test_a_guest_who_corrects_the_form_is_not_taken_for_a_double_click() -> None:
    village = builders.village()
    first = ask_visit(village, wish(), now=make.NOW)

    again = ask_visit(village, wish(), now=make.NOW)
    corrected = ask_visit(village, wish(people=9), now=make.NOW)

    assert again is first
    assert corrected is not first
    assert corrected.people == 9
