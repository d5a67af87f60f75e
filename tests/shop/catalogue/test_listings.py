from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.foundation.actors import SYSTEM, Role, Scope
from app.foundation.audit import AuditEntry
from app.foundation.database import db
from app.foundation.errors import (
    ConflictError,
    IllegalMoveError,
    InvalidInputError,
    NotPermittedError,
)
from app.foundation.events import subscribe
from app.foundation.money import Money
from app.foundation.work import unit_of_work
from app.shop.catalogue import services
from app.shop.catalogue.events import ListingChanged
from app.shop.catalogue.models import ListingState, NetUnit, ProductCard
from app.shop.catalogue.services import ListingCommand, VariantCommand
from tests.support import make

if TYPE_CHECKING:
    from flask import Flask

    from app.foundation.actors import Actor
    from app.programme.models import RegisteredProduct
    from app.shop.catalogue.models import Listing


def _owner(product: RegisteredProduct) -> Actor:
    assert product.producer_id
    return make.actor(Role.PRODUCER_OWNER, Scope.producer(product.producer_id))


def _variant(**values: Any) -> VariantCommand:
    wanted: dict[str, Any] = {
        "label": {"vi": "Gói 200 g", "en": "200 g bag"},
        "net_quantity": 200,
        "net_unit": NetUnit.GRAM,
        "weight_grams": 250,
        "price": Money(125_000),
    }
    return VariantCommand(**(wanted | values))


def _command(product: RegisteredProduct, **values: Any) -> ListingCommand:
    wanted: dict[str, Any] = {
        "product_id": product.id,
        "summary": {"vi": "Chè ngon.", "en": ""},
        "variants": (_variant(),),
    }
    return ListingCommand(**(wanted | values))


def _created(product: RegisteredProduct, **values: Any) -> Listing:
    return services.create_listing(_command(product, **values), actor=_owner(product), now=make.NOW)


def test_what_goods_are_made_of_and_how_they_are_used_may_be_said_or_left_out(app: Flask) -> None:
    product = make.registered(by=make.producer())

    listing = _created(product, ingredients={"vi": "Chè."}, usage={"vi": "", "en": None})

    assert (listing.ingredients, listing.usage) == ({"vi": "Chè."}, None)
    again = _command(product, ingredients=None, usage={"vi": "Pha.", "en": "Brew."})
    services.change_listing(listing, again, actor=_owner(product), now=make.NOW)
    assert (listing.ingredients, listing.usage) == (None, {"vi": "Pha.", "en": "Brew."})


def test_a_producer_offers_its_product_and_puts_it_on_sale(app: Flask) -> None:
    told: list[ListingChanged] = []
    subscribe(ListingChanged, told.append)
    product = make.registered(by=make.producer())

    listing = _created(product, storage={"vi": "Để nơi khô."}, shelf_life_days=365)

    card = db.session.get_one(ProductCard, product.id)
    assert (listing.state, listing.summary, card.is_listed) == (
        ListingState.DRAFT,
        {"vi": "Chè ngon."},
        False,
    )
    services.publish_listing(listing, actor=_owner(product), now=make.NOW)
    assert (card.is_listed, card.price) == (True, Money(125_000))
    services.pause_listing(listing, actor=_owner(product), now=make.NOW)
    assert not card.is_listed
    assert [one.listing_id for one in told if one.product_id == product.id] == [listing.id] * 3
    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
    assert list(actions) == ["listing.created", "listing.published", "listing.paused"]


def test_a_listing_is_paused_only_while_it_is_on_sale(app: Flask) -> None:
    listing = _created(make.registered(by=make.producer()))

    with pytest.raises(IllegalMoveError):
        services.pause_listing(listing, actor=SYSTEM, now=make.NOW)


def test_a_product_has_one_listing(app: Flask) -> None:
    product = make.registered(by=make.producer())
    _created(product)

    with pytest.raises(services.ListingExistsError):
        _created(product)


