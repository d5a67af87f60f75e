"""Flask-Security's views inside our walls: units of work, no writing GET, our redirects, limits.

Writers run as a unit of work from their first statement (P02). Proving a password writes
nothing and takes long, so it runs outside one; a hash with better parameters is kept afterwards.
A link in a letter opens a page with a button: programs that read letters follow links too.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from flask import abort, g, make_response, render_template, request, session
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict

from app.accounts import services
from app.foundation.database import db
from app.foundation.slots import slot
from app.foundation.work import unit_of_work
from app.web.access import PUBLIC, SIGNED_IN, Access, declare_access
from app.web.identity import current_actor
from app.web.limits import limit, named, named_here, network

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Response

    View = Callable[..., Any]

ACCESS: Final[dict[str, Access]] = {
    "security.login": PUBLIC,
    "security.logout": PUBLIC,
    "security.register": PUBLIC,
    "security.forgot_password": PUBLIC,
    "security.reset_password": PUBLIC,
    "security.send_confirmation": PUBLIC,
    "security.confirm_email": PUBLIC,
    "security.change_email_confirm": PUBLIC,
    "security.change_password": SIGNED_IN,
    "security.change_email": SIGNED_IN,
    "security.verify": SIGNED_IN,
}
PROVING: Final = frozenset({"security.login", "security.verify"})
BUTTON: Final = frozenset({"security.confirm_email", "security.change_email_confirm"})
SAFE: Final = frozenset({"GET", "HEAD"})
OK: Final = 200
FOUND: Final = 302
SEE_OTHER: Final = 303
UNPROCESSABLE: Final = 422
LONGEST_NEXT: Final = 2_000
LARGEST: Final = 64 * 1_024  # bytes of a form; none of these has a long field


def wrap(app: Flask) -> None:
    """Stand before every view that Flask-Security has registered."""
    declare_access(app, ACCESS)
    app.add_url_rule(
        "/<lang:lang>/account/e-mail/<token>",
        endpoint="security.change_email_confirm",
        methods=["POST"],
    )
    for endpoint in ACCESS:
        app.view_functions[endpoint] = limited(
            endpoint, guarded(endpoint, app.view_functions[endpoint])
        )


def guarded(endpoint: str, view: View) -> View:
    """Run a view the way its endpoint needs."""

    @functools.wraps(view)
    def answer(**values: Any) -> Any:  # noqa: ANN401
        if request.is_json:
            abort(415)  # a form is the only way in
        if (request.content_length or 0) > LARGEST:
            abort(413)
        drop_foreign_next()
        if request.method in SAFE:
            return press_button(endpoint) if endpoint in BUTTON else view(**values)
        if endpoint in PROVING:
            response = prove(view)
            if response.status_code == FOUND:
                lead_on(response)
                tell_session(response, current_user.id)
        elif endpoint == "security.logout":
            response = sign_out(view)
            tell_session(response, None)
        else:
            with unit_of_work():
                response = make_response(view(**values))
        if response.status_code == FOUND:
            response.status_code = SEE_OTHER
        elif response.status_code == OK and is_refused():
            response.status_code = UNPROCESSABLE
        return response

    return answer


def is_refused() -> bool:
    """Whether the page shows errors; an answer that tells nothing about an address shows none (S23)."""
    form = g.get("judged_form")
    return form is not None and bool(form.errors)


def press_button(endpoint: str) -> str:
    """Ask for the press of a button, because a GET may not write."""
    return render_template(
        "security/press_button.html", is_new_address=endpoint == "security.change_email_confirm"
    )


def prove(view: View) -> Response:
    """Check a password without the writer's lock; keep a stronger hash if one was made."""
    with db.session.no_autoflush:
        response = make_response(view())
        stronger = [(one.id, one.password) for one in db.session.dirty]
        db.session.rollback()
    if stronger:
        with unit_of_work():
            for user_id, password in stronger:
                services.keep_password(user_id, password)
    return response


def lead_on(response: Response) -> None:
    """Begin a signed-in session: older form tokens are void, and an own `next` is followed."""
    session.pop("csrf_token", None)
    target = request.form.get("next") or request.args.get("next")
    if target:
        response.location = target


def tell_session(response: Response, user_id: int | None) -> None:
    """Tell upper modules who the browser speaks for from now on, so that they may bring its things along."""
    follow = slot("account.session_changed")
    if follow is not None:
        follow(response, user_id)


def sign_out(view: View) -> Response:
    """Sign out everywhere: a cookie that was copied is worth nothing afterwards (S09)."""
    user_id = current_actor().user_id
    with unit_of_work():
        response = make_response(view())
        if user_id is not None:
            services.end_sessions(user_id)
    return response


def drop_foreign_next() -> None:
    """Forget a `next` that leads anywhere but to a path of this site (S26)."""
    for source in ("args", "form"):
        values = getattr(request, source)
        if "next" in values and not is_own_path(values["next"]):
            kept = ((key, value) for key, value in values.items(multi=True) if key != "next")
            setattr(request, source, ImmutableMultiDict(kept))


def is_own_path(target: str) -> bool:
    """Whether a text is a plain path of this site, however a browser reads it."""
    if not target.startswith("/") or target.startswith("//") or len(target) > LONGEST_NEXT:
        return False
    if "\\" in target or any(ord(letter) < 33 or ord(letter) == 127 for letter in target):  # noqa: PLR2004
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and not parts.path.startswith("//")


def limited(endpoint: str, view: View) -> View:
    """Slow down guessing, by account and by network; the wait grows and always ends (S14)."""
    for rule in LIMITS.get(endpoint, ()):
        view = rule(view)
    return view


def has_failed(response: Response) -> bool:
    """Whether a form came back instead of leading on."""
    return response.status_code in {OK, UNPROCESSABLE}


def by_person() -> str:
    """Count by who is signed in."""
    return f"user:{current_actor().user_id}"


LIMITS: Final = {
    "security.login": (
        limit(
            "5 per minute; 12 per 10 minutes; 30 per hour",
            by=named_here("email"),
            counts=has_failed,
        ),
        limit("60 per hour", by=named("email"), counts=has_failed),
        limit("30 per minute; 300 per hour", by=network, counts=has_failed),
    ),
    "security.verify": (
        limit("5 per minute; 12 per 10 minutes; 30 per hour", by=by_person, counts=has_failed),
    ),
    "security.change_password": (
        limit("5 per minute; 12 per 10 minutes; 30 per hour", by=by_person, counts=has_failed),
    ),
    "security.change_email": (limit("5 per 10 minutes; 20 per day", by=by_person),),
    "security.register": (
        limit("3 per 10 minutes; 10 per day", by=named("email")),
        limit("20 per 10 minutes; 100 per day", by=network),
    ),
    "security.forgot_password": (
        limit("3 per 10 minutes; 10 per day", by=named("email")),
        limit("20 per 10 minutes; 100 per day", by=network),
    ),
    "security.send_confirmation": (
        limit("3 per 10 minutes; 10 per day", by=named("email")),
        limit("20 per 10 minutes; 100 per day", by=network),
    ),
    "security.reset_password": (limit("20 per 10 minutes; 100 per day", by=network),),
}
