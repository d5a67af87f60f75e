"""Flask-Security's letters go through our outbox; links are made when a letter leaves (S17).

So no link waits in a table, and every one starts with BASE_URL whatever host a request named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import current_app, g, url_for
from flask_security.confirmable import generate_confirmation_link
from flask_security.mail_util import MailUtil
from flask_security.recoverable import generate_reset_link
from flask_security.utils import hash_data

from app.foundation import outbox
from app.foundation.clock import now

if TYPE_CHECKING:
    from flask import Flask

    from app.accounts.models import User

TOPIC: Final = "accounts.letter"


class OutboxMail(MailUtil):
    """Normalises addresses and leaves letters in the transaction of what they tell about."""

    def normalize(self, email: str) -> str:
        """Bring an address to the form in which accounts keep it."""
        return str(super().normalize(email)).lower()

    def validate(self, email: str) -> str:
        """Check an address that shall get letters, and bring it to its form."""
        return str(super().validate(email)).lower()

    def send_mail(
        self,
        template: str,
        subject: str,  # noqa: ARG002
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],  # noqa: ARG002
        body: str | None,  # noqa: ARG002
        html: str | None,  # noqa: ARG002
        **context: Any,  # noqa: ANN401
    ) -> None:
        """Leave a letter in the outbox."""
        leave_letter(template.rsplit("/", 1)[-1], user=context["user"], to=str(recipient))


def leave_letter(letter: str, *, user: User, to: str) -> None:
    """Ask for a letter to be written."""
    outbox.enqueue(
        TOPIC,
        {"letter": letter, "user_id": user.id, "to": to, "language": user.language},
        now=now(),
    )


def tell_old_address(sender: Flask, user: User, old_email: str, **_rest: Any) -> None:  # noqa: ANN401, ARG001
    """Tell the address that an account has left."""
    leave_letter("email_changed", user=user, to=old_email)


def link_for(kind: str, *, user: User, to: str, language: str) -> str:
    """Make the link of a letter, under BASE_URL and in the reader's language."""
    base_url = current_app.config["SETTINGS"].base_url
    with current_app.test_request_context(base_url=base_url):
        g.lang = language
        if kind == "confirm":
            return str(generate_confirmation_link(user)[0])  # type: ignore[no-untyped-call]
        if kind == "reset":
            return str(generate_reset_link(user)[0])  # type: ignore[no-untyped-call]
        if kind == "new_email":
            security = current_app.extensions["security"]
            token = security.change_email_serializer.dumps(
                [user.fs_uniquifier, hash_data(user.email), to]
            )
            return url_for("security.change_email_confirm", token=token, _external=True)
        return url_for("security.forgot_password", _external=True)
