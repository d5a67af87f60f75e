"""Pages of problems: the right status, ways on, and never a problem of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.foundation import slots
from app.foundation.database import db
from app.shop.catalogue.asking import Answer, Ask
from app.web.problems import words_of
from tests.shop.catalogue.sale import on_sale
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let search answer what a test says."""

    def answer(function: Any) -> None:
        filled = dict(slots._filled) | {"catalogue.search": function}
        monkeypatch.setattr(slots, "_filled", filled)

    return answer


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_missing_page_searches_for_the_words_of_its_address(
    browser: Browser, search: Any, lang: str
) -> None:
    browser.lang = lang
    product = on_sale()
    asked: list[str] = []

    def answer(ask: Ask) -> Answer:
        asked.append(ask.text)
        return Answer(ids=(product.id,))

    search(answer)
    db.session.commit()

    page = browser.open(f"/{lang}/products/che-shan-tuyet-zzzz99", status=404)

    assert asked == ["che shan tuyet"]
    assert page.one("input", id="error-search").get("value") == "che shan tuyet"
    cards = page.all(data_testid="product-card")
    assert [one.get("data-product-id") for one in cards] == [product.public_id]
    assert page.response.headers["Cache-Control"] == "no-store"


def test_at_most_six_products_are_offered(browser: Browser, search: Any) -> None:
    ids = [on_sale(f"Chè {number}").id for number in range(8)]
    search(lambda ask: Answer(ids=tuple(ids[: ask.limit])))
    db.session.commit()

    page = browser.open("/en/tea-of-yesterday", status=404)

    assert len(page.all(data_testid="product-card")) == 6


def test_a_page_of_a_problem_comes_without_search_too(browser: Browser, search: Any) -> None:
    def broken(_ask: Ask) -> Any:
        raise OSError("the index is gone")

    search(broken)
    on_sale()
    db.session.commit()

    page = browser.open("/en/tea", status=404)

    assert not page.all(data_testid="product-card")
    assert page.all("a", class_="chip", href="/en/products?category=food")


def test_other_problems_search_for_nothing(browser: Browser, search: Any) -> None:
    def never(_ask: Ask) -> Any:
        raise AssertionError("nothing was looked for")

    search(never)

    refused = browser.open("/en/map?order=size", status=400)

    assert refused.one("input", id="error-search").get("value") == ""


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/vi/products/che-shan-tuyet-a1b2c3d4", "che shan tuyet"),
        ("/en/Chè_Tân-Cương", "Chè Tân Cương"),
        ("/vi/", ""),
        ("/", ""),
        ("/en/<script>alert(1)</script>", "script"),
        ("/en/" + "a" * 500, ""),
        ("/en/404", ""),
    ],
)
def test_words_are_read_out_of_an_address(path: str, words: str) -> None:
    assert words_of(path) == words


def test_a_missing_page_asks_little_of_the_database(browser: Browser, search: Any) -> None:
    ids = [on_sale(f"Chè {number}").id for number in range(8)]
    search(lambda ask: Answer(ids=tuple(ids[: ask.limit])))
    db.session.commit()
    browser.open("/en/tea", status=404)

    with counted_statements() as seen:
        browser.open("/en/tea", status=404)

    assert len(seen) <= 2
