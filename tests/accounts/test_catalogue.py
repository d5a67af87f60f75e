"""What Flask-Security says has Vietnamese words, with the same gaps to fill."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from app.accounts.security.messages import MESSAGES

if TYPE_CHECKING:
    from flask import Flask

CATALOGUE = Path(__file__).resolve().parents[2] / "translations/vi/LC_MESSAGES/flask_security.po"


def test_every_sentence_has_its_vietnamese() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="vi")
    wanted = {words for words, _kind in MESSAGES.values()}

    assert {message.id for message in catalogue if message.id} == wanted
    for message in catalogue:
        if message.id:
            assert message.string
            assert set(re.findall(r"%\(\w+\)s", str(message.id))) == set(
                re.findall(r"%\(\w+\)s", str(message.string))
            )


def test_every_message_of_ours_is_one_of_the_library(app: Flask) -> None:
    from flask_security.core import _default_messages  # noqa: PLC0415 - its own list

    assert set(MESSAGES) <= set(_default_messages)
