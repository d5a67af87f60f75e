from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from app.foundation import slots
from app.foundation.database import db
from app.foundation.money import Money
from app.shop.catalogue.models import Listing, ListingState, NetUnit, Variant
from app.shop.catalogue.offers import unit_price
from app.shop.catalogue.supply import Supply
from tests.shop.catalogue.sale import card, on_sale, path_of
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from app.programme.models import RegisteredProduct
    from tests.support.browser import Browser, Page


def _open(browser: Browser, product: RegisteredProduct) -> Page:
    db.session.commit()
    return browser.open(path_of(product, browser.lang))


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The slots of this test alone."""
    made = dict(slots._filled)
    made.pop("product.available", None)
    made.pop("product.beside", None)
    monkeypatch.setattr(slots, "_filled", made)
    return made


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_certified_product_on_sale_shows_all_that_a_shopper_asks(
    browser: Browser, lang: str, filled: dict[str, Any]
) -> None:
    browser.lang = lang
    product = on_sale(printed_origin="xã Phương Thiện, Hà Giang")
    listing = db.session.query(Listing).one()
    listing.storage = make.both("Để nơi khô.", "Keep dry.")
    listing.shelf_life_days = 365

    page = _open(browser, product)

    assert page.texts("h1") == [product.name[lang]]
    assert product.name["en" if lang == "vi" else "vi"] in page
    assert page.one(data_testid="certificate-panel") is not None
    assert page.one(data_testid="star-badge").get("data-stars") == "4"
    assert "Hà Giang 1" in page
    assert "Phương Thiện" in page
    assert {"vi": "Để nơi khô.", "en": "Keep dry."}[lang] in page
    price = page.one(data_testid="product-price")
    assert "125" in "".join(price.itertext())
    assert "625" in page.texts(data_testid="unit-price")[0]  # 125.000 ₫ for 200 g
    form = page.form_values(action=browser.url("basket.add"))
    assert form["quantity"] == "1"
    assert form["variant_id"].isdigit()
    assert page.one("button", data_testid="add-to-cart") is not None


def test_another_name_in_the_address_leads_to_the_right_one(browser: Browser) -> None:
    product = on_sale()
    db.session.commit()

    moved = browser.open(f"/en/products/old-name-{product.public_id}", status=301)

    assert moved.location == path_of(product)
    browser.open("/en/products/che-nothing", status=404)
    browser.open("/en/products/che", status=404)


def test_a_product_without_a_listing_is_not_sold_yet(browser: Browser) -> None:
    product = make.registered(by=make.producer("HTX Phìn Hồ"))
    card(product)

    page = _open(browser, product)

    assert page.all(data_testid="not-sold")
    assert "HTX Phìn Hồ" in page
    assert not page.all("form", action=browser.url("basket.add"))


def test_a_product_without_a_known_producer_says_so(browser: Browser) -> None:
    product = make.registered()
    card(product)

    page = _open(browser, product)

    assert "Not known from the source" in page
    assert page.all(data_testid="not-sold")


def test_a_paused_listing_is_not_sold(browser: Browser) -> None:
    product = on_sale()
    db.session.query(Listing).one().state = ListingState.PAUSED

    assert _open(browser, product).all(data_testid="not-sold")


def test_an_earlier_recognition_is_told_without_a_badge(browser: Browser) -> None:
    product = make.registered()
    make.recognition(product, 4, 2023)
    make.recognition(product, None, None).source_url = "javascript:alert(1)"
    card(product)

    page = _open(browser, product)

    assert "Recognised in 2023 with 4 stars" in page
    assert page.one("a", href="https://example.test/source") is not None
    assert "Recognised, year not known" in page
    assert not [one for one in page.all("a") if "javascript" in str(one.get("href"))]
    assert not page.all(data_testid="star-badge")
    assert not page.all(data_testid="certificate-panel")


def test_an_expired_certificate_is_said_to_be_expired(browser: Browser) -> None:
    product = on_sale(stars=None)
    make.certificate(product, issued_on=make.TODAY - timedelta(days=1_096))
    card(product)

    page = _open(browser, product)

    assert page.all(data_testid="certificate-expired")
    assert not page.all(data_testid="certificate-panel")
    assert not page.all(data_testid="star-badge")


def test_a_revoked_certificate_gives_nothing(browser: Browser) -> None:
    product = on_sale(stars=None)
    make.certificate(product, revoked_on=make.TODAY, revocation_grounds="x")
    card(product)

    page = _open(browser, product)

    assert not page.all(data_testid="certificate-panel")
    assert not page.all(data_testid="star-badge")


def test_stock_is_told_only_when_little_is_left(browser: Browser, filled: dict[str, Any]) -> None:
    product = on_sale()
    listing = db.session.query(Listing).one()
    listing.variants.append(
        Variant(
            sku="SECOND",
            label=make.both("Hộp", "Box"),
            net_quantity=1,
            net_unit=NetUnit.PIECE,
            weight_grams=10,
            price=Money(1_000),
            position=1,
        )
    )
    db.session.flush()
    first, second = (one.id for one in listing.variants)
    filled["product.available"] = lambda _ids: {first: Supply(sent=3), second: Supply()}

    page = _open(browser, product)

    assert "Only 3 left" in page
    radios = page.all("input", name="variant_id")
    assert [one.get("disabled") is None for one in radios] == [True, False]
    filled["product.available"] = lambda _ids: {first: Supply(sent=80)}
    assert "left" not in _open(browser, product).one("fieldset").itertext()
    filled["product.available"] = lambda _ids: {}
    sold_out = _open(browser, product)
    assert sold_out.all(data_testid="out-of-stock")
    assert not sold_out.all("button", data_testid="add-to-cart")


def test_related_products_are_of_the_same_set_then_of_the_same_province(browser: Browser) -> None:
    product = on_sale()
    neighbour = on_sale("Mật ong", "Honey", set_code="04", stars=5)
    same = on_sale("Chè xanh", "Green tea", by=make.producer(province_code="01"), stars=3)
    on_sale("Bình", "Vase", set_code="21", by=make.producer(province_code="68"))

    page = _open(browser, product)

    ids = [one.get("data-product-id") for one in page.all(data_testid="product-card")]
    assert ids == [same.public_id, neighbour.public_id]


class _Link(NamedTuple):
    label: str
    url: str
    icon: str


def test_villages_and_showrooms_near_it_are_linked(
    browser: Browser, filled: dict[str, Any]
) -> None:
    product = on_sale()
    asked: list[Any] = []

    def beside(*values: Any) -> list[_Link]:
        asked.append(values)
        return [_Link("Làng Lô Lô Chải", "/en/villages/lo-lo-chai", "tent-tree")]

    filled["product.beside"] = beside

    page = _open(browser, product)

    assert asked == [(product.id, "08", "00706", "en")]
    assert page.one("a", href="/en/villages/lo-lo-chai") is not None


@pytest.mark.parametrize(
    ("dong", "quantity", "unit", "expected"),
    [
        (125_000, 200, NetUnit.GRAM, 625_000),
        (10_000, 300, NetUnit.MILLILITRE, 33_333),
        (10_000, 150, NetUnit.GRAM, 66_667),
        (10_000, 1, NetUnit.PIECE, None),
    ],
)
def test_the_price_of_a_kilogram_or_litre_is_rounded_to_the_dong(
    dong: int, quantity: int, unit: NetUnit, expected: int | None
) -> None:
    variant = Variant(price=Money(dong), net_quantity=quantity, net_unit=unit)

    found = unit_price(variant)

    assert (found and found.dong) == expected


def test_a_product_page_asks_little_of_the_database(browser: Browser) -> None:
    product = on_sale(stars=5)
    make.certificate(product, 3)
    make.recognition(product)
    make.recognition(product, 3, 2020)
    for number in range(6):
        on_sale(f"Chè {number}")
    path = path_of(product)
    _open(browser, product)
    db.session.remove()

    with counted_statements() as seen:
        browser.open(path)

    assert len(seen) <= 6