def test_nobody_lists_the_product_of_another_or_of_nobody(app: Flask) -> None:
    product = make.registered(by=make.producer())
    foreign = _owner(make.registered(by=make.producer()))
    staff = make.actor(Role.PRODUCER_STAFF, Scope.producer(product.producer_id or 0))

    for actor in (foreign, staff, make.actor()):
        with pytest.raises(NotPermittedError):
            services.create_listing(_command(product), actor=actor, now=make.NOW)
    with pytest.raises(InvalidInputError):
        services.create_listing(_command(make.registered()), actor=SYSTEM, now=make.NOW)
    with pytest.raises(InvalidInputError):
        services.create_listing(
            replace(_command(product), product_id=10**6), actor=SYSTEM, now=make.NOW
        )


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("summary", {"summary": {"vi": " ", "en": "Good tea"}}),
        ("summary", {"summary": {"vi": "x" * 4_001}}),
        ("summary", {"summary": {"vi": "a\x00"}}),
        ("storage", {"storage": {"vi": "", "en": "Keep dry"}}),
        ("ingredients", {"ingredients": {"vi": "", "en": "Tea"}}),
        ("usage", {"usage": {"vi": "x" * 4_001}}),
        ("shelf_life_days", {"shelf_life_days": 0}),
        ("variants", {"variants": tuple(_variant() for _ in range(21))}),
        ("variants", {"variants": (_variant(variant_id=10**6),)}),
        ("price", {"variants": (_variant(price=Money(0)),)}),
        ("price", {"variants": (_variant(price=Money(-5)),)}),
        ("price", {"variants": (_variant(price=Money(2_000_000_001)),)}),
        ("net_quantity", {"variants": (_variant(net_quantity=0),)}),
        ("weight_grams", {"variants": (_variant(weight_grams=True),)}),
        ("label", {"variants": (_variant(label={"en": "bag"}),)}),
        ("sku", {"variants": (_variant(sku="x" * 41),)}),
    ],
)
def test_what_cannot_be_sold_is_refused_by_field(
    app: Flask, field: str, values: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        _created(make.registered(by=make.producer()), **values)

    assert refused.value.field == field


def test_another_s_article_number_is_refused(app: Flask) -> None:
    _created(make.registered(by=make.producer()), variants=(_variant(sku="TEA-1"),))

    with pytest.raises(InvalidInputError) as refused:
        _created(make.registered(by=make.producer()), variants=(_variant(sku="TEA-1"),))

    assert refused.value.field == "sku"


def test_a_size_that_is_left_out_is_kept_for_its_orders_and_not_sold(app: Flask) -> None:
    product = make.registered(by=make.producer())
    listing = _created(product, variants=(_variant(), _variant(price=Money(50_000))))
    services.publish_listing(listing, actor=SYSTEM, now=make.NOW)
    dear, cheap = listing.variants
    command = _command(
        product,
        variants=(_variant(variant_id=dear.id, price=Money(130_000), sku=dear.sku),),
        version=listing.version,
    )

    services.change_listing(listing, command, actor=_owner(product), now=make.NOW)

    assert [one.is_active for one in (dear, cheap)] == [True, False]
    assert db.session.get_one(ProductCard, product.id).price == Money(130_000)


def test_a_listing_on_sale_keeps_something_to_sell(app: Flask) -> None:
    product = make.registered(by=make.producer())
    empty = _created(product, variants=())

    with pytest.raises(services.NothingToSellError):
        services.publish_listing(empty, actor=SYSTEM, now=make.NOW)
    db.session.rollback()
    other = make.registered(by=make.producer())
    listing = _created(other)
    services.publish_listing(listing, actor=SYSTEM, now=make.NOW)
    with pytest.raises(services.NothingToSellError):
        services.change_listing(listing, _command(other, variants=()), actor=SYSTEM, now=make.NOW)


def test_who_read_an_older_version_is_told(app: Flask) -> None:
    with unit_of_work():
        product = make.registered(by=make.producer())
        listing = _created(product)
        read = listing.version
    with unit_of_work():
        command = _command(product, summary={"vi": "Mới"}, version=read)
        services.change_listing(listing, command, actor=SYSTEM, now=make.NOW)

    with pytest.raises(ConflictError), unit_of_work():
        services.change_listing(listing, command, actor=SYSTEM, now=make.NOW)


def test_a_listing_cannot_be_moved_to_another_product(app: Flask) -> None:
    producer = make.producer()
    listing = _created(make.registered(by=producer))

    with pytest.raises(InvalidInputError):
        services.change_listing(
            listing, _command(make.registered(by=producer)), actor=SYSTEM, now=make.NOW
        )
