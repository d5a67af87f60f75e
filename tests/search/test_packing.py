"""What ranking needs of a product survives being packed."""

from dataclasses import replace
from datetime import date

import pytest

from app.search.documents import SearchDocument
from app.search.engine import Facts
from app.search.engines.packing import day_number, pack, unpack
from tests.search.register import DOCUMENTS
from tests.support import make

HONEY = SearchDocument(
    product_id=1,
    name_vi="Mật ong mật ong hoa cà phê",
    name_en="Coffee honey, honey",
    producer="HTX Ong Việt",
    place=("Đắk Lắk",),
    stars=4,
    stars_from=date(2024, 1, 1),
    stars_until=date(2026, 12, 31),
    popularity=7,
)


def _facts(document: SearchDocument, day: date = make.TODAY) -> Facts:
    return unpack(pack(document, document.weighted_tokens())).on(day_number(day))


@pytest.mark.parametrize("document", [HONEY, SearchDocument(product_id=2), *DOCUMENTS[:50]])
def test_every_token_comes_back_and_no_other(document: SearchDocument) -> None:
    """A pair that was never there would lift a product that does not have it."""
    facts = _facts(document)

    assert facts.name_tokens == frozenset(document.name_tokens())
    assert facts.head_tokens == frozenset(document.head_tokens())
    assert facts.context_tokens == frozenset(document.context_tokens())


def test_popularity_comes_back_within_its_bounds() -> None:
    assert _facts(HONEY).popularity == 7
    assert _facts(replace(HONEY, popularity=-5)).popularity == 0


def test_stars_count_from_the_first_day_to_the_last() -> None:
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2026, 12, 31), date(2027, 1, 1))

    assert [_facts(HONEY, day).stars for day in days] == [0, 4, 4, 0]


def test_stars_without_days_are_none() -> None:
    assert _facts(replace(HONEY, stars_until=None)).stars == 0
