"""Forms say what is wrong in the shop's own words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import wtforms
from babel.messages.pofile import read_po

from app.web.forms import LIBRARY_SENTENCES

if TYPE_CHECKING:
    from tests.support.browser import Browser


def test_what_the_library_says_is_said_in_our_words(browser: Browser) -> None:
    browser.get("orders.find")

    page = browser.post("orders.find", {"number": "CP" * 20, "email": ""}, status=422)

    assert "At most 24 characters, please." in page
    assert "Please fill this in." in page


def test_every_sentence_that_we_replace_is_one_of_the_library() -> None:
    with (Path(wtforms.__file__).parent / "locale/wtforms.pot").open("rb") as file:
        theirs = {
            message.id[0] if isinstance(message.id, tuple) else message.id
            for message in read_po(file)
        }

    assert set(LIBRARY_SENTENCES) <= theirs
    for sentence, ours in LIBRARY_SENTENCES.items():
        assert set(re.findall(r"%\(\w+\)d", sentence)) == set(re.findall(r"%\(\w+\)d", str(ours)))
