"""How often pages ask an engine, and for how much: what is not shown is not counted (S29)."""

from pathlib import Path

import pytest

from app.foundation.work import unit_of_work
from app.search import queries
from app.search.engine import Hits, Query
from app.search.engines.embedded import WhooshEngine
from app.search.finder import use_engine
from tests.shop.catalogue.sale import on_sale
from tests.support.browser import Browser


class Heard(WhooshEngine):
    """An engine that keeps what it was asked."""

    def __init__(self, root: Path) -> None:
        """Begin with nothing."""
        super().__init__(root, check_every=0)
        self.asked: list[Query] = []

    def search(self, query: Query) -> Hits:
        """Keep the question, then answer it."""
        self.asked.append(query)
        return super().search(query)


@pytest.fixture
def heard(browser: Browser, tmp_path: Path) -> Heard:
    """A shop with a tea, whose engine listens."""
    with unit_of_work():
        on_sale("Chè Shan tuyết", "Shan snow tea")
    engine = Heard(tmp_path / "heard")
    engine.rebuild(queries.all_documents())
    use_engine(engine)
    return engine


@pytest.mark.parametrize(
    ("path", "cards"),
    [
        ("/vi/products/che-shan-tuyet-zzzz99", 1),
        ("/vi/products/chè-shan-tuyết", 1),
        ("/vi/chee-shaan-tuyeet", 0),
        ("/vi/chê-shân-tuyêt-ôlong", 0),
        ("/en/snow-tea-under-50k-of-the-mountains-that-nobody-sells", 0),
    ],
)
def test_a_missing_page_asks_twice_at_most_and_counts_nothing(
    heard: Heard, browser: Browser, path: str, cards: int
) -> None:
    page = browser.open(path, status=404)

    assert len(page.all(data_testid="product-card")) == cards
    assert 1 <= len(heard.asked) <= 2
    assert not any(query.wants_counts for query in heard.asked)
    assert all(len(query.slots) <= 6 for query in heard.asked)


def test_pages_of_other_results_know_the_number_of_products_and_count_no_choices(
    heard: Heard, browser: Browser
) -> None:
    page = browser.get("search.others", kind="villages", q="shan tea")

    assert page.texts(data_testid="tabs")[0].startswith("Products 1")
    assert heard.asked
    assert not any(query.wants_counts for query in heard.asked)


def test_the_number_of_products_is_known_without_an_index_too(
    heard: Heard, browser: Browser
) -> None:
    (heard.home.root / "current").unlink()

    page = browser.get("search.others", kind="villages", q="shan tea")

    assert page.texts(data_testid="tabs")[0].startswith("Products 1")
