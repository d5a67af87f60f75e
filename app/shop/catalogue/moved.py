"""Former provinces that a reader asks for: where their goods are found since 1 July 2025."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.foundation.text import fold
from app.places.queries import provinces
from app.shop.catalogue.origins import former_names
from app.web.formats import localize

if TYPE_CHECKING:
    from app.places.queries import ProvinceRow

WORD = re.compile(r"\w+")


def moved(text: str) -> str:
    """Say which province of today a former one in the words went into; empty without one."""
    typed = words_of(text)
    for row in provinces():
        for name in former_names(row):
            if name != row.name["vi"] and stands_in(typed, words_of(name)):
                return sentence_of(row, name)
    return ""


def sentence_of(row: ProvinceRow, name: str) -> str:
    """Say it in the reader's language; a former province has its Vietnamese name in both."""
    return str(
        _("%(former)s is now part of %(province)s.", former=name, province=localize(row.name))
    )


def words_of(text: str) -> list[str]:
    """Cut a text into small letters' words."""
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def stands_in(typed: list[str], name: list[str]) -> bool:
    """Whether a name was typed, each word with its own marks or with none."""
    return any(
        all(one in (word, fold(word)) for one, word in zip(typed[at:], name, strict=False))
        for at in range(len(typed) - len(name) + 1)
    )
