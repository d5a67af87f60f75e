from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.foundation import slots
from app.foundation.database import db
from app.foundation.outbox import OutboxMessage
from app.shop.catalogue.cli import refresh_stale_cards
from app.shop.catalogue.models import Listing, ListingState, ProductCard
from app.shop.catalogue.queries import cards_of, ids_by_name, public_variants, wrong_cards
from app.shop.catalogue.services import mark_availability, refresh_card, refresh_cards
from app.shop.catalogue.views import card_view
from tests.shop.catalogue.sale import card, on_sale
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    import pytest
    from flask import Flask

    from tests.support.browser import Browser


def _messages() -> int:
    return db.session.scalar(select(func.count()).select_from(OutboxMessage)) or 0


def test_a_card_says_what_its_product_and_its_listing_say(app: Flask) -> None:
    product = make.registered(by=make.producer())
    make.certificate(product, 5)
    make.recognition(product, 4, 2023)
    make.recognition(product, 3, 2020)
    listing = make.listing(product, dong=90_000)

    made = card(product)

    assert (made.certified_stars, made.recognised_stars, made.recognised_year) == (5, 4, 2023)
    assert (made.group_code, made.industry_code) == ("I.5", "I")
    assert (made.is_listed, made.variant_count, made.price.dong) == (True, 1, 90_000)  # type: ignore[union-attr]
    assert (made.photo_key, made.is_illustrative) == ("drawn/te/tea~640~332", True)
    assert made.variant_id == listing.variants[0].id


def test_a_card_shows_the_cheapest_variant_that_is_sold(app: Flask) -> None:
    product = make.registered(by=make.producer())
    listing = make.listing(product, dong=90_000)
    listing.variants[0].is_active = False

    assert not card(product).is_listed


def test_a_paused_listing_is_not_sold_and_shows_no_price(app: Flask) -> None:
    product = make.registered(by=make.producer())
    make.listing(product, state=ListingState.PAUSED)

    made = card(product)

    assert (made.is_listed, made.price, made.photo_key) == (False, None, None)


def test_writing_a_card_again_keeps_stock_and_counts_the_version_up(app: Flask) -> None:
    product = on_sale()
    before = _messages()
    version = card(product).version

    made = card(product)

    assert (made.is_in_stock, made.version) == (True, version + 1)
    assert _messages() == before + 2


def test_availability_changes_the_card_once(app: Flask) -> None:
    product = on_sale()
    made = card(product)
    listing_id = db.session.scalar(select(Listing.id)) or 0
    rank, before = made.rank, _messages()

    mark_availability(listing_id, is_in_stock=False, now=make.NOW)
    mark_availability(listing_id, is_in_stock=False, now=make.NOW)
    mark_availability(10**6, is_in_stock=False, now=make.NOW)

    assert not made.is_in_stock
    assert made.rank < rank
    assert _messages() == before + 1


def test_what_can_be_bought_comes_first_and_of_it_the_best_certified(app: Flask) -> None:
    register_only = make.registered("Chè ghi danh")
    make.certificate(register_only, 5)
    card(register_only)
    expected = [on_sale("Năm sao", stars=5), on_sale("Ba sao", stars=3), register_only]

    assert [row.product_id for row in cards_of()] == [one.id for one in expected]


def test_a_certificate_to_come_waits_on_the_card_for_its_day(app: Flask, browser: Browser) -> None:
    product = make.registered()
    make.certificate(product, 3, issued_on=make.TODAY - timedelta(days=2_000))
    make.certificate(product, 5, issued_on=make.TODAY + timedelta(days=1))
    made = card(product)

    with app.test_request_context("/en/"):
        today = card_view(made, lang="en", today=make.TODAY)
        tomorrow = card_view(made, lang="en", today=make.TODAY + timedelta(days=1))

    assert (today.stars, tomorrow.stars) == (None, 5)


def test_a_missing_or_altered_card_is_found(app: Flask) -> None:
    good, missing, priced, starred = (make.registered(by=make.producer()) for _ in range(4))
    for product in (good, priced, starred):
        make.listing(product)
        card(product)
    card(priced).slug = "other"
    altered = card(starred)
    altered.certified_stars = 5
    altered.certified_from = make.TODAY
    altered.certified_until = make.TODAY
    db.session.flush()

    assert wrong_cards(make.TODAY) == [missing.id, priced.id, starred.id]

    refresh_cards([missing.id, priced.id, starred.id], now=make.NOW)
    assert wrong_cards(make.TODAY) == []


def test_a_day_later_a_card_moves_to_where_it_belongs(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = on_sale(stars=None)
    make.certificate(product, 5, issued_on=make.TODAY - timedelta(days=1_095))
    make.certificate(product, 3)
    before = card(product).rank
    db.session.commit()
    monkeypatch.setattr("app.shop.catalogue.cli.now", lambda: make.NOW)
    assert refresh_stale_cards() == 0

    monkeypatch.setattr("app.shop.catalogue.cli.now", lambda: make.NOW + timedelta(days=1))
    result = app.test_cli_runner().invoke(args=["catalogue", "refresh-cards"])

    assert result.output == "1 cards written anew\n"
    made = db.session.get_one(ProductCard, product.id)
    assert (made.certified_stars, made.rank) == (3, before - 2_000)


def test_a_product_that_is_not_there_has_no_card(app: Flask) -> None:
    refresh_card(10**6, now=make.NOW)

    assert list(cards_of()) == []


def test_cards_are_listed_by_producer_and_place(app: Flask) -> None:
    product = on_sale()
    other = on_sale(by=make.producer(province_code="01", commune_code="00004"))

    def ids(**values: object) -> list[int]:
        return [row.product_id for row in cards_of(**values)]  # type: ignore[arg-type]

    assert ids(producer_id=product.producer_id) == [product.id]
    assert ids(province_code="01", commune_code="00004") == [other.id]
    assert sorted(ids(product_ids=[product.id, other.id])) == sorted([product.id, other.id])
    assert ids(product_ids=[]) == []


def test_variants_are_read_for_baskets_in_one_statement(app: Flask) -> None:
    product = on_sale(stars=None)
    make.certificate(product, 3)
    best = make.certificate(product, 5)
    make.certificate(product, 4, revoked_on=make.TODAY)
    variant_id = card(product).variant_id
    assert variant_id

    with counted_statements() as seen:
        found = public_variants([variant_id, 10**6], on=make.TODAY)

    assert len(seen) == 1
    assert list(found) == [variant_id]
    one = found[variant_id]
    assert (one.stars, one.certificate_serial, one.is_sellable) == (5, best.serial, True)
    later = public_variants([variant_id], on=make.TODAY + timedelta(days=5_000))[variant_id]
    assert (later.stars, later.certificate_serial) == (None, None)


def test_without_search_names_are_compared_word_by_word(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = on_sale("Đường thốt nốt", "Palm sugar")

    filled = {name: one for name, one in slots._filled.items() if name != "catalogue.search"}
    monkeypatch.setattr(slots, "_filled", filled)

    assert ids_by_name("thot DUONG") == (product.id,)
    assert ids_by_name("palm") == (product.id,)
    assert ids_by_name("palm tea") == ()
