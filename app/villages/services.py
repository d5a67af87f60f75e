"""Writes of villages: a guest asks to come, the host answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from app.foundation import audit, outbox
from app.foundation.actors import Permission, Scope
from app.foundation.clock import local_date
from app.foundation.database import db
from app.foundation.errors import ConflictError, InvalidInputError
from app.foundation.former_slugs import give_slug
from app.foundation.states import move
from app.foundation.text import random_id
from app.villages.models import VISIT_MOVES, VisitRequest, VisitState
from app.villages.queries import same_request

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.foundation.actors import Actor
    from app.villages.models import Village

MOST_PEOPLE: Final = 200
FURTHEST: Final = timedelta(days=365)
LONGEST_TEXT: Final = 1_000
TELL_HOST: Final = "villages.tell_host"
TELL_GUEST: Final = "villages.tell_guest"
TELL_ANSWER: Final = "villages.tell_answer"


class VisitDayError(InvalidInputError):
    """A visit is asked for a day between today and a year from now."""

    code = "visit_day"


class TooManyGuestsError(InvalidInputError):
    """More people than the village takes at once, or nobody."""

    code = "too_many_guests"


class ReplyMissingError(InvalidInputError):
    """A guest who is declined is told why."""

    code = "reply_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskVisit:
    """What a guest asks for and how to answer them."""

    on_date: date
    people: int
    name: str
    phone: str
    email: str
    note: str | None
    language: str


def most_people(village: Village) -> int:
    """Tell how many may come at once."""
    return min(village.visit_people or MOST_PEOPLE, MOST_PEOPLE)


def ask_visit(village: Village, command: AskVisit, *, now: datetime) -> VisitRequest:
    """Put a guest's request before the host; the same form sent twice is one request.

    Raises `VisitDayError` and `TooManyGuestsError`.
    """
    today = local_date(now)
    if not today <= command.on_date <= today + FURTHEST:
        raise VisitDayError(field="on_date")
    most = most_people(village)
    if not 1 <= command.people <= most:
        raise TooManyGuestsError(field="people", most=most)
    request = VisitRequest(
        number=f"TQ-{random_id(8).upper()}",
        village_id=village.id,
        on_date=command.on_date,
        people=command.people,
        name=command.name,
        phone=command.phone,
        email=command.email,
        note=command.note or None,
        language=command.language,
        asked_at=now,
    )
    earlier = same_request(request)
    if earlier is not None:
        return earlier
    db.session.add(request)
    db.session.flush()
    if village.host_email:
        outbox.enqueue(TELL_HOST, {"request_id": request.id}, now=now)
    outbox.enqueue(TELL_GUEST, {"request_id": request.id}, now=now)
    return request


def answer_visit(
    request: VisitRequest,
    *,
    wanted: VisitState,
    reply: str,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Accept or decline a request and write to the guest.

    Raises `NotPermittedError` for another village's host, `ReplyMissingError` for a refusal
    without a word, `IllegalMoveError` when it is past that, and `ConflictError` when the host
    answers a page that somebody else has answered since.
    """
    actor.must(Permission.VISIT_ANSWER, Scope.village(request.village_id))
    if request.version != version:
        raise ConflictError
    if wanted is VisitState.DECLINED and not reply:
        raise ReplyMissingError(field="reply")
    before = request.state
    request.state = move(VISIT_MOVES, before, wanted)
    request.reply = reply or None
    request.answered_at = now
    audit.record(
        f"visit.{wanted.value}",
        f"visit:{request.number}",
        actor=actor,
        now=now,
        details={"before": before.value, "after": wanted.value},
    )
    db.session.flush()
    # The letter says what was answered then, whatever is answered later.
    outbox.enqueue(
        TELL_ANSWER,
        {"request_id": request.id, "state": wanted.value, "reply": request.reply},
        now=now,
    )


def change_slug(village: Village, slug: str, *, actor: Actor, now: datetime) -> None:
    """Give a village's page another address; the old one leads on.

    Raises `NotPermittedError`, `InvalidInputError` and `SlugTakenError`.
    """
    actor.must(Permission.ADDRESS_CHANGE, Scope.village(village.id))
    give_slug(village, slug, actor=actor, now=now)
