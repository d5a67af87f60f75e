"""Suggestions for the address field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from app.places.queries import begin_with, province
from app.web.access import public
from app.web.inputs import words
from app.web.locale import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("places", __name__, url_prefix="/<lang:lang>", template_folder="templates")


@bp.get("/places/suggest")
@public
def suggest() -> ResponseReturnValue:
    """Offer communes for what has been typed, today's names and former ones."""
    text = words(request.args.get("q"), longest=100, name="q")
    asked = province(words(request.args.get("province"), longest=2, name="province"))
    matches = begin_with(text, province_code=asked.code if asked else None, lang=language())
    return render_template("places/suggestions.html", matches=matches)
