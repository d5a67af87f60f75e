"""The cart as pages show it: by producer, at today's prices, with what is wrong said (R42)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.foundation.money import Money
from app.shop.basket import queries
from app.shop.catalogue.queries import public_variants
from app.shop.stock.models import PlaceKind
from app.shop.stock.queries import live_holds, supplies
from app.web.pictures import picture_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.foundation.localized import LocalizedText
    from app.shop.catalogue.queries import SellableVariant


class Problem(StrEnum):
    """Why a line cannot be bought as it stands."""

    GONE = "gone"
    SOLD_OUT = "sold_out"
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class CartLineView:
    """One line of the cart."""

    variant_id: int
    quantity: int
    available: int
    is_only_collected: bool
    problem: Problem | None
    variant: SellableVariant | None

    @property
    def name(self) -> LocalizedText | None:
        """The product's name, if anybody still knows it."""
        return self.variant.name if self.variant else None

    @property
    def subtotal(self) -> Money:
        """What the line costs today; nothing when it cannot be bought at all."""
        if self.variant is None or self.problem in {Problem.GONE, Problem.SOLD_OUT}:
            return Money(0)
        return self.variant.price * self.quantity

    @property
    def image(self) -> str | None:
        """A small picture."""
        key = self.variant.photo_key if self.variant else None
        return picture_file(key)

    def path(self, lang: str) -> str:
        """Where the product's page is."""
        if self.variant is None:
            return f"/{lang}/products"
        return f"/{lang}/products/{self.variant.slug}-{self.variant.public_id}"


@dataclass(slots=True, kw_only=True)
class CartPackage:
    """The lines of one producer: one parcel."""

    producer_id: int
    producer_name: LocalizedText | None
    producer_slug: str | None
    lines: list[CartLineView] = field(default_factory=list)

    @property
    def subtotal(self) -> Money:
        """What the lines cost."""
        return Money.total(line.subtotal for line in self.lines)

    @property
    def weight_grams(self) -> int:
        """What the parcel weighs."""
        return sum(line.variant.weight_grams * line.quantity for line in self.lines if line.variant)


@dataclass(frozen=True, slots=True, kw_only=True)
class CartView:
    """The whole cart."""

    packages: list[CartPackage]
    can_be_sent: bool = True
    collected_at: Sequence[int] = ()
    held_at: int | None = None

    @property
    def lines(self) -> list[CartLineView]:
        """All lines."""
        return [line for package in self.packages for line in package.lines]

    @property
    def total(self) -> Money:
        """What can be bought costs, without shipping."""
        return Money.total(package.subtotal for package in self.packages)

    @property
    def is_ready(self) -> bool:
        """Whether all of it can be bought at once."""
        return bool(self.packages) and not self.has_problems and not self.is_scattered

    @property
    def has_problems(self) -> bool:
        """Whether a line cannot be bought as it stands."""
        return any(line.problem for line in self.lines)

    @property
    def is_scattered(self) -> bool:
        """Whether the goods stand in places from which no one order can bring them together."""
        return not self.can_be_sent and not self.collected_at

    @property
    def must_be_collected(self) -> bool:
        """Whether a showroom has all of it and the producers have not."""
        return not self.can_be_sent and bool(self.collected_at)

    @property
    def demand(self) -> dict[int, int]:
        """How many of each variant are wanted."""
        return {line.variant_id: line.quantity for line in self.lines}


def cart_view(token: str | None, *, today: date) -> CartView:
    """Look at a cart; what its own checkout holds already counts as free for it."""
    cart = queries.open_cart(token)
    if cart is None or not cart.lines:
        return CartView(packages=[])
    ids = [line.variant_id for line in cart.lines]
    variants = public_variants(ids, on=today)
    held = live_holds(cart.holder)
    stock = supplies(ids, held)
    packages: dict[int, CartPackage] = {}
    for line in cart.lines:
        variant = variants.get(line.variant_id)
        supply = stock.of(line.variant_id)
        package = packages.setdefault(
            variant.producer_id if variant else 0,
            CartPackage(
                producer_id=variant.producer_id if variant else 0,
                producer_name=variant.producer_name if variant else None,
                producer_slug=variant.producer_slug if variant else None,
            ),
        )
        package.lines.append(
            CartLineView(
                variant_id=line.variant_id,
                quantity=line.quantity,
                available=supply.most,
                is_only_collected=supply.sent < line.quantity <= supply.collected,
                problem=problem_of(variant, line.quantity, supply.most),
                variant=variant,
            )
        )
    demand = {line.variant_id: line.quantity for line in cart.lines}
    return CartView(
        packages=list(packages.values()),
        can_be_sent=stock.can_send(demand),
        collected_at=stock.showrooms_for(demand),
        held_at=next((one.place_id for one in held if one.kind is PlaceKind.SHOWROOM), None),
    )


def problem_of(variant: SellableVariant | None, quantity: int, free: int) -> Problem | None:
    """Say what keeps a line from being bought, if anything does."""
    if variant is None or not variant.is_sellable:
        return Problem.GONE
    if free <= 0:
        return Problem.SOLD_OUT
    return Problem.SHORT if free < quantity else None
