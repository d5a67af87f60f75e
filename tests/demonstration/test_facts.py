"""The demonstration is loaded once, counts what its sources count, and shows no star of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.accounts.models import User
from app.demonstration import services
from app.demonstration.files import public_id, rows
from app.foundation.database import db
from app.foundation.outbox import MessageState, OutboxMessage
from app.places.models import Commune, Province
from app.programme.models import (
    Authority,
    Category,
    CategoryLevel,
    Certificate,
    Recognition,
    RegisteredProduct,
)
from app.search.finder import engine
from app.shop.catalogue import cards, queries
from app.shop.catalogue.models import Listing, ProductCard
from app.shop.stock.models import PlaceKind, StockLevel, StockMovement, StockPlace
from app.showrooms.models import Showroom
from app.villages.models import Village
from tests.support import make

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import ColumnElement

    from app.foundation.database import Base


def quiet(share: float, what: str) -> None:
    assert 0 <= share <= 1
    assert what


def counts() -> dict[str, int]:
    """Count the rows of every table."""
    db.session.rollback()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }


def count(table: type[Base], *conditions: ColumnElement[bool]) -> int:
    """Count some rows of a table."""
    return db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def test_the_demonstration_holds_what_its_sources_say(seeded: Flask) -> None:
    assert count(Province) == 34
    assert count(Commune) == 3_321
    assert count(Category, Category.level == CategoryLevel.SET) == 26
    assert count(RegisteredProduct) == 408
    assert count(RegisteredProduct, RegisteredProduct.producer_id.is_(None)) == 36
    assert count(Recognition, Recognition.source_url != "") == 408
    assert count(Village) == 36
    assert count(Showroom) == 27
    assert services.is_seeded()
    assert queries.wrong_cards(make.TODAY) == []


def test_a_second_run_changes_nothing(seeded: Flask) -> None:
    services.seed(now=make.NOW, tell=quiet)
    before = counts()

    assert counts() == before


def test_only_the_demonstration_authority_issues_certificates(seeded: Flask) -> None:
    real = select(Certificate.id).join(Authority).where(~Authority.is_demonstration)
    assert count(Certificate) > 100
    assert db.session.scalars(real).all() == []
    assert count(Certificate, ~Certificate.is_demonstration) == 0
    assert count(Listing, ~Listing.is_illustrative) == 0


def test_a_product_whose_certificate_has_expired_shows_no_star(seeded: Flask) -> None:
    services.seed(now=make.NOW, tell=quiet)
    expired = [
        public_id(said["key"])
        for said in rows("products")
        if said["certified"] and said["certified"]["expires_on"] < make.TODAY.isoformat()
    ]

    shown = db.session.execute(
        select(*ProductCard.__table__.columns).where(ProductCard.public_id.in_(expired))
    ).mappings()

    stars = [
        (
            card["recognised_stars"],
            cards.stars_on({str(name): value for name, value in card.items()}, make.TODAY),
        )
        for card in shown
    ]
    assert len(stars) == len(expired) > 0
    assert {today for _, today in stars} == {None}


def test_shelves_hold_what_their_movements_say(seeded: Flask) -> None:
    moved = (
        select(func.coalesce(func.sum(StockMovement.quantity), 0))
        .where(StockMovement.level_id == StockLevel.id)
        .scalar_subquery()
    )
    at_showrooms = count(
        StockLevel,
        StockLevel.place_id.in_(select(StockPlace.id).where(StockPlace.kind == PlaceKind.SHOWROOM)),
    )
    assert count(StockLevel, StockLevel.on_hand != moved) == 0
    assert at_showrooms > 300


def test_each_account_may_open_its_desk(seeded: Flask) -> None:
    held = {
        user.email: {membership.role.value for membership in user.memberships}
        for user in db.session.scalars(select(User).where(User.is_demonstration))
    }
    told = {line.email: line.password for line in services.demonstration_accounts()}
    assert set(held) == set(told)
    assert set(told.values()) == {"ocop-demo"}
    assert held["shopper@chophien.example"] == set()
    assert held["producer@chophien.example"] == {"producer_owner"}
    assert count(Village, Village.host_email == "host@chophien.example") == 1


def test_the_search_index_is_built_with_the_data(seeded: Flask) -> None:
    assert engine().health().documents == 408
    assert count(OutboxMessage, OutboxMessage.state == MessageState.PENDING) == 0
