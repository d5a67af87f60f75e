"""What is kept stays kept: by a cookie or an account, each product once, and never somebody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, func, select

from app.accounts.security.passwords import hash_of
from app.foundation.database import db
from app.foundation.money import Money
from app.foundation.work import unit_of_work
from app.shop.catalogue.models import Listing, ListingState
from app.shop.catalogue.services import mark_availability
from app.shop.saved import jobs, services
from app.shop.saved.models import WishItem, WishList
from tests.shop.catalogue.sale import on_sale
from tests.shop.orders.test_races import together
from tests.support import make
from tests.support.browser import PASSWORD, Browser
from tests.support.buying import show_card
from tests.support.make import NOW
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from flask import Flask

    from app.accounts.models import User
    from app.programme.models import RegisteredProduct
    from tests.support.browser import Page


def goods(name: str = "Chè Shan tuyết", *, dong: int = 125_000) -> RegisteredProduct:
    """A product on sale."""
    db.session.rollback()  # what was read before may be old by now
    product = on_sale(name, stars=None, dong=dong)
    db.session.commit()
    return product


def member(email: str = "lan@example.test") -> User:
    """Somebody with an account."""
    db.session.rollback()
    made = make.user(email=email, password=hash_of(PASSWORD))
    db.session.commit()
    return made


def keep(browser: Browser, product: RegisteredProduct, how: str = "add", **more: str) -> Page:
    """Press a heart."""
    return browser.post(f"saved.{how}", {"product_id": product.public_id} | more)


def kept(page: Page) -> list[str]:
    """The products on a wish list, by their public ids."""
    return [one.get("data-product-id", "") for one in page.all("article", data_testid="wish-line")]


def rows() -> int:
    """How many products are on lists altogether."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(WishItem)) or 0


def token_of(browser: Browser) -> str:
    """The token in a browser's cookie."""
    cookie = browser.client.get_cookie("wishes")
    return cookie.value if cookie else ""


def ask_json(browser: Browser, how: str, product: RegisteredProduct) -> Any:
    """Press a heart as the script does."""
    if not browser.token:
        browser.get("security.forgot_password")
    with browser.app.app_context():
        answer = browser.client.post(
            browser.url(f"saved.{how}"),
            data={"csrf_token": browser.token, "product_id": product.public_id},
            headers={"Accept": "application/json"},
        )
    return answer.get_json()


def ids_of(browser: Browser) -> Any:
    """What the script is told."""
    with browser.app.app_context():
        answer = browser.client.get(browser.url("saved.ids"))
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_json()


def test_an_empty_list_says_how_to_fill_it(browser: Browser) -> None:
    page = browser.get("saved.wishes")

    assert "Nothing is on your wish list yet" in page
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.one("meta", name="robots").get("content", "").startswith("noindex")


def test_what_is_kept_stands_on_the_list_last_first(browser: Browser) -> None:
    tea, honey = goods("Chè"), goods("Mật ong")

    for product in (tea, honey, tea):
        keep(browser, product)

    assert kept(browser.get("saved.wishes")) == [honey.public_id, tea.public_id]


def test_the_heart_keeps_and_drops_without_a_script(browser: Browser) -> None:
    product = goods()

    first = keep(browser, product, "toggle", next="/en/products")
    on = browser.get("saved.wishes")
    keep(browser, product, "toggle")
    off = browser.get("saved.wishes")

    assert first.location == "/en/products"
    assert kept(on) == [product.public_id]
    assert kept(off) == []


def test_one_goes_back_only_to_pages_of_ours(browser: Browser) -> None:
    assert keep(browser, goods(), next="//evil.example").location == "/en/wishes"


def test_the_heart_of_a_card_belongs_to_the_form_of_the_page(browser: Browser) -> None:
    product = goods()

    page = browser.get("catalogue.products")

    heart = page.one("button", data_testid="wish")
    assert heart.get("formaction") == "/en/wishes/toggle"
    assert page.one("form", id=heart.get("form", "")).get("method") == "post"
    assert heart.get("value") == product.public_id


def test_a_script_gets_the_new_state_and_no_notice(browser: Browser) -> None:
    product = goods()

    answers = [ask_json(browser, how, product) for how in ("add", "add", "remove")]

    assert [(one["is_kept"], one["count"]) for one in answers] == [(True, 1), (True, 1), (False, 0)]
    assert "wish list now" not in browser.get("catalogue.products").text


