"""Forms: a base that cleans what was typed, and fields for what people in Vietnam type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import phonenumbers
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.foundation.money import Money
from app.foundation.text import clean
from app.web.locale import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.foundation.errors import DomainError

# What WTForms says by itself, in our words: it brings no Vietnamese.
LIBRARY_SENTENCES: Final[Mapping[str, Any]] = {
    "This field is required.": _l("Please fill this in."),
    "Not a valid choice.": _l("Please choose from the list."),
    "Invalid Choice: could not coerce.": _l("Please choose from the list."),
    "Invalid input.": _l("This cannot be right."),
    "Not a valid date value.": _l("Write a date like 2026-12-31."),
    "Not a valid integer value.": _l("Write a whole number."),
    "Field cannot be longer than %(max)d character.": _l("At most %(max)d characters, please."),
    "Field must be at least %(min)d character long.": _l("At least %(min)d characters, please."),
}


class OurWords:
    """The translations that WTForms asks for."""

    def gettext(self, sentence: str) -> str:
        """Say a sentence in the reader's language."""
        return str(LIBRARY_SENTENCES.get(sentence, sentence))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Say a sentence about a number in the reader's language."""
        return str(LIBRARY_SENTENCES.get(singular, singular if count == 1 else plural))


class CleanEcho:
    """A form that never writes back what cannot be stored: it would spoil the page (R40)."""

    def process(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Fill the fields; those that were refused keep only what can be shown."""
        super().process(*args, **kwargs)  # type: ignore[misc]
        for field in self:  # type: ignore[attr-defined]
            if field.process_errors and isinstance(field.data, str):
                field.data = showable(field.data)


def choice(value: str, label: str, **more: Any) -> SelectChoice:  # noqa: ANN401 - as the class has them
    """Offer a choice; a label in another language than the page's says so."""
    lang = getattr(label, "lang", "")
    marks = {"lang": lang} if lang and lang != language() else {}
    return SelectChoice(value, label, render_kw=marks, **more)


class BaseForm(CleanEcho, FlaskForm):
    """What every form is made from: CSRF, and text cleaned on entry."""

    class Meta(FlaskForm.Meta):
        """Clean every text field first, and speak with our words."""

        def get_translations(self, form: Any) -> OurWords:  # noqa: ANN401, ARG002
            """Answer what WTForms asks to be translated."""
            return OurWords()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401
            """Put the cleaning filter before a field's own."""
            filters = list(unbound_field.kwargs.get("filters", ()))
            is_text = issubclass(unbound_field.field_class, StringField)
            if is_text:
                options = options | {"filters": [cleaned, *filters]}
            return super().bind_field(form, unbound_field, options)

    def refuse(self, error: DomainError, sentence: str) -> None:
        """Show a domain error at the field that it names, or at the form."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


def cleaned(value: Any) -> Any:  # noqa: ANN401
    """Clean a text; what cannot be stored becomes a field error."""
    if not isinstance(value, str):
        return value
    try:
        return clean(value)
    except ValueError as error:
        raise ValueError(str(_l("Some characters here cannot be stored."))) from error


def showable(text: str) -> str:
    """Take out what neither a database nor a page can hold: NUL and lone surrogates."""
    return "".join(
        letter for letter in text if letter != "\x00" and not "\ud800" <= letter <= "\udfff"
    )


class PhoneField(StringField):
    """A phone number as typed; `e164` is its international form once valid."""

    e164: str = ""

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Understand the number; without a country code it is Vietnamese."""
        if not self.data:
            return
        try:
            number = phonenumbers.parse(self.data, "VN")
        except phonenumbers.NumberParseException as error:
            raise ValidationError(self._message()) from error
        if not phonenumbers.is_valid_number(number):
            raise ValidationError(self._message())
        self.e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def _message(self) -> str:
        return str(_l("This is not a phone number. Example: 0912 345 678."))


class DongField(StringField):
    """An amount of whole đồng as people write it: 125000, 125.000 or 125,000."""

    money: Money | None = None

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Read the amount; a dot or comma only groups thousands."""
        if not self.data:
            return
        text = self.data.replace("₫", "").replace("đ", "").replace("\N{NO-BREAK SPACE}", "").strip()
        groups = text.replace(",", ".").split(".")
        is_grouped = len(groups) == 1 or (
            1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])  # noqa: PLR2004
        )
        digits = "".join(groups)
        if not (digits.isascii() and digits.isdigit() and is_grouped and len(digits) <= 11):  # noqa: PLR2004
            raise ValidationError(str(_l("Write whole đồng, for example 125.000.")))
        self.money = Money(int(digits))


class CountField(StringField):
    """A whole number of things, in ASCII digits only (S06)."""

    count: int | None = None

    def __init__(self, *args: Any, least: int = 0, most: int = 999_999, **kwargs: Any) -> None:  # noqa: ANN401
        """Keep the bounds."""
        super().__init__(*args, **kwargs)
        self.least = least
        self.most = most

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Read the number within its bounds."""
        if not self.data:
            return
        if not (self.data.isascii() and self.data.isdigit() and len(self.data) <= 9):  # noqa: PLR2004
            raise ValidationError(str(_l("Write a whole number.")))
        value = int(self.data)
        if not self.least <= value <= self.most:
            raise ValidationError(
                str(_l("Between %(least)s and %(most)s, please.", least=self.least, most=self.most))
            )
        self.count = value

    @property
    def control(self) -> dict[str, str]:
        """Name the kind of control: a number field cannot keep what is no number, a line of text can."""
        is_number = not self.data or (self.data.isascii() and self.data.isdigit())
        return {"type": "number"} if is_number else {}
