"""Who may open a route: declared on each view, closed by default (S01)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from flask import abort, current_app, redirect, request, url_for

from app.web.identity import current_actor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask
    from flask.typing import ResponseReturnValue

    from app.foundation.actors import Permission

View = TypeVar("View", bound="Callable[..., ResponseReturnValue]")


@dataclass(frozen=True, slots=True)
class Access:
    """What a route demands: nothing, somebody signed in, or a permission somewhere."""

    is_public: bool = False
    permission: Permission | None = None


PUBLIC: Final = Access(is_public=True)
SIGNED_IN: Final = Access()
_ATTRIBUTE: Final = "__access__"
_EXTENSION: Final = "access_by_endpoint"


def public(view: View) -> View:
    """Open a view to everybody."""
    setattr(view, _ATTRIBUTE, PUBLIC)
    return view


def signed_in(view: View) -> View:
    """Open a view to whoever has signed in; what they see is scoped by the queries."""
    setattr(view, _ATTRIBUTE, SIGNED_IN)
    return view


def permitted(permission: Permission) -> Callable[[View], View]:
    """Open a view to whoever holds a permission somewhere; the service asks where."""

    def declare(view: View) -> View:
        setattr(view, _ATTRIBUTE, Access(permission=permission))
        return view

    return declare


def declare_access(app: Flask, by_endpoint: Mapping[str, Access]) -> None:
    """Declare the access of views that a library brings."""
    app.extensions.setdefault(_EXTENSION, {}).update(by_endpoint)


def access_of(app: Flask, endpoint: str) -> Access | None:
    """Find what an endpoint declares, if it does."""
    by_endpoint: dict[str, Access] = app.extensions.get(_EXTENSION, {})
    if endpoint in by_endpoint:
        return by_endpoint[endpoint]
    found: Access | None = getattr(app.view_functions.get(endpoint), _ATTRIBUTE, None)
    return found


def register(app: Flask) -> None:
    """Guard every request."""
    app.before_request(_guard)


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such route: the 404 page answers
    access = access_of(current_app, request.endpoint)
    if access is None:
        abort(403)  # undeclared is closed; a test names the endpoint
    if access.is_public:
        return None
    actor = current_actor()
    if not actor.is_signed_in:
        target = request.full_path.rstrip("?") if request.method == "GET" else request.path
        return redirect(url_for("security.login", next=target), code=303)
    if access.permission is not None and not actor.may(access.permission):
        abort(403)
    return None
