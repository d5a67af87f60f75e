"""Producers put goods on offer, in two languages, and nothing that they typed is lost."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.foundation.database import db
from app.foundation.outbox import OutboxMessage
from app.programme.models import RegisteredProduct
from app.shop.catalogue.models import Listing, ListingState, ProductCard
from app.shop.catalogue.services import refresh_card
from app.shop.stock.models import StockLevel
from tests.shop.desk import making
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from app.programme.models import RegisteredProduct as Product
    from app.vendors.models import Producer
    from tests.support.browser import Browser


@pytest.fixture
def producer(browser: Browser) -> Producer:
    """A producer whose owner is signed in."""
    made = make.producer()
    person = making.owner(made)
    db.session.commit()
    browser.sign_in(person)
    return made


def offered(producer: Producer, name: str = "Chè Shan", **values: Any) -> Product:
    """A registered product on sale."""
    product = make.registered(name, name, by=producer)
    make.listing(product, **values)
    refresh_card(product.id, now=make.NOW)
    return product


def listing_of(product_id: int) -> Listing:
    db.session.rollback()
    return db.session.scalars(select(Listing).where(Listing.product_id == product_id)).one()


def test_a_product_with_a_photo_is_registered_offered_and_sold_from_one_page(
    browser: Browser, producer: Producer
) -> None:
    browser.get("desk.new_product")

    sent = browser.post(
        "desk.add_product",
        making.product(
            photo=(io.BytesIO(making.png()), "mang.png"),
            alt_vi="Túi măng khô",
            alt_en="A bag of dried bamboo shoots",
            **making.size(2, label_vi="Gói 1 kg", label_en="1 kg bag", price="350000"),
        ),
    )

    page = browser.follow(sent)
    assert "On sale" in page
    db.session.rollback()
    product = db.session.scalars(select(RegisteredProduct)).one()
    card = db.session.get(ProductCard, product.id)
    listing = listing_of(product.id)
    assert product.name == {"vi": "Măng khô Hà Giang", "en": "Dried bamboo shoots"}
    assert product.commune_code == "00706"
    assert card is not None
    assert (card.is_listed, card.is_in_stock, card.variant_count) == (True, True, 2)
    assert card.photo_key == listing.photos[0].key
    assert listing.ingredients == {"vi": "Măng", "en": "Bamboo shoots"}
    assert listing.usage == {"vi": "Ngâm nước rồi luộc", "en": "Soak, then boil"}
    kept = page.form_values(action=browser.url("desk.save_product", public_id=product.public_id))
    assert (kept["ingredients_en"], kept["usage_vi"]) == ("Bamboo shoots", "Ngâm nước rồi luộc")
    assert card.certified_stars is None
    topics = db.session.execute(select(OutboxMessage.topic, OutboxMessage.payload)).all()
    assert ("search.product_changed", {"product_id": product.id}) in [tuple(row) for row in topics]
    assert [level.on_hand for level in db.session.scalars(select(StockLevel))] == [12, 12]


@pytest.mark.parametrize(
    "price",
    ["abc", "1.5", "-1", str(10**12), "9999999999", "١٢٥٠٠٠", "0", "", "1" * 20_000, "12\x005"],
)
def test_an_impossible_price_keeps_what_was_typed(
    browser: Browser, producer: Producer, price: str
) -> None:
    browser.get("desk.new_product")

    page = browser.post("desk.add_product", making.product(**making.size(price=price)), status=400)

    values = page.form_values(action=browser.url("desk.add_product", producer=producer.slug))
    assert values["name_vi"] == "Măng khô Hà Giang"
    assert values["size_1-price"] == price.replace("\x00", "")
    assert values["size_1-label_en"] == "500 g bag"
    assert values["set_code"] == "11"
    assert page.one(id="error-summary") is not None
    assert db.session.scalars(select(RegisteredProduct)).all() == []


@pytest.mark.parametrize("words", ["a\x00b", "đ" * 5_000, "", "   "])
def test_a_description_that_cannot_be_keeps_the_rest(
    browser: Browser, producer: Producer, words: str
) -> None:
    product = make.registered(by=producer)
    db.session.commit()
    browser.get("desk.product", public_id=product.public_id)

    page = browser.post(
        "desk.save_product",
        making.offer(summary_vi=words),
        public_id=product.public_id,
        status=400,
    )

    values = page.form_values(action=browser.url("desk.save_product", public_id=product.public_id))
    assert values["summary_en"] == "Sun-dried bamboo shoots."
    assert values["summary_vi"] == words.replace("\x00", "").strip()


def test_a_text_file_that_calls_itself_a_picture_is_refused(
    browser: Browser, producer: Producer
) -> None:
    browser.get("desk.new_product")

    page = browser.post(
        "desk.add_product",
        making.product(photo=(io.BytesIO(b"no picture at all"), "mang.jpg"), alt_vi="Măng"),
        status=400,
    )

    assert "Choose the photo again: a page cannot keep a file." in page
    assert "This file is not a picture that we can read." in page
    assert page.one(id="photo-error") is not None
    assert db.session.scalars(select(Listing)).all() == []


def test_another_size_is_asked_for_without_losing_anything(
    browser: Browser, producer: Producer
) -> None:
    page = browser.get("desk.new_product")
    assert page.all(name="size_2-price") == []

    page = browser.post("desk.add_product", making.product(action="row"), status=200)

    assert page.one(name="size_2-price").get("value") == ""
    assert page.one(name="name_vi").get("value") == "Măng khô Hà Giang"
    assert db.session.scalars(select(RegisteredProduct)).all() == []


def test_a_draft_is_seen_by_nobody_else(browser: Browser, producer: Producer) -> None:
    product = make.registered(by=producer)
    db.session.commit()
    browser.get("desk.product", public_id=product.public_id)

    sent = browser.post(
        "desk.save_product", making.offer(action="save"), public_id=product.public_id
    )

    assert "Draft" in browser.follow(sent)
    db.session.rollback()
    card = db.session.get(ProductCard, product.id)
    assert card is not None
    assert not card.is_listed


def test_the_same_product_is_not_registered_twice(browser: Browser, producer: Producer) -> None:
    browser.get("desk.new_product")
    browser.post("desk.add_product", making.product())

    page = browser.post("desk.add_product", making.product(), status=409)

    assert "You have registered a product of this name already." in page


def test_a_change_in_between_is_shown_and_saving_again_wins(
    browser: Browser, producer: Producer
) -> None:
    product = offered(producer)
    db.session.commit()
    page = browser.get("desk.product", public_id=product.public_id)
    action = browser.url("desk.save_product", public_id=product.public_id)
    mine = page.form_values(action=action) | {"summary_en": "My words", "action": "save"}
    theirs = mine | {"summary_en": "Their words", "size_1-price": "99000"}
    browser.send(action, theirs)

    page = browser.send(action, mine, status=409)

    assert "Somebody has changed this product in the meantime." in page
    assert "Description, in English: Their words" in page
    assert "Price in đồng: 99000" in page
    kept = page.form_values(action=action)
    assert kept["summary_en"] == "My words"
    browser.send(action, kept | {"action": "save"})
    listing = listing_of(product.id)
    assert listing.summary["en"] == "My words"
    assert listing.variants[0].price.dong == 125_000


def test_goods_of_another_producer_do_not_exist(browser: Browser, producer: Producer) -> None:
    other = make.producer("HTX Khác")
    product = offered(other)
    db.session.commit()
    browser.get("desk.new_product")
    photo = listing_of(product.id).photos[0].id

    for endpoint, values in (
        ("desk.save_product", {}),
        ("desk.count", {}),
        ("desk.change_state", {"wanted": "pause"}),
        ("desk.drop_photo", {"photo_id": photo}),
    ):
        browser.post(endpoint, making.offer(), public_id=product.public_id, status=404, **values)
    browser.get("desk.product", public_id=product.public_id, status=404)
    browser.get("desk.products", producer=other.slug, status=404)
    browser.get("desk.home", producer=other.slug, status=404)

    assert listing_of(product.id).state is ListingState.PUBLISHED


def test_packers_may_not_change_goods(browser: Browser, producer: Producer) -> None:
    browser.sign_in(making.staff(producer))
    db.session.commit()

    browser.get("desk.home")
    browser.get("desk.products", status=403)
    browser.get("desk.new_product", status=403)


def test_stock_is_counted_in_the_list_but_never_below_what_is_promised(
    browser: Browser, producer: Producer
) -> None:
    product = offered(producer, stock=10)
    level = db.session.scalars(select(StockLevel)).one()
    level.reserved = 4
    db.session.commit()
    variant = str(level.variant_id)
    browser.get("desk.products")

    browser.post("desk.count", {"variant": variant, "on_hand": "7"}, public_id=product.public_id)
    page = browser.post(
        "desk.count",
        {"variant": variant, "on_hand": "3"},
        public_id=product.public_id,
        status=409,
    )
    browser.post(
        "desk.count",
        {"variant": variant, "on_hand": "3\x00"},
        public_id=product.public_id,
        status=400,
    )

    assert "4 are promised to orders; the shelf cannot hold fewer." in page
    assert page.one(name="on_hand").get("value") == "3"
    db.session.rollback()
    assert db.session.scalars(select(StockLevel)).one().on_hand == 7


def test_an_offer_is_paused_and_its_photo_removed(browser: Browser, producer: Producer) -> None:
    product = offered(producer)
    db.session.commit()
    browser.get("desk.product", public_id=product.public_id)
    photo = listing_of(product.id).photos[0].id

    browser.post("desk.change_state", public_id=product.public_id, wanted="pause")
    browser.post("desk.drop_photo", public_id=product.public_id, photo_id=photo)

    listing = listing_of(product.id)
    assert listing.state is ListingState.PAUSED
    assert listing.photos == []
    browser.post("desk.drop_photo", public_id=product.public_id, photo_id=photo, status=404)


def test_an_emptied_size_is_no_longer_sold_and_unseen_ones_stay(
    browser: Browser, producer: Producer
) -> None:
    product = make.registered(by=producer)
    db.session.commit()
    browser.get("desk.product", public_id=product.public_id)
    action = browser.url("desk.save_product", public_id=product.public_id)
    sizes: dict[str, str] = {}
    for number in range(1, 6):
        sizes |= making.size(number, label_vi=f"Gói {number}")
    browser.send(action, making.offer(**sizes))
    page = browser.get("desk.product", public_id=product.public_id)
    typed = page.form_values(action=action)

    emptied = {name: "" for name in making.size(2) if not name.endswith("net_unit")}
    browser.send(action, typed | emptied | {"action": "save"})

    labels = [one.label["vi"] for one in listing_of(product.id).variants if one.is_active]
    assert labels == ["Gói 1", "Gói 3", "Gói 4", "Gói 5"]


def test_goods_are_counted_and_listed_by_how_they_stand(
    browser: Browser, producer: Producer
) -> None:
    offered(producer, "Chè có", stock=5)
    offered(producer, "Chè hết", stock=0)
    offered(producer, "Chè nháp", state=ListingState.DRAFT)
    offered(producer, "Chè nghỉ", state=ListingState.PAUSED)
    make.registered("Chè mới", "Chè mới", by=producer)
    make.registered("Chè người khác", "Chè người khác", by=make.producer())
    db.session.commit()

    page = browser.get("desk.home")

    assert page.texts(class_="stat")[6:] == [
        "On sale 2",
        "Out of stock 1",
        "Drafts 1",
        "Not listed yet 1",
    ]
    for show, names in (
        ("all", {"Chè có", "Chè hết", "Chè nháp", "Chè nghỉ", "Chè mới"}),
        ("published", {"Chè có", "Chè hết"}),
        ("out_of_stock", {"Chè hết"}),
        ("draft", {"Chè nháp"}),
        ("paused", {"Chè nghỉ"}),
        ("unlisted", {"Chè mới"}),
    ):
        assert set(browser.get("desk.products", show=show).texts("h2")) == names
    browser.get("desk.products", show="stolen", status=400)


def test_the_list_asks_the_database_the_same_however_long_it_is(
    browser: Browser, producer: Producer
) -> None:
    offered(producer, "Chè 1")
    db.session.commit()
    browser.get("desk.products")
    with counted_statements() as few:
        browser.get("desk.products")
    for number in range(2, 10):
        offered(producer, f"Chè {number}")
    db.session.commit()

    with counted_statements() as many:
        browser.get("desk.products")

    assert len(many) == len(few)
