"""Flask-Security, switched on: which parts, under which addresses, with which limits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from flask import current_app, session
from flask_login import current_user
from flask_security import Security
from flask_security.signals import change_email_confirmed, password_reset

from app.accounts import forms, queries, services
from app.accounts.security import views
from app.accounts.security.datastore import Accounts
from app.accounts.security.mail import OutboxMail, tell_old_address
from app.accounts.security.messages import MESSAGES
from app.accounts.security.passwords import SHORTEST, PasswordRules
from app.foundation.actors import NOBODY
from app.foundation.clock import now
from app.web.identity import load_actor_with

if TYPE_CHECKING:
    from flask import Flask

    from app.accounts.models import User
    from app.foundation.actors import Actor
    from config import Settings

ADDRESSES: Final = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "REGISTER_URL": "/sign-up",
    "RESET_URL": "/account/reset",
    "CONFIRM_URL": "/account/confirm",
    "CHANGE_URL": "/account/password",
    "CHANGE_EMAIL_URL": "/account/e-mail",
    "VERIFY_URL": "/account/verify",
    "POST_LOGIN_VIEW": "accounts.landing",
    "POST_LOGOUT_VIEW": "catalogue.home",
    "POST_REGISTER_VIEW": ".login",
    "POST_CHANGE_VIEW": "accounts.profile",
    "POST_CHANGE_EMAIL_VIEW": "accounts.profile",
    "POST_VERIFY_VIEW": "accounts.profile",
}
PARTS: Final = {
    "REGISTERABLE": True,
    "CONFIRMABLE": True,
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "CHANGE_EMAIL": True,
    "TWO_FACTOR_IMPLEMENTATIONS": {},
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "API_ENABLED_METHODS": ["session"],
    "RETURN_GENERIC_RESPONSES": True,
    "EMAIL_PLAINTEXT": False,  # letters are written when they leave
    "EMAIL_HTML": False,
    "DATETIME_FACTORY": now,
    "PASSWORD_LENGTH_MIN": SHORTEST,
    "PASSWORD_CONFIRM_REQUIRED": False,
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "HASHING_SCHEMES": ["hex_sha256"],  # of what a signed link refers to, not of passwords
    "RESET_PASSWORD_WITHIN": timedelta(minutes=30),
    "CHANGE_EMAIL_WITHIN": timedelta(hours=2),
    "CONFIRM_EMAIL_WITHIN": timedelta(days=2),
    "FRESHNESS": timedelta(hours=1),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=15),
}
# OWASP's first choice of 2024 for argon2id; tests need no strength.
STRONG: Final = {"argon2__memory_cost": 19_456, "argon2__time_cost": 2, "argon2__parallelism": 1}
CHEAP: Final = {"argon2__memory_cost": 8, "argon2__time_cost": 1, "argon2__parallelism": 1}


def register(app: Flask) -> None:
    """Bring sign-in; the module's blueprint stands before, so that its templates win."""
    settings: Settings = app.config["SETTINGS"]
    configure(app, settings)
    security = Security(
        app,
        Accounts(),
        mail_util_cls=OutboxMail,
        password_util_cls=PasswordRules,
        login_form=forms.SignInForm,
        register_form=forms.SignUpForm,
        forgot_password_form=forms.ForgotForm,
        reset_password_form=forms.ResetForm,
        send_confirmation_form=forms.ConfirmAgainForm,
        change_password_form=forms.NewPasswordForm,
        change_email_form=forms.NewEmailForm,
        verify_form=forms.PasswordAgainForm,
    )
    security.want_json(lambda _request: False)
    security.login_manager.request_loader(lambda _request: None)  # cookies only, no tokens
    load = security.login_manager._user_callback  # noqa: SLF001 - the library's own, kept inside ours
    security.login_manager.user_loader(lambda key: None if is_too_old() else load(key))
    security.principal.identity_loaders.clear()  # or every request would read the account
    change_email_confirmed.connect(tell_old_address, app)
    password_reset.connect(confirm_by_reset, app)
    views.wrap(app)
    load_actor_with(app, actor_of_session)


def configure(app: Flask, settings: Settings) -> None:
    """Give Flask-Security its settings."""
    chosen: dict[str, Any] = {
        "URL_PREFIX": "/<lang:lang>",
        "I18N_DIRNAME": [str(folder) for folder in settings.translation_folders],
        "PASSWORD_SALT": settings.password_salt,
        "PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP if settings.is_testing else STRONG,
        "EMAIL_VALIDATOR_ARGS": {
            "check_deliverability": False,
            "allow_smtputf8": False,
            "test_environment": settings.is_testing,
        },
        **ADDRESSES,
        **PARTS,
        **{f"MSG_{name}": message for name, message in MESSAGES.items()},
    }
    app.config.update({f"SECURITY_{name}": value for name, value in chosen.items()})


def confirm_by_reset(sender: Flask, user: User, **_rest: Any) -> None:  # noqa: ANN401, ARG001
    """Count a password set by a letter's link as proof of the address.

    So whoever opened an account with somebody else's address loses it to its owner (S25).
    """
    services.confirm_address(user, now=now())


def is_too_old() -> bool:
    """Whether the password was proven too long ago for the cookie to speak for anybody (S09)."""
    age = now().timestamp() - float(session.get("fs_paa", 0))
    return age > current_app.permanent_session_lifetime.total_seconds()


def actor_of_session() -> Actor:
    """Tell who the session cookie speaks for: two statements, none without a cookie."""
    if not current_user.is_authenticated:
        return NOBODY
    return queries.actor_of(current_user)
