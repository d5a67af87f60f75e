"""How values are written for people: money, dates, texts; one rule each for the whole shop."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import phonenumbers
from flask_babel import format_date as babel_date
from flask_babel import format_datetime

from app.foundation.clock import local_date
from app.foundation.text import clean
from app.web.locale import language

if TYPE_CHECKING:
    from flask import Flask

    from app.foundation.localized import LocalizedText
    from app.foundation.money import Money

VIETNAM_CODE: Final = 84
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def dong(amount: Money) -> str:
    """Write an amount: 125.000 ₫ in Vietnamese, 125,000 ₫ in English."""
    figures = f"{amount.dong:,}"
    return (figures.replace(",", ".") if language() == "vi" else figures) + f"{NO_BREAK}₫"


def number(value: int) -> str:
    """Write a count with the language's thousands mark."""
    figures = f"{value:,}"
    return figures.replace(",", ".") if language() == "vi" else figures


def day(value: date | datetime) -> str:
    """Write a date as people in Vietnam count it."""
    shown = local_date(value) if isinstance(value, datetime) else value
    return str(
        babel_date(shown, "dd/MM/yyyy" if language() == "vi" else "d MMM yyyy", rebase=False)
    )


def month(value: date) -> str:
    """Write the name of a month: tháng 11 in Vietnamese, November in English."""
    return str(babel_date(value, "MMMM", rebase=False))


def moment(value: datetime) -> str:
    """Write a date and time in the time of Vietnam."""
    return str(
        format_datetime(value, "HH:mm, dd/MM/yyyy" if language() == "vi" else "d MMM yyyy, HH:mm")
    )


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
        month=month,
        phone=phone,
        typed=typed,
        localize=localize,
        text_language=text_language,
    )
