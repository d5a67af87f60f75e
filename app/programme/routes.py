"""Public pages of the register: the check page of a certificate, and the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template

from app.foundation.clock import today
from app.programme import queries
from app.programme.views import certificate_view
from app.web.access import public
from app.web.locale import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("programme", __name__, url_prefix="/<lang:lang>", template_folder="templates")


@bp.get("/certificates/<serial>")
@public
def certificate(serial: str) -> ResponseReturnValue:
    """Say whether a certificate gives stars today."""
    found = queries.certificate_by_serial(serial) or abort(404)
    return render_template(
        "programme/certificate.html",
        certificate=certificate_view(found, lang=language(), on=today()),
        product=found.product,
        producer=found.product.producer,
        checked_on=today(),
    )


@bp.get("/register")
@public
def register() -> ResponseReturnValue:
    """Lead to the products and producers of the register."""
    return render_template("programme/register.html", figures=queries.register_figures(today()))
