"""What leaves the shop for people's accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.accounts import queries
from app.accounts.security.mail import link_for
from app.accounts.views import LETTERS
from app.web.mail import send_letter

if TYPE_CHECKING:
    from collections.abc import Mapping


def deliver_letter(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001
    """Write one letter; sending it twice does no harm."""
    user = queries.user_by_id(payload["user_id"])
    if user is None:
        return  # the account is gone, and its letter with it
    words = LETTERS[payload["letter"]]
    to, language = payload["to"], payload["language"]
    link = link_for(words.link, user=user, to=to, language=language) if words.link else ""
    send_letter("accounts/mail/letter", to=to, language=language, words=words, link=link)
