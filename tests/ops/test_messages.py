"""A translation that loses a placeholder, a plural form or a tag is found before anybody reads it."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Message

from ops.messages import check, faults_of


def test_the_catalogues_are_complete_and_keep_what_a_text_is_made_of() -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        ("By %(name)s", "Của %(name)s", []),
        ("By %(name)s", "Của %(ten)s", ["placeholders differ"]),
        ("%s of %s", "%s trên %s", []),
        ("%s of %s", "%s", ["placeholders differ"]),
        ('<a href="#x">Here</a>', '<a href="#x">Đây</a>', []),
        ('<a href="#x">Here</a>', '<a href="#y">Đây</a>', ["tags differ"]),
        ("<b>Here</b>", "<b>Đây", ["tags differ"]),
        ("Here", "", ["not translated"]),
        (("%(num)d day", "%(num)d days"), ("%(num)d ngày",), []),
        (
            ("%(num)d day", "%(num)d days"),
            ("%(num)d ngày", "%(num)d ngày"),
            ["plural forms are missing or too many"],
        ),
        (("%(num)d day", "%(num)d days"), ("ngày",), ["placeholders differ"]),
    ],
)
def test_a_translation_keeps_what_its_source_is_made_of(
    source: str | tuple[str, str], translation: str | tuple[str, ...], fault: list[str]
) -> None:
    assert list(faults_of(Message(source, translation), plurals=1)) == fault
