"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.accounts.cli import users
from app.accounts.jobs import deliver_letter
from app.accounts.routes import bp, landing
from app.accounts.security import setup
from app.accounts.security.mail import TOPIC
from app.foundation.outbox import handle_topic
from app.web.sentences import add_sentences
from app.web.sitemaps import leave_out

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring sign-in and the signed-in person."""
    app.register_blueprint(bp)
    app.add_url_rule("/<lang:lang>/desk", "desk", landing)  # what people guess
    setup.register(app)
    app.cli.add_command(users)
    leave_out(
        "a form for members: nothing to read",
        *("security.login", "security.register", "security.forgot_password"),
        *("security.reset_password", "security.change_email_confirm"),
        *("security.send_confirmation", "security.confirm_email"),
    )
    handle_topic(TOPIC, deliver_letter)
    add_sentences(
        {
            "email_taken": _l("There is an account with this e-mail address."),
            "demonstration_refused": _l("Demonstration accounts may not exist here."),
        }
    )
