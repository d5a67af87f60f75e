"""How an answer is measured, and how a product is graded."""

import pytest

from app.search.documents import SearchDocument
from tests.search.judged.asked import TODAY
from tests.search.judged.generated import generated_documents, kinds
from tests.search.judged.measure import ndcg, reciprocal_rank
from tests.search.judged.rules import Judged, grade

HONEY = SearchDocument(
    product_id=1,
    name_vi="Mật ong rừng",
    name_en="Forest honeys",
    category_codes=("04",),
    province_code="68",
    price=150_000,
)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (("head:mật ong",), 3),
        (("head:mat ong",), 0),
        (("head:ong", "vi:ong rừng"), 2),
        (("head:tr", "", "en:honey"), 1),
        (("vi:mật ong & price:<=100000", "set:04 & price:<=150000"), 2),
        (("vi:mật ong & !province:68 | stars:>=3",), 0),
    ],
)
def test_a_product_is_graded_by_what_is_said_of_it(rules: tuple[str, ...], expected: int) -> None:
    assert grade(rules, Judged.of(HONEY), on=TODAY) == expected


def test_a_rule_about_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="colour:red"):
        grade(("colour:red",), Judged.of(HONEY), on=TODAY)


def test_the_best_order_measures_one_and_a_worse_one_less() -> None:
    grades = {1: 3, 2: 2, 3: 1}

    assert ndcg([1, 2, 3], grades) == 1
    assert ndcg([2, 1, 3], grades) < 1
    assert ndcg([], grades) == 0


def test_to_stop_after_all_that_is_fully_relevant_is_no_fault() -> None:
    grades = {1: 3, 2: 3, 3: 1}

    assert ndcg([2, 1], grades) == 1
    assert ndcg([1], grades) < 1
    assert ndcg([1, 2, 9], grades) < 1


def test_the_rank_is_that_of_the_first_of_the_best() -> None:
    assert reciprocal_rank([4, 2, 1], {1: 3, 2: 2}) == pytest.approx(1 / 3)
    assert reciprocal_rank([4], {1: 3}) == 0


def test_made_up_goods_are_the_same_every_time_and_varied() -> None:
    goods = list(generated_documents(300))

    assert goods == list(generated_documents(300))
    assert len({one.name_vi for one in goods}) > 280
    assert len(kinds()) >= 250
