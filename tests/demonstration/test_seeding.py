"""The demonstration is refused where people are real, and grows by made-up products."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.accounts.services import DemonstrationRefusedError
from app.demonstration import register, services, synthetic
from app.demonstration.files import FOLDER
from app.foundation.database import db
from app.foundation.outbox import MessageState, OutboxMessage, enqueue_all
from app.foundation.work import unit_of_work
from app.places.services import load_places
from app.programme.models import (
    RegisteredProduct,
)
from app.search.documents import SearchDocument
from app.search.finder import engine
from app.search.jobs import PRODUCT_CHANGED
from app.shop.catalogue import queries
from app.shop.catalogue.models import ProductCard, Variant
from app.shop.catalogue.services import refresh_card
from app.shop.stock.models import StockLevel
from tests.support import make

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import ColumnElement

    from app.foundation.database import Base


def quiet(share: float, what: str) -> None:
    assert 0 <= share <= 1
    assert what


def count(table: type[Base], *conditions: ColumnElement[bool]) -> int:
    """Count some rows of a table."""
    return db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def test_a_site_for_real_people_refuses_the_demonstration(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = dataclasses.replace(app.config["SETTINGS"], is_demonstration=False)
    monkeypatch.setitem(app.config, "SETTINGS", real)

    with pytest.raises(DemonstrationRefusedError):
        services.seed(now=make.NOW, tell=quiet)

    result = app.test_cli_runner().invoke(args=["seed", "demo"])
    assert result.exit_code == 1
    assert "real people" in result.output
    assert count(User) == 0


def test_an_index_that_another_database_left_is_built_anew(app: Flask) -> None:
    with unit_of_work():
        refresh_card(make.registered(by=make.producer()).id, now=make.NOW)
    engine().rebuild([SearchDocument(product_id=999, name_vi="Chè cổ")])  # one, and not ours
    with unit_of_work():
        enqueue_all([(PRODUCT_CHANGED, {"product_id": one}) for one in range(60)], now=make.NOW)
    before = engine().health().generation

    services.bring_index_up_to_date(now=make.NOW)

    assert engine().health().generation != before
    assert count(OutboxMessage, OutboxMessage.state == MessageState.PENDING) == 0


def test_the_accounts_are_listed_by_a_command(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["seed", "accounts"])

    assert result.exit_code == 0
    assert "operator@chophien.example" in result.output


def test_made_up_products_are_the_same_for_the_same_seed(app: Flask) -> None:
    prepare_made_up()

    first = synthetic.invent(range(50), 7)

    assert synthetic.invent(range(50), 7) == first
    assert synthetic.invent(range(20, 30), 7) == first[20:30]
    assert synthetic.invent(range(50), 8) != first


def test_made_up_products_have_cards_and_say_what_they_are(app: Flask) -> None:
    prepare_made_up()

    for size in (20, 50, 50):  # more of the same seed adds only what is missing
        with unit_of_work():
            synthetic.batch(0, size, 7, now=make.NOW)(quiet)

    assert count(RegisteredProduct) == 50
    assert count(RegisteredProduct, ~RegisteredProduct.is_illustrative) == 0
    assert 30 < count(Variant) <= 50
    assert queries.wrong_cards(make.TODAY) == []
    assert count(ProductCard, ProductCard.is_in_stock.is_(True)) == count(
        StockLevel, StockLevel.on_hand > 0
    )


def prepare_made_up() -> None:
    """Bring what made-up products refer to."""
    with unit_of_work():
        load_places(FOLDER / "places")
        register.load_categories()
