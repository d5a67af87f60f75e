"""Values are written as the reader's country writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask_babel import ngettext

from app.web.formats import phone

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.parametrize(
    ("path", "given", "shown"),
    [
        ("/vi/", "+84912345678", "0912 345 678"),
        ("/en/", "+84912345678", "+84 912 345 678"),
        ("/vi/", "+842439421111", "024 3942 1111"),
        ("/vi/", "1800 1234", "1800 1234"),
    ],
)
def test_a_phone_number_reads_as_it_is_dialled(
    app: Flask, path: str, given: str, shown: str
) -> None:
    with app.test_request_context(path):
        app.preprocess_request()
        written = phone(given)

    assert written.replace("\N{NO-BREAK SPACE}", " ") == shown


@pytest.mark.parametrize(("path", "said"), [("/vi/", "5 sản phẩm"), ("/en/", "5 products")])
def test_a_language_counts_by_its_own_rule_wherever_its_catalogue_stands(
    app: Flask, path: str, said: str
) -> None:
    with app.test_request_context(path):
        assert ngettext("%(num)d product", "%(num)d products", 5) == said
