"""Day or night: the reader's own choice, kept in a cookie; without one the system decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, redirect, request, url_for
from flask_babel import lazy_gettext as _l

from app.web.access import public
from app.web.cookies import forget, keep
from app.web.csrf import protect
from app.web.inputs import own_path
from app.web.locale import YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from flask import Flask
    from flask.typing import ResponseReturnValue

COOKIE: Final = "theme"
AUTO: Final = "auto"
THEMES: Final[Mapping[str, Any]] = {
    AUTO: _l("Like the system"),
    "light": _l("Light"),
    "dark": _l("Dark"),
}

bp = Blueprint("theme", __name__, url_prefix="/<lang:lang>")


def theme() -> str:
    """Tell what the reader chose: `light`, `dark`, or `auto` for what the system says."""
    chosen = request.cookies.get(COOKIE, AUTO)
    return chosen if chosen in THEMES else AUTO


def target() -> str:
    """Name the page to come back to: this very one, where it can be opened again."""
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return own_path(here) or url_for("catalogue.home")


# No token: the form stands on pages that are kept for everybody, and all it can change is the look of
# pages in the very browser that sends it. Where a request comes from is checked all the same (S08).
@bp.post("/theme")
@protect.exempt
@public
def choose() -> ResponseReturnValue:
    """Keep the choice and lead back to the page where it was made."""
    chosen = request.form.get("theme", AUTO)
    response = redirect(own_path(request.form.get("next")) or url_for("catalogue.home"), code=303)
    if chosen in THEMES and chosen != AUTO:
        keep(response, COOKIE, chosen, seconds=YEAR)
    else:
        forget(response, COOKIE)
    return response


def register(app: Flask) -> None:
    """Offer the choice."""
    app.register_blueprint(bp)
