"""Forms of villages: a visit asked for, a visit answered."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, Optional, ValidationError

from app.villages.services import LONGEST_TEXT, AskVisit
from app.web.forms import BaseForm, CountField, PhoneField

ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
REQUIRED: Final = _l("Please fill this in.")


class DayField(StringField):
    """A date as a browser's date field sends it; `day` is the date once valid."""

    day: date | None = None

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Read the date, in ASCII digits only (R40)."""
        if not self.data:
            return
        if not ISO_DAY.fullmatch(self.data):
            raise ValidationError(self._message())
        try:
            self.day = date.fromisoformat(self.data)
        except ValueError as error:
            raise ValidationError(self._message()) from error

    @property
    def control(self) -> dict[str, str]:
        """Name the kind of control: a date field cannot keep what is no date, a line of text can."""
        return {} if self.data and self.day is None else {"type": "date"}

    def _message(self) -> str:
        return str(_l("Write a date like 2026-12-31."))


class VisitForm(BaseForm):
    """What a guest fills in to visit a village."""

    on_date = DayField(_l("Day of the visit"), [DataRequired(REQUIRED)])
    people = CountField(_l("How many people"), [DataRequired(REQUIRED)], least=1)
    name = StringField(
        _l("Your name"),
        [DataRequired(REQUIRED), Length(max=120, message=_l("Up to 120 characters, please."))],
    )
    phone = PhoneField(
        _l("Phone"),
        [DataRequired(REQUIRED), Length(max=30, message=_l("Up to 30 characters, please."))],
    )
    email = StringField(
        _l("E-mail"),
        [
            DataRequired(REQUIRED),
            Length(max=254, message=_l("Up to 254 characters, please.")),
            Email(_l("This is not an e-mail address.")),
        ],
    )
    note = TextAreaField(
        _l("What the host should know"),
        [
            Optional(),
            Length(max=LONGEST_TEXT, message=_l("Up to 1,000 characters, please.")),
        ],
    )

    def command(self, language: str) -> AskVisit:
        """Give the service what was asked; call it only for a valid form."""
        assert self.on_date.day  # noqa: S101 - a valid form has one
        assert self.people.count  # noqa: S101
        return AskVisit(
            on_date=self.on_date.day,
            people=self.people.count,
            name=" ".join(self.name.data.split()),
            phone=self.phone.e164,
            email=self.email.data,
            note=self.note.data,
            language=language,
        )


class AnswerForm(BaseForm):
    """What a host answers; the button that was pressed says which answer it is."""

    version = HiddenField()
    reply = TextAreaField(
        _l("Reply to the guest"),
        [
            Optional(),
            Length(max=LONGEST_TEXT, message=_l("Up to 1,000 characters, please.")),
        ],
    )
