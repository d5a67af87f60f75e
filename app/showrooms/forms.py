"""Forms of showrooms: the code that a buyer says at the counter."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app.web.forms import BaseForm

# Codes leave these letters out; whoever hears or reads one means the figure.
MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


class HandOverForm(BaseForm):
    """What the counter types in to hand an order over."""

    code = StringField(
        _l("Pick-up code"),
        [
            DataRequired(_l("Ask the buyer for the code.")),
            Length(max=20, message=_l("A code is shorter than that.")),
        ],
    )

    @property
    def given(self) -> str:
        """The code as it was meant: capitals, no gaps, figures for the letters that no code has."""
        return str(self.code.data or "").upper().translate(MISREAD)
