from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation.money import Money
from app.shop.orders import rates
from app.shop.orders.rates import Zone

ALL = rates.NORTH | rates.CENTRE | rates.SOUTH


def test_each_of_the_34_provinces_lies_in_one_region() -> None:
    assert len(rates.NORTH) + len(rates.CENTRE) + len(rates.SOUTH) == len(ALL) == 34


@pytest.mark.parametrize(
    ("origin", "destination", "zone"),
    [
        ("08", "08", Zone.SAME_PROVINCE),
        ("08", "01", Zone.SAME_REGION),
        ("08", "79", Zone.FURTHER),
        ("08", "??", Zone.FURTHER),
    ],
)
def test_the_zone_is_how_far_a_parcel_goes(origin: str, destination: str, zone: Zone) -> None:
    assert rates.zone_of(origin, destination) is zone


@pytest.mark.parametrize(
    ("grams", "dong"),
    [(0, 30_000), (1, 30_000), (1_000, 30_000), (1_001, 34_000), (1_500, 34_000), (1_501, 38_000)],
)
def test_each_half_kilogram_begun_after_the_first_kilogram_counts(grams: int, dong: int) -> None:
    assert rates.shipping("08", "01", grams).fee == Money(dong)


@given(
    st.sampled_from(sorted(ALL)),
    st.sampled_from(sorted(ALL)),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
)
def test_a_heavier_parcel_never_costs_less_and_the_way_back_costs_the_same(
    origin: str, destination: str, grams: int, more: int
) -> None:
    light = rates.shipping(origin, destination, grams)
    heavy = rates.shipping(origin, destination, grams + more)

    assert light.fee <= heavy.fee
    assert rates.shipping(destination, origin, grams) == light