def test_the_token_is_kept_from_scripts_and_written_by_no_get(browser: Browser) -> None:
    product = goods()
    for endpoint in ("saved.wishes", "saved.compare", "catalogue.products"):
        assert "wishes=" not in browser.get(endpoint).response.headers.get("Set-Cookie", "")

    cookies = keep(browser, product).response.headers.getlist("Set-Cookie")

    token = next(one for one in cookies if one.startswith("wishes="))
    assert "HttpOnly" in token
    assert "SameSite=Lax" in token
    assert f"Max-Age={180 * 24 * 3600}" in token
    assert len(token.split(";")[0]) == len("wishes=") + 36


def test_no_get_writes(app: Flask, browser: Browser) -> None:
    product = goods()
    keep(browser, product)
    written: list[str] = []

    def listen(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        browser.get("saved.wishes")
        browser.get("saved.ids")
        browser.get("saved.compare", ids=product.public_id)
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)

    assert written == []


def test_a_made_up_token_opens_no_list_and_is_not_kept(browser: Browser) -> None:
    product = goods()
    browser.client.set_cookie("wishes", "a" * 36)

    keep(browser, product)

    assert token_of(browser) != "a" * 36
    assert rows() == 1


def test_nobody_sees_or_changes_the_list_of_another(app: Flask, browser: Browser) -> None:
    product = goods()
    keep(browser, product)
    other = Browser(app)
    other.sign_in(member())

    keep(other, product, "remove")

    assert kept(other.get("saved.wishes")) == []
    assert kept(browser.get("saved.wishes")) == [product.public_id]


@pytest.mark.parametrize("odd", ["", "x" * 13, "nothere1", "1'--", "P0000001", "é"])
def test_what_is_no_product_cannot_be_kept(browser: Browser, odd: str) -> None:
    goods()

    browser.post("saved.add", {"product_id": odd}, status=404)

    assert rows() == 0
    assert db.session.scalars(select(WishList)).all() == []


def test_a_press_without_the_token_of_the_form_changes_nothing(browser: Browser) -> None:
    answer = browser.client.post("/en/wishes/add", data={"product_id": goods().public_id})

    assert answer.status_code == 400
    assert rows() == 0


def test_changes_of_price_and_stock_are_told(browser: Browser) -> None:
    cheaper, dearer, sold, back, gone = (goods(name) for name in ("A", "B", "C", "D", "E"))
    for product in (cheaper, dearer, sold, back, gone):
        if product is back:
            with unit_of_work():
                mark_availability(listing_of(back).id, is_in_stock=False, now=NOW)
        keep(browser, product)
    with unit_of_work():
        price_of(cheaper, 112_500)
        price_of(dearer, 150_000)
        mark_availability(listing_of(sold).id, is_in_stock=False, now=NOW)
        mark_availability(listing_of(back).id, is_in_stock=True, now=NOW)
        listing_of(gone).state = ListingState.PAUSED
        show_card(gone.id)

    page = browser.get("saved.wishes")

    assert "Now 10% cheaper" in page
    assert "Now 20% dearer" in page
    assert "Out of stock" in page
    assert "In stock again" in page
    assert "No longer sold here" in page
    assert len(page.all("button", data_testid="add-to-cart")) == 3


def listing_of(product: RegisteredProduct) -> Listing:
    """The listing of a product."""
    return db.session.scalars(select(Listing).where(Listing.product_id == product.id)).one()


def price_of(product: RegisteredProduct, dong: int) -> None:
    """Ask another price."""
    listing_of(product).variants[0].price = Money(dong)
    show_card(product.id)


def test_from_the_list_it_goes_into_the_cart_and_back(browser: Browser) -> None:
    keep(browser, goods())
    page = browser.get("saved.wishes")
    button = page.one("button", data_testid="add-to-cart")

    sent = page.form_values(id=button.get("form", "")) | {"variant_id": button.get("value", "")}
    added = browser.post("basket.add", sent)

    assert added.location == "/en/wishes"
    assert browser.follow(added).texts(data_testid="cart-count") == ["1"]


