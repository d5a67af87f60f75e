"""What templates of this module are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class DeskLink:
    """A desk that the reader may open."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """What a letter says; lazy texts, so that it is said in the reader's language."""

    subject: Any
    sentences: tuple[Any, ...]
    action: Any = ""
    link: str = ""


_NOT_YOU: Final = _l("If this was not you, no further step is needed: nothing has changed.")
_WAS_NOT_YOU: Final = _l(
    "If this was not you, set a new password at once: somebody else may know yours."
)

# By the last part of the template that Flask-Security names.
LETTERS: Final = {
    "welcome": LetterWords(
        subject=_l("Confirm your e-mail address"),
        sentences=(
            _l("Somebody, probably you, opened an account with this address."),
            _l("Follow the link within two days to confirm the address. Then you can sign in."),
            _NOT_YOU,
        ),
        action=_l("Confirm this address"),
        link="confirm",
    ),
    "confirmation_instructions": LetterWords(
        subject=_l("Confirm your e-mail address"),
        sentences=(
            _l("Follow the link within two days to confirm the address. Then you can sign in."),
            _NOT_YOU,
        ),
        action=_l("Confirm this address"),
        link="confirm",
    ),
    "welcome_existing": LetterWords(
        subject=_l("You have an account already"),
        sentences=(
            _l("Somebody, probably you, tried to open an account with this address."),
            _l("There is one already. If you no longer know its password, you can set a new one."),
            _NOT_YOU,
        ),
        action=_l("Set a new password"),
        link="forgot",
    ),
    "reset_instructions": LetterWords(
        subject=_l("Set a new password"),
        sentences=(
            _l("Somebody, probably you, asked to set a new password for this account."),
            _l("The link works once, for thirty minutes."),
            _NOT_YOU,
        ),
        action=_l("Set a new password"),
        link="reset",
    ),
    "reset_notice": LetterWords(
        subject=_l("Your password was reset"),
        sentences=(
            _l("Your account has a new password, and every device was signed out."),
            _WAS_NOT_YOU,
        ),
        action=_l("Set a new password"),
        link="forgot",
    ),
    "change_notice": LetterWords(
        subject=_l("Your password was changed"),
        sentences=(
            _l("Your account has a new password, and your other devices were signed out."),
            _WAS_NOT_YOU,
        ),
        action=_l("Set a new password"),
        link="forgot",
    ),
    "change_email_instructions": LetterWords(
        subject=_l("Confirm your new e-mail address"),
        sentences=(
            _l("Follow the link within two hours to use this address for your account."),
            _NOT_YOU,
        ),
        action=_l("Use this address"),
        link="new_email",
    ),
    "email_changed": LetterWords(
        subject=_l("Your account has another e-mail address"),
        sentences=(
            _l("Your account no longer uses this address: letters go to the new one from now on."),
            _l("If this was not you, write to us at once by answering this letter."),
        ),
    ),
}
