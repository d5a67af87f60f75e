from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation.money import Money

amounts = st.integers(min_value=0, max_value=10**13).map(Money)
weights = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=40)


@given(amounts, weights)
def test_a_split_sums_to_the_whole(amount: Money, given_weights: list[int]) -> None:
    parts = amount.split(given_weights)

    assert Money.total(parts) == amount
    assert all(part.dong >= 0 for part in parts)


@given(amounts, weights)
def test_no_part_is_a_dong_away_from_its_share(amount: Money, given_weights: list[int]) -> None:
    whole = sum(given_weights) or len(given_weights)

    for part, weight in zip(amount.split(given_weights), given_weights, strict=True):
        exact = amount.dong * (weight if any(given_weights) else 1)
        assert abs(part.dong * whole - exact) < whole


@pytest.mark.parametrize("wrong", [1.0, "1", True, None])
def test_only_whole_numbers_are_money(wrong: object) -> None:
    with pytest.raises(TypeError):
        Money(wrong)  # type: ignore[arg-type]


def test_half_a_dong_is_rounded_up() -> None:
    assert Money(50).share(100) == Money(1)
    assert Money(49).share(100) == Money(0)


def test_a_share_of_a_debt_is_refused() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        Money(-1).share(100)


@pytest.mark.parametrize("wrong", [[], [1, -1]])
def test_a_split_needs_weights(wrong: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Money(100).split(wrong)
