"""What shipping costs: an illustrative table by distance and weight, in one place (S06).

The figures are made up for the demonstration, in the order of what Vietnamese carriers ask for a
parcel by road. A parcel goes within its province, within its region (north, centre, south), or
further; it costs so much for the first kilogram and so much for each further half kilogram begun.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.foundation.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.shop.catalogue.queries import SellableVariant


class Zone(StrEnum):
    """How far a parcel goes."""

    SAME_PROVINCE = "same_province"
    SAME_REGION = "same_region"
    FURTHER = "further"


@dataclass(frozen=True, slots=True)
class Rate:
    """What a zone costs, and in how many days a parcel is there."""

    first_kilogram: Money
    further_half_kilogram: Money
    least_days: int
    most_days: int


RATES: Final[dict[Zone, Rate]] = {
    Zone.SAME_PROVINCE: Rate(Money(22_000), Money(2_500), 1, 2),
    Zone.SAME_REGION: Rate(Money(30_000), Money(4_000), 2, 3),
    Zone.FURTHER: Rate(Money(38_000), Money(6_000), 3, 5),
}
FIRST: Final = 1_000
FURTHER: Final = 500

# The 34 provinces and cities of 2025 by region; the codes are those of the register of units.
NORTH: Final = frozenset(
    {"01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24", "25", "31", "33", "37"}
)
CENTRE: Final = frozenset({"38", "40", "42", "44", "46", "48", "51", "52", "56", "66", "68"})
SOUTH: Final = frozenset({"75", "79", "80", "82", "86", "91", "92", "96"})


@dataclass(frozen=True, slots=True)
class Shipping:
    """What sending one parcel costs and how long it takes."""

    fee: Money
    least_days: int
    most_days: int


def zone_of(origin: str, destination: str) -> Zone:
    """Tell how far it is from one province to another; an unknown one is far."""
    if origin == destination:
        return Zone.SAME_PROVINCE
    together = any(origin in region and destination in region for region in (NORTH, CENTRE, SOUTH))
    return Zone.SAME_REGION if together else Zone.FURTHER


def shipping(origin: str, destination: str, grams: int) -> Shipping:
    """Price a parcel."""
    rate = RATES[zone_of(origin, destination)]
    halves = -(-max(0, grams - FIRST) // FURTHER)
    fee = rate.first_kilogram + rate.further_half_kilogram * halves
    return Shipping(fee, rate.least_days, rate.most_days)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What sending one thing to a province would cost, and between which days it would be there."""

    fee: Money
    earliest: date
    latest: date


def estimate(origin: str, destination: str, grams: int, *, on: date) -> Estimate:
    """Answer a product's page before anything is in a cart (answers the slot `product.estimate`)."""
    found = shipping(origin, destination, grams)
    return Estimate(
        found.fee, on + timedelta(days=found.least_days), on + timedelta(days=found.most_days)
    )


@dataclass(slots=True)
class Parcel:
    """What one producer sends, or what waits for the buyer at one counter."""

    destination: str | None
    lines: list[tuple[SellableVariant, int]] = field(default_factory=list)

    @property
    def items_total(self) -> Money:
        """What the goods cost."""
        return Money.total(variant.price * quantity for variant, quantity in self.lines)

    @property
    def shipping(self) -> Shipping | None:
        """What sending it costs; nothing is sent where no province is named."""
        if not self.destination:
            return None
        grams = sum(variant.weight_grams * quantity for variant, quantity in self.lines)
        return shipping(self.lines[0][0].province_code, self.destination, grams)

    def expected(self, day: date) -> dict[str, str]:
        """Write down between which days a parcel ordered on a day is there; nothing at a counter."""
        if self.shipping is None:
            return {}
        first, last = (
            day + timedelta(days=days)
            for days in (self.shipping.least_days, self.shipping.most_days)
        )
        return {"expected_from": first.isoformat(), "expected_to": last.isoformat()}

    @property
    def fee(self) -> Money:
        """What is paid for sending it."""
        return self.shipping.fee if self.shipping else Money(0)

    @property
    def total(self) -> Money:
        """What the buyer pays for it."""
        return self.items_total + self.fee


def parcels(lines: Iterable[tuple[SellableVariant, int]], destination: str | None) -> list[Parcel]:
    """Put goods into one parcel for each producer; without a province they are collected."""
    made: dict[int, Parcel] = {}
    for variant, quantity in lines:
        made.setdefault(variant.producer_id, Parcel(destination)).lines.append((variant, quantity))
    return list(made.values())
