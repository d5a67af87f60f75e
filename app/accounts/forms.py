"""What people fill in about their account; Flask-Security validates, the words are ours."""

from __future__ import annotations

from typing import Any, Final

from flask import g
from flask_babel import lazy_gettext as _l
from flask_security.change_email import ChangeEmailForm
from flask_security.forms import (
    ChangePasswordForm,
    EmailValidation,
    ForgotPasswordForm,
    LoginForm,
    RegisterFormV2,
    ResetPasswordForm,
    SendConfirmationForm,
    VerifyForm,
    unique_user_email,
    valid_user_email,
)
from flask_security.utils import hash_password
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, StopValidation

from app.web.forms import BaseForm, CleanEcho, cleaned, showable
from app.web.locale import LANGUAGES

LONGEST_EMAIL: Final = 254
LONGEST_NAME: Final = 100
LONGEST_PASSWORD: Final = 1_000
_REQUIRED: Final = _l("Please fill this in.")


class Judged(CleanEcho):
    """A form of the library's that the page's status asks about: refused is 422, not 200."""

    def validate(self, *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401
        """Judge, and let the answer know which form was judged."""
        g.judged_form = self
        return bool(super().validate(*args, **kwargs))  # type: ignore[misc]


class Fits:
    """Stops at what is too long to be worth a look, or what no database stores (R40)."""

    def __init__(self, most: int) -> None:
        """Keep the bound."""
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:  # noqa: ANN401, ARG002
        """Check one field."""
        text = field.data or ""
        if len(text) > self.most:
            raise StopValidation(str(_l("At most %(count)s characters, please.", count=self.most)))
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise StopValidation(str(_l("Some characters here cannot be stored.")))


def email_field(label: Any, *checks: Any, autocomplete: str = "email") -> Any:  # noqa: ANN401
    """Make a field for an address."""
    return EmailField(
        label,
        filters=[cleaned],
        render_kw={"autocomplete": autocomplete, "maxlength": LONGEST_EMAIL},
        validators=[DataRequired(_REQUIRED), Fits(LONGEST_EMAIL), *checks],
    )


def password_field(label: Any, autocomplete: str) -> Any:  # noqa: ANN401
    """Make a field for a password; nothing is trimmed from what was typed."""
    return PasswordField(
        label,
        filters=[_bounded],
        render_kw={"autocomplete": autocomplete, "maxlength": LONGEST_PASSWORD},
        validators=[DataRequired(_REQUIRED), Fits(LONGEST_PASSWORD)],
    )


def _bounded(typed: str | None) -> str | None:
    """Keep no more than is needed to see that it is too long: the library brings it in order first."""
    return typed[: LONGEST_PASSWORD + 1] if typed else typed


def name_field() -> Any:  # noqa: ANN401
    """Make a field for what people are called."""
    return StringField(
        _l("Name"),
        filters=[cleaned],
        render_kw={"autocomplete": "name", "maxlength": LONGEST_NAME},
        validators=[DataRequired(_REQUIRED), Fits(LONGEST_NAME), Length(max=LONGEST_NAME)],
    )


class SignInForm(Judged, LoginForm):
    """Address and password; whatever is wrong, the answer is the same (S23)."""

    email = email_field(_l("E-mail"), EmailValidation(verify=False), autocomplete="username")
    password = password_field(_l("Password"), "current-password")
    remember = None

    def validate(self, **options: Any) -> bool:  # noqa: ANN401
        """Check; once the password is proven, say plainly what else is missing."""
        if super().validate(**options):
            return True
        if self.user_authenticated:
            self.form_errors.extend(self.email.errors)
            self.email.errors = []
        elif self.email.errors:
            self.password.errors = []
        return False


class SignUpForm(Judged, RegisterFormV2):
    """A new account."""

    name = name_field()
    email = email_field(_l("E-mail"), EmailValidation(verify=True), unique_user_email)
    password = password_field(_l("Password"), "new-password")


class ForgotForm(Judged, ForgotPasswordForm):
    """Where to send the link for a new password."""

    email = email_field(_l("E-mail"), EmailValidation(verify=True), valid_user_email)

    def validate(self, **options: Any) -> bool:  # noqa: ANN401
        """Check, and take as long for an account as for none (S23).

        An address that was never confirmed gets its letter too: setting a password by it is a proof.
        """
        if not super().validate(**options):
            if not self.requires_confirmation:
                return False
            self.email.errors = []
        hash_password("as long as the other answer")
        return True


class ResetForm(Judged, ResetPasswordForm):
    """A new password in place of a forgotten one."""

    password = password_field(_l("New password"), "new-password")
    password_confirm = None


class ConfirmAgainForm(Judged, SendConfirmationForm):
    """Where to send the link that confirms an address."""

    email = email_field(_l("E-mail"), EmailValidation(verify=True), valid_user_email)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Show an address that the link named, as far as it can be shown."""
        super().__init__(*args, **kwargs)
        self.email.data = showable(self.email.data or "")[:LONGEST_EMAIL]


class NewPasswordForm(Judged, ChangePasswordForm):
    """Another password, by somebody who knows the old one."""

    password = password_field(_l("Present password"), "current-password")
    new_password = password_field(_l("New password"), "new-password")
    new_password_confirm = None


class NewEmailForm(Judged, ChangeEmailForm):
    """Another address."""

    email = email_field(_l("New e-mail"), EmailValidation(verify=True), unique_user_email)


class PasswordAgainForm(Judged, VerifyForm):
    """The password once more, before something that matters."""

    password = password_field(_l("Password"), "current-password")


def language_choices() -> list[SelectChoice]:
    """Offer the languages of the shop, each by its own name."""
    return [SelectChoice(value=code, label=label) for code, label in LANGUAGES.items()]


class ProfileForm(BaseForm):
    """What people are called, and the language they are written to in."""

    name = name_field()
    language = SelectField(_l("Language of letters"), choices=language_choices)
