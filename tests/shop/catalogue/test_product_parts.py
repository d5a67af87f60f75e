"""The parts of a product's page beyond its price: pictures, delivery, facts, origin, shelves, sharing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from app.foundation import slots
from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.money import Money
from app.shop.catalogue.models import Listing, ListingState, NetUnit, Photo, ProductCard, Variant
from app.shop.catalogue.supply import Supply
from app.shop.orders.models import Companion
from app.shop.orders.rates import estimate
from tests.shop.catalogue.sale import card, on_sale, path_of
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from app.programme.models import RegisteredProduct
    from app.web.fragments import Fragment
    from tests.support.browser import Browser, Page


def _open(browser: Browser, product: RegisteredProduct, query: str = "") -> Page:
    db.session.commit()
    return browser.open(path_of(product, browser.lang) + query)


def _second_size(listing: Listing, *, grams: int = 5_000) -> Variant:
    second = Variant(
        sku="SECOND",
        label=make.both("Thùng 5 kg", "5 kg box"),
        net_quantity=5_000,
        net_unit=NetUnit.GRAM,
        weight_grams=grams,
        price=Money(2_000_000),
        position=1,
    )
    listing.variants.append(second)
    db.session.flush()
    return second


def test_several_pictures_can_be_swiped_and_chosen_without_a_script(browser: Browser) -> None:
    product = on_sale()
    listing = db.session.query(Listing).one()
    listing.photos.append(
        Photo(key="drawn/00/honey~640~222", alt=make.both("Hũ", "A jar"), position=1)
    )

    page = _open(browser, product)

    slides = page.all("li", **{"class": "gallery__slide"})
    assert [one.get("id") for one in slides] == ["picture-1", "picture-2"]
    assert page.one("a", href="#picture-2") is not None
    assert "Illustration, not a photograph" in page


def test_one_picture_needs_no_thumbs(browser: Browser) -> None:
    product = on_sale()

    page = _open(browser, product)

    assert not page.all("a", href="#picture-1")


def test_each_size_tells_its_own_price_and_the_most_that_a_cart_takes(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = on_sale()
    listing = db.session.query(Listing).one()
    second = _second_size(listing)
    first = listing.variants[0]
    monkeypatch.setitem(
        slots._filled,
        "product.available",
        lambda _ids: {first.id: Supply(sent=3), second.id: Supply(sent=500)},
    )

    page = _open(browser, product)

    radios = page.all("input", name="variant_id")
    assert [one.get("data-most") for one in radios] == ["3", "99"]
    assert [one.get("data-stock") for one in radios] == ["Only 3 left", "In stock"]
    assert [str(one.get("data-unit-price")).split("\N{NO-BREAK SPACE}")[0] for one in radios] == [
        "625,000",
        "400,000",
    ]
    assert page.one("input", name="quantity").get("max") == "3"


def test_a_delivery_is_estimated_for_the_province_that_was_asked(browser: Browser) -> None:
    product = on_sale()  # of Tuyên Quang, a parcel of 250 g

    page = _open(browser, product, "?to=ha-noi")

    told = page.texts(data_testid="delivery-estimate")[0]
    assert "Hà Nội" in told
    assert "30,000" in told
    assert "26 Nov 2026" in told
    assert "27 Nov 2026" in told
    assert page.one("option", value="ha-noi").get("selected") is not None


def test_a_browser_keeps_the_province_that_it_asked_for(browser: Browser) -> None:
    product, other = on_sale(), on_sale("Mật ong", "Honey", set_code="04")
    _open(browser, product, "?to=lam-dong")

    page = _open(browser, other)

    assert "Lâm Đồng" in page.texts(data_testid="delivery-estimate")[0]


def test_a_province_that_is_none_is_not_kept_and_breaks_nothing(browser: Browser) -> None:
    product = on_sale()

    page = _open(browser, product, "?to=atlantis")

    assert not page.all(data_testid="delivery-estimate")
    assert browser.client.get_cookie("to") is None


def test_the_estimate_alone_follows_the_size(browser: Browser) -> None:
    product = on_sale()
    second = _second_size(db.session.query(Listing).one(), grams=5_000)
    db.session.commit()
    path = path_of(product) + "/delivery"

    small = browser.open(f"{path}?to=ha-noi")
    large = browser.open(f"{path}?to=ha-noi&variant_id={second.id}")

    assert "30,000" in small
    assert "62,000" in large  # 30,000 and eight further half kilograms of 4,000
    browser.open(f"{path}?to=atlantis", status=400)
    browser.open(f"{path}?to=ha-noi&variant_id=x", status=400)
    browser.open("/en/products/x-nothing/delivery?to=ha-noi", status=404)


def test_a_size_that_a_showroom_alone_has_is_not_sent(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = on_sale()
    variant = db.session.query(Variant).one()
    monkeypatch.setitem(
        slots._filled, "product.available", lambda _ids: {variant.id: Supply(collected=2)}
    )

    page = _open(browser, product, "?to=ha-noi")

    assert not page.all(data_testid="delivery-estimate")
    assert "This size is not sent" in page


def test_what_is_not_sold_is_not_sent(browser: Browser) -> None:
    product = on_sale()
    db.session.query(Listing).one().state = ListingState.PAUSED
    db.session.commit()

    browser.open(path_of(product) + "/delivery?to=ha-noi", status=404)

    assert not _open(browser, product).all("select", name="to")


def test_an_estimate_counts_days_from_the_day_that_is_asked() -> None:
    found = estimate("08", "79", 250, on=date(2026, 12, 30))

    assert (found.earliest, found.latest) == (date(2027, 1, 2), date(2027, 1, 4))


def test_facts_fall_back_to_vietnamese_and_say_so(browser: Browser) -> None:
    product = on_sale()
    listing = db.session.query(Listing).one()
    listing.ingredients = LocalizedText({"vi": "Búp chè."})
    listing.usage = make.both("Pha nước sôi.", "Brew with hot water.")
    listing.summary = LocalizedText({"vi": "Chè ngon."})

    page = _open(browser, product)

    assert "Brew with hot water." in page
    spans = [one for one in page.all("span", lang="vi") if "Búp chè." in "".join(one.itertext())]
    assert spans
    assert len(page.texts("span", **{"class": "fallback-note"})) == 2
    browser.lang = "vi"
    assert not _open(browser, product).all("span", **{"class": "fallback-note"})


def test_things_made_by_hand_have_a_material(browser: Browser) -> None:
    product = on_sale("Bình", "Vase", set_code="21")
    db.session.query(Listing).one().ingredients = make.both("Đất sét.", "Clay.")

    page = _open(browser, product)

    assert "Material" in page.texts("dt")
    assert "Ingredients" not in page.texts("dt")


def test_the_origin_leads_to_its_province_and_is_marked_on_the_whole_country(
    browser: Browser,
) -> None:
    product = on_sale()

    page = _open(browser, product)

    assert page.one("a", href="/en/products?province=tuyen-quang") is not None
    assert "vn34.svg#viet-nam" in page.response.get_data(as_text=True)
    assert "vn34.svg#tuyen-quang" in page.response.get_data(as_text=True)


def test_the_strip_of_the_producer_counts_its_products(browser: Browser) -> None:
    maker = make.producer("HTX Phìn Hồ")
    product = on_sale(by=maker)
    on_sale("Hồng trà", "Black tea", by=maker)
    card(make.registered("Chè vàng", by=maker))

    page = _open(browser, product)

    assert "3 products" in page


def test_showrooms_that_hold_it_now_stand_beside_the_delivery(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = on_sale()

    class Link:
        icon, url, label, is_pick_up = "store", "/en/showrooms/x", "On the shelf now: X", True

    monkeypatch.setitem(slots._filled, "product.beside", lambda *_values: [Link])

    page = _open(browser, product)

    assert "Collect it yourself" in page
    assert not page.all("h2", id="beside")


def test_what_was_bought_together_stands_before_what_is_related(browser: Browser) -> None:
    product = on_sale()
    honey = on_sale("Mật ong", "Honey", set_code="04", by=make.producer(province_code="01"))
    vase = on_sale("Bình", "Vase", set_code="21", by=make.producer(province_code="01"))
    tea = on_sale("Chè xanh", "Green tea")
    unsold = make.registered("Ấm", "Pot", set_code="21", province_code="01")
    card(unsold)
    for other, orders in ((honey, 2), (vase, 5), (unsold, 9)):
        make.add(Companion(product_id=product.id, other_id=other.id, orders=orders))

    page = _open(browser, product)

    ids = [one.get("data-product-id") for one in page.all(data_testid="product-card")]
    assert ids == [vase.public_id, honey.public_id, tea.public_id]
    assert page.texts("h2", id="together") == ["Often bought together"]


def test_a_companion_is_not_listed_twice(browser: Browser) -> None:
    product, tea = on_sale(), on_sale("Chè xanh", "Green tea")
    make.add(Companion(product_id=product.id, other_id=tea.id, orders=2))

    page = _open(browser, product)

    ids = [one.get("data-product-id") for one in page.all(data_testid="product-card")]
    assert ids == [tea.public_id]


def test_products_seen_before_are_drawn_in_their_order(browser: Browser) -> None:
    first, second = on_sale(), on_sale("Mật ong", "Honey", set_code="04")
    db.session.commit()

    page = browser.open(f"/en/products/seen?ids={second.public_id},nothing,{first.public_id}")

    ids = [one.get("data-product-id") for one in page.all(data_testid="product-card")]
    assert ids == [second.public_id, first.public_id]


@pytest.mark.parametrize("ids", [",".join("abcdefghijklm"), "a b", "../x", "%00", "a" * 13, "Ă"])
def test_what_cannot_have_been_seen_is_refused(browser: Browser, ids: str) -> None:
    browser.open(f"/en/products/seen?ids={ids}", status=400)


def test_nobody_who_saw_nothing_is_told_anything(browser: Browser) -> None:
    assert not browser.open("/en/products/seen?ids=").all(data_testid="product-card")


def test_a_rating_leads_to_the_voices(browser: Browser) -> None:
    product = on_sale()
    found = db.session.get_one(ProductCard, product.id)
    found.rating_count, found.rating_total = 4, 19

    page = _open(browser, product)

    assert "4.8" in page.texts(data_testid="rating")[0]
    assert page.texts("a", href="#voices") == ["4 reviews"]


def test_a_page_can_be_shared_without_a_script(browser: Browser) -> None:
    product = on_sale()

    page = _open(browser, product)

    links = [str(one.get("href")) for one in page.all("a")]
    address = "http%3A%2F%2Flocalhost%2Fen%2Fproducts%2F" + product.slug
    assert any(one.startswith("mailto:?") and address in one for one in links)
    assert any(one.startswith("https://www.facebook.com/") and address in one for one in links)


def test_upper_modules_add_their_parts(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    product = on_sale()
    asked: list[Any] = []

    def voices(*values: Any) -> list[Fragment]:
        asked.append(values)
        return []

    monkeypatch.setitem(slots._filled, "product.voices", voices)
    monkeypatch.setitem(slots._filled, "product.wish", voices)

    _open(browser, product)

    assert asked == [(product.id,), (product.id, "en")]


def test_a_full_page_asks_little_of_the_database(browser: Browser) -> None:
    product, other = on_sale(), on_sale("Mật ong", "Honey", set_code="04")
    for number in range(3):
        make.lot(db.session.query(Listing).filter_by(product_id=product.id).one(), f"LOT-{number}")
    make.add(Companion(product_id=product.id, other_id=other.id, orders=2))
    _open(browser, product)
    db.session.remove()

    with counted_statements() as seen:
        browser.open(path_of(product) + "?to=ha-noi")

    assert len(seen) <= 5  # one is left for the voices
