"""What Flask-Security says, in our words; Vietnamese stands in its own catalogue, flask_security.po."""

from __future__ import annotations

from typing import Final


def _(text: str) -> str:
    """Mark a text of that catalogue."""
    return text


# name: (words, kind of notice). Only what can appear with the parts that are switched on.
MESSAGES: Final = {
    "ALREADY_CONFIRMED": (_("This address is confirmed already. You can sign in."), "info"),
    "API_ERROR": (_("This link is not valid any more. Ask for a new one."), "error"),
    "CHANGE_EMAIL_CONFIRMED": (_("Your account has its new address."), "success"),
    "CHANGE_EMAIL_EXPIRED": (
        _("This link worked for %(within)s only. Ask for a new one."),
        "error",
    ),
    "CHANGE_EMAIL_SENT": (
        _("We have sent a letter to %(email)s. Follow the link in it to use this address."),
        "success",
    ),
    "CONFIRMATION_EXPIRED": (
        _("This link worked for %(within)s only. Ask for a new one."),
        "error",
    ),
    "CONFIRMATION_REQUEST": (
        _("If %(email)s waits to be confirmed, a letter with a link is on its way."),
        "info",
    ),
    "CONFIRMATION_REQUIRED": (
        _("This address is not confirmed yet. Follow the link in the letter we sent."),
        "error",
    ),
    "CONFIRM_REGISTRATION": (
        _("Thank you. To finish, follow the link in the letter we have sent to %(email)s."),
        "success",
    ),
    "DISABLED_ACCOUNT": (_("This account is closed."), "error"),
    "EMAIL_ALREADY_ASSOCIATED": (_("%(email)s cannot be used."), "error"),
    "EMAIL_CONFIRMED": (_("Thank you, your address is confirmed. You can sign in now."), "success"),
    "EMAIL_NOT_PROVIDED": (_("Write your e-mail address."), "error"),
    "GENERIC_AUTHN_FAILED": (_("The e-mail address or the password is not right."), "error"),
    "INVALID_CONFIRMATION_TOKEN": (
        _("This link is not valid any more. Ask for a new one."),
        "error",
    ),
    "INVALID_EMAIL_ADDRESS": (_("This is not an e-mail address."), "error"),
    "INVALID_PASSWORD": (_("This is not your password."), "error"),
    "INVALID_REDIRECT": (_("This link leads away from this site."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        _("This link is not valid any more. Ask for a new one."),
        "error",
    ),
    "PASSWORD_CHANGE": (
        _("Your password is changed, and your other devices are signed out."),
        "success",
    ),
    "PASSWORD_IS_THE_SAME": (_("This is the password you have. Choose another one."), "error"),
    "PASSWORD_NOT_PROVIDED": (_("Write your password."), "error"),
    "PASSWORD_RESET_EXPIRED": (
        _("This link worked for %(within)s only. Ask for a new one."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (
        _("You have a new password. Sign in with it."),
        "success",
    ),
    "PASSWORD_RESET_REQUEST": (
        _("If there is an account for %(email)s, a letter with a link is on its way."),
        "info",
    ),
    "REAUTHENTICATION_REQUIRED": (_("Before this, write your password once more."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_("Thank you, it is you."), "success"),
    "UNAUTHENTICATED": (_("Sign in to see this page."), "info"),
    "USER_DOES_NOT_EXIST": (_("The e-mail address or the password is not right."), "error"),
}
