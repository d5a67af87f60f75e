"""Lots: the code on a label leads to the way of the goods."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from app.foundation.database import db
from app.shop.catalogue.models import Listing, ListingState
from tests.shop.catalogue.sale import on_sale, path_of
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from app.shop.catalogue.models import Lot
    from tests.support.browser import Browser


def _lot(code: str = "LO-2611-01", **values: object) -> Lot:
    on_sale()
    made = make.lot(db.session.query(Listing).one(), code, **values)
    db.session.commit()
    return made


def test_a_lot_shows_its_product_and_its_way(browser: Browser) -> None:
    _lot()

    page = browser.open("/en/lots/LO-2611-01")

    assert page.texts("h1") == ["Lot LO-2611-01"]
    assert "Shan snow tea" in page
    assert page.all(data_testid="star-badge")
    assert page.texts("p", **{"class": "timeline__title"}) == ["Plucked", "Đóng gói"]
    assert page.one("p", lang="vi") is not None
    assert "3 Nov 2026" in page
    assert "past its best-before" not in page


def test_a_lot_past_its_date_says_so(browser: Browser) -> None:
    _lot(made_on=make.TODAY - timedelta(days=90), best_before=make.TODAY - timedelta(days=1))

    page = browser.open("/en/lots/LO-2611-01")

    assert "This lot is past its best-before date." in page


def test_a_lot_can_be_traced_when_its_product_is_no_longer_sold(browser: Browser) -> None:
    _lot()
    db.session.query(Listing).one().state = ListingState.PAUSED
    db.session.commit()

    browser.open("/en/lots/LO-2611-01")


def test_a_made_up_lot_says_that_it_is(browser: Browser) -> None:
    _lot(is_illustrative=True)

    assert browser.open("/en/lots/LO-2611-01").all(data_testid="illustrative")


@pytest.mark.parametrize("code", ["LO-0000-00", "x", "%3Cscript%3E", "a" * 300])
def test_a_code_that_nobody_knows_gets_help(browser: Browser, code: str) -> None:
    _lot()

    page = browser.open(f"/en/lots/{code}", status=404)

    assert page.texts("h1") == ["No lot has this code"]
    assert page.one("input", name="code") is not None


def test_a_code_may_be_typed_carelessly(browser: Browser) -> None:
    _lot()

    asked = browser.open("/en/lots?code=lo-2611-01%20", status=302)
    straight = browser.open("/en/lots/lo-2611-01", status=301)

    assert asked.location == straight.location == "/en/lots/LO-2611-01"
    assert browser.open("/en/lots").texts("h1") == ["Trace a lot"]
    browser.open(f"/en/lots?code={'a' * 61}", status=400)


def test_the_newest_lots_stand_on_the_page_of_their_product(browser: Browser) -> None:
    product = on_sale()
    listing = db.session.query(Listing).one()
    for day in range(4):
        make.lot(listing, f"LOT-{day}", made_on=make.TODAY - timedelta(days=day))
    db.session.commit()

    page = browser.open(path_of(product))

    links = [one for one in page.all("a") if "/lots/" in str(one.get("href"))]
    assert [one.text for one in links] == ["LOT-0", "LOT-1"]


@pytest.mark.usefixtures("app")
def test_two_lots_never_share_a_code() -> None:
    _lot("SAME")
    with pytest.raises(IntegrityError):
        make.lot(db.session.query(Listing).one(), "SAME")


def test_a_lot_is_read_with_one_statement(browser: Browser) -> None:
    _lot()
    browser.open("/en/lots/LO-2611-01")
    db.session.remove()

    with counted_statements() as seen:
        browser.open("/en/lots/LO-2611-01")

    assert len(seen) <= 1
