"""Content of another language than its page is marked in text, and nowhere where it would break the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.foundation.localized import InLanguage
from app.programme.models import RegisteredProduct
from app.vendors.models import Producer
from tests.shop.catalogue.sale import on_sale

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.browser import Browser

TEA = InLanguage("Chè & sen", "vi")
MARKED = '<span lang="vi">Chè &amp; sen</span>'


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("<p>{{ tea }}</p>", f"<p>{MARKED}</p>"),
        ("<p>{{ tea if true else 1 }}</p>", f"<p>{MARKED}</p>"),
        ('<p title="{{ tea }}">{{ 1 }}</p>', '<p title="Chè &amp; sen">1</p>'),
        ("<p {% if true %}title='>{{ tea }}'{% endif %}>x</p>", "<p title='>Chè &amp; sen'>x</p>"),
        ("<option>{{ tea }}</option>{{ tea }}", f"<option>Chè &amp; sen</option>{MARKED}"),
        ("{% trans a=tea %}<b>{{ a }}</b>{% endtrans %}", "<b>Chè &amp; sen</b>"),
        ("{% block title %}{{ tea }}{% endblock %}{{ tea }}", f"Chè &amp; sen{MARKED}"),
        ("<title>{% filter unmarked %}<i>{{ tea }}</i>{% endfilter %}", "<title>Chè &amp; sen"),
        ("<a{{ tea | lang_attribute }}>{{ tea | upper }}</a>", '<a lang="vi">CHÈ &amp; SEN</a>'),
    ],
)
def test_a_mark_stands_where_an_element_may(app: Flask, source: str, written: str) -> None:
    environment = app.jinja_env.overlay()
    from jinja2 import DictLoader  # noqa: PLC0415

    environment.loader = DictLoader({"a.html": source})
    with app.test_request_context("/en/"):
        app.preprocess_request()
        shown = environment.get_template("a.html").render(tea=TEA)

    assert shown == written


def test_a_text_in_the_pages_own_language_gets_no_mark(app: Flask) -> None:
    with app.test_request_context("/vi/"):
        app.preprocess_request()
        shown = app.jinja_env.filters["marked"](TEA)

    assert shown is TEA


def test_vietnamese_on_an_english_page_says_so(browser: Browser) -> None:
    from app.foundation.database import db  # noqa: PLC0415

    on_sale()
    for row in [*db.session.query(RegisteredProduct), *db.session.query(Producer)]:
        row.name = {"vi": row.name["vi"]}
    db.session.commit()

    page = browser.get("vendors.producers")

    [heading] = {one.get("lang") for one in page.all("span") if one.text and "HTX" in one.text}
    assert heading == "vi"
