"""Letters about visits: to the host, and to the guest in the guest's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from app.accounts.queries import language_at
from app.villages.queries import public_village, visit_of_message
from app.web.mail import send_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

log = structlog.get_logger(__name__)


def tell_host(message_id: int, payload: Mapping[str, Any]) -> None:
    """Write to the host that somebody would like to come."""
    asked = visit_of_message(payload["request_id"])
    found = public_village(asked.village_slug) if asked else None
    if asked is None or found is None or not found.village.host_email:
        log.warning("villages.letter_without_reader", message_id=message_id)
        return
    send_letter(
        "villages/mail/host",
        to=found.village.host_email,
        language=language_at(found.village.host_email),
        visit=asked.request,
        village_name=asked.village_name,
    )


def tell_guest(message_id: int, payload: Mapping[str, Any]) -> None:
    """Confirm to the guest that the host has the request."""
    asked = visit_of_message(payload["request_id"])
    if asked is None:
        log.warning("villages.letter_without_reader", message_id=message_id)
        return
    send_letter(
        "villages/mail/guest",
        to=asked.request.email,
        language=asked.request.language,
        visit=asked.request,
        village_name=asked.village_name,
    )


def tell_answer(message_id: int, payload: Mapping[str, Any]) -> None:
    """Tell the guest what the host answered."""
    asked = visit_of_message(payload["request_id"])
    if asked is None:
        log.warning("villages.letter_without_reader", message_id=message_id)
        return
    send_letter(
        "villages/mail/answer",
        to=asked.request.email,
        language=asked.request.language,
        visit=asked.request,
        village_name=asked.village_name,
        is_accepted=payload["state"] == "accepted",
        reply=payload["reply"],
    )
