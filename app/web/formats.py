"""How values are written for people: money, dates, texts; one rule each for the whole shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Final

import phonenumbers
from babel import Locale
from flask_babel import format_date as babel_date
from flask_babel import format_datetime
from markupsafe import Markup

from app.foundation.clock import local_date
from app.foundation.localized import joined
from app.foundation.text import clean
from app.web.locale import language

if TYPE_CHECKING:
    from flask import Flask

    from app.foundation.localized import LocalizedText
    from app.foundation.money import Money

VIETNAM_CODE: Final = 84
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a language writes figures and dates: what Babel knows, read once for each language."""

    thousands: str
    day: str
    moment: str
    month: str


# Where the shop is stricter than Babel's own patterns: days that read the same at any length.
CHOSEN: Final = {
    "vi": ("dd/MM/yyyy", "HH:mm, dd/MM/yyyy", "MM/yyyy"),
    "en": ("d MMM yyyy", "d MMM yyyy, HH:mm", "MMMM yyyy"),
}


@cache
def manner(code: str) -> Manner:
    """Learn a language's manner."""
    locale = Locale.parse(code)
    day = locale.date_formats["medium"].pattern
    moment = locale.datetime_formats["medium"].replace("{1}", day).replace("{0}", "HH:mm")
    month = locale.datetime_skeletons["yMMMM"].pattern
    system = locale.number_symbols[locale.default_numbering_system]
    return Manner(system["group"], *CHOSEN.get(code, (day, moment, month)))


def dong(amount: Money) -> str:
    """Write an amount: 125.000 ₫ in Vietnamese, 125,000 ₫ in English; the sign stands behind."""
    return f"{amount.dong:,}".replace(",", manner(language()).thousands) + f"{NO_BREAK}₫"


def number(value: int) -> str:
    """Write a count with the language's thousands mark."""
    return f"{value:,}".replace(",", manner(language()).thousands)


def day(value: date | datetime) -> str:
    """Write a date as people in Vietnam count it."""
    shown = local_date(value) if isinstance(value, datetime) else value
    return str(babel_date(shown, manner(language()).day, rebase=False))


def month(value: date) -> str:
    """Write a month of a year."""
    return str(babel_date(value, manner(language()).month, rebase=False))


def month_name(value: date) -> str:
    """Write the name of a month: tháng 11 in Vietnamese, November in English."""
    return str(babel_date(value, "MMMM", rebase=False))


def moment(value: datetime) -> str:
    """Write a date and time in the time of Vietnam."""
    return str(format_datetime(value, manner(language()).moment))


def phone(e164: str) -> str:
    """Write a number as its reader dials it: 0912 345 678 in Vietnamese, +84 912 345 678 in English."""
    try:
        parsed = phonenumbers.parse(e164, "VN")
    except phonenumbers.NumberParseException:
        return e164
    at_home = parsed.country_code == VIETNAM_CODE and language() == "vi"
    style = phonenumbers.PhoneNumberFormat
    return str(
        phonenumbers.format_number(parsed, style.NATIONAL if at_home else style.INTERNATIONAL)
    )


def localize(text: LocalizedText) -> str:
    """Choose the text of the page's language, with the fallback."""
    return text.in_language(language())


def text_language(text: LocalizedText) -> str:
    """Tell which language `localize` chose, for a `lang` attribute."""
    return text.language(language())


def language_name(code: str) -> str:
    """Name a language in the reader's."""
    return str(Locale.parse(language()).languages.get(code, code))


def lang_attribute(text: str) -> Markup:
    """Write ` lang="…"` into a tag whose text is in another language than the page, else nothing."""
    lang = getattr(text, "lang", "")
    return Markup(' lang="%s"') % lang if lang and lang != language() else Markup()


def typed(text: str) -> str:
    """Show again what somebody typed; what no page may hold is left out (R40)."""
    try:
        return clean(text)
    except ValueError:
        return ""


def register(app: Flask) -> None:
    """Give templates the filters."""
    app.jinja_env.filters.update(
        dong=dong,
        number=number,
        day=day,
        moment=moment,
        month_name=month_name,
        phone=phone,
        typed=typed,
        localize=localize,
        text_language=text_language,
        language_name=language_name,
        lang_attribute=lang_attribute,
        joined=joined,
    )
