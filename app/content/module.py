"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

import app.content.models  # noqa: F401 - its tables
from app.content.documents import documents
from app.content.routes import bp
from app.web.locale import LANGUAGES
from app.web.sentences import add_sentences

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring help, stories, fairs and gift sets."""
    for lang in LANGUAGES:
        documents(lang)  # read at start-up: a missing file stops the start, not a page
    app.register_blueprint(bp)
    add_sentences({"set_broken": _l("A part of this set is not sold at the moment.")})