def test_a_list_holds_so_many_and_says_so(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST", 2)
    for name in ("A", "B"):
        keep(browser, goods(name))

    page = browser.post("saved.add", {"product_id": goods("C").public_id}, status=409)

    assert "Your wish list holds 2 products" in page
    assert rows() == 2


def test_a_script_is_told_why_not(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST", 1)
    keep(browser, goods("A"))

    told = ask_json(browser, "add", goods("B"))

    assert told["error"].startswith("Your wish list holds 1 products")


def test_a_network_begins_only_so_many_lists_in_a_minute(app: Flask) -> None:
    tea = goods()

    def press(status: int) -> None:
        """Press a heart in a browser that kept nothing before."""
        browser = Browser(app)
        browser.post("saved.add", {"product_id": tea.public_id}, status=status)

    for _ in range(60):
        press(303)
    press(429)

    assert rows() == 60


def test_signing_in_brings_both_lists_together(app: Flask, browser: Browser) -> None:
    mine, both, new = goods("A"), goods("B"), goods("C")
    user = member()
    user_id = user.id
    before = Browser(app)
    before.sign_in(user)
    for product in (mine, both):
        keep(before, product)
    for product in (both, new):
        keep(browser, product)

    browser.post("security.login", {"email": "lan@example.test", "password": PASSWORD})

    assert set(kept(browser.get("saved.wishes"))) == {one.public_id for one in (mine, both, new)}
    assert rows() == 3
    assert token_of(browser) == ""
    assert browser.client.get_cookie("wish_count").value == "3"
    db.session.rollback()
    assert db.session.scalars(select(WishList.user_id)).all() == [user_id]


def test_signing_out_leaves_nothing_behind(browser: Browser) -> None:
    product = goods()
    member()
    keep(browser, product)
    browser.post("security.login", {"email": "lan@example.test", "password": PASSWORD})
    browser.token = ""
    browser.get("saved.wishes")

    browser.post("security.logout")

    assert kept(browser.get("saved.wishes")) == []
    assert browser.client.get_cookie("wish_count") is None


def test_a_list_that_was_not_joined_yet_is_shown_and_joined_with_the_next_press(
    browser: Browser,
) -> None:
    first, second = goods("A"), goods("B")
    user = member()
    keep(browser, first)
    browser.sign_in(user)
    shown = kept(browser.get("saved.wishes"))

    keep(browser, second)

    assert shown == [first.public_id]
    assert kept(browser.get("saved.wishes")) == [second.public_id, first.public_id]
    db.session.rollback()
    assert len(db.session.scalars(select(WishList)).all()) == 1


def test_eight_presses_at_once_keep_a_product_once(app: Flask, browser: Browser) -> None:
    product = goods()
    keep(browser, goods("Mật ong"))
    token = token_of(browser)
    card = services_card(product)

    outcomes = together(
        app,
        *[
            lambda: services.keep_product(services.list_for(token, None, NOW), card, NOW)
            for _ in range(8)
        ],
    )

    assert outcomes == ["done"] * 8
    assert rows() == 2


def test_a_member_s_first_list_is_begun_once_from_eight_devices(app: Flask) -> None:
    product, user_id = goods(), member().id
    card = services_card(product)

    outcomes = together(
        app,
        *[
            lambda: services.keep_product(services.list_for(None, user_id, NOW), card, NOW)
            for _ in range(8)
        ],
    )

    assert outcomes == ["done"] * 8
    assert rows() == 1


def test_joining_twice_at_once_loses_and_doubles_nothing(app: Flask, browser: Browser) -> None:
    product, user_id = goods(), member().id
    keep(browser, product)
    token = token_of(browser)

    outcomes = together(app, *[lambda: services.join_lists(token, user_id, NOW) for _ in range(4)])

    assert outcomes == ["done"] * 4
    assert rows() == 1


def services_card(product: RegisteredProduct) -> Any:
    """The card of a product, as routes hand it on."""
    from app.shop.catalogue.queries import card_by_public_id  # noqa: PLC0415

    return card_by_public_id(product.public_id)[0]


def test_lists_of_browsers_unused_for_180_days_go_and_members_stay(
    app: Flask, browser: Browser
) -> None:
    product = goods()
    keep(browser, product)
    other = Browser(app)
    other.sign_in(member())
    keep(other, product)
    db.session.rollback()
    old = db.session.scalars(select(func.max(WishList.changed_at))).one()

    early = jobs.drop_unused(now=old + timedelta(days=179))
    late = jobs.drop_unused(now=old + timedelta(days=181))

    assert (early, late) == (0, 1)
    assert kept(browser.get("saved.wishes")) == []
    assert kept(other.get("saved.wishes")) == [product.public_id]


def test_hearts_cost_a_stranger_nothing(app: Flask, browser: Browser) -> None:
    goods()
    with counted_statements() as without:
        browser.get("catalogue.products")

    assert [one for one in without if "wish" in one] == []


def test_pages_kept_for_strangers_are_kept_for_those_with_wishes_too(
    app: Flask, browser: Browser
) -> None:
    product = goods()
    ask_json(browser, "add", product)
    Browser(app).get("catalogue.products")

    with counted_statements() as seen:
        page = browser.get("catalogue.products")

    assert [one.split()[1] for one in seen] == ["editions.stamp"]
    assert page.one("button", data_testid="wish").get("aria-pressed") == "false"


def test_the_script_is_told_which_hearts_to_fill(app: Flask, browser: Browser) -> None:
    product = goods()
    goods("Mật ong")
    keep(browser, product)

    assert ids_of(browser) == {"ids": [product.public_id]}
    assert ids_of(Browser(app)) == {"ids": []}
