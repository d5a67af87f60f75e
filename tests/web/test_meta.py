"""What every page tells those who find and share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.foundation.database import db
from tests.shop.catalogue.sale import on_sale, path_of
from tests.showrooms import builders as showrooms
from tests.support import make
from tests.support.buying import cart_of
from tests.support.found import alternates, canonical, robots, shared
from tests.villages import builders as villages

if TYPE_CHECKING:
    from tests.support.browser import Browser

HOST = "http://localhost"


@pytest.mark.parametrize(
    "path", ["/", "/map", "/products", "/producers", "/showrooms", "/villages"]
)
def test_a_page_names_itself_in_every_language(browser: Browser, path: str) -> None:
    on_sale()
    db.session.commit()

    page = browser.open(f"/en{path}?utm_source=letter&fbclid=1")

    assert canonical(page) == f"{HOST}/en{path}"
    assert alternates(page) == {
        "vi": f"{HOST}/vi{path}",
        "en": f"{HOST}/en{path}",
        "x-default": f"{HOST}/vi{path}",
    }
    assert robots(page).startswith("index")


@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("category=tea", "category=tea"),
        ("category=che&sort=price_asc", "category=tea"),
        ("province=tuyen-quang", "province=tuyen-quang"),
        ("star=4&sort=newest", "star=4"),
    ],
)
def test_a_list_keeps_what_makes_it_another_list(browser: Browser, asked: str, own: str) -> None:
    on_sale()
    db.session.commit()

    page = browser.open(f"/en/products?{asked}")

    assert canonical(page) == f"{HOST}/en/products?{own}"
    assert robots(page).startswith("index")
    other = own.replace("category=tea", "category=che")
    assert alternates(page)["vi"] == f"{HOST}/vi/products?{other}"


@pytest.mark.parametrize(
    "asked",
    [
        "category=tea&province=tuyen-quang",
        "category=tea&star=4",
        "q=che",
        "price_max=500000",
        "category=honey",  # nothing there
    ],
)
def test_a_combination_is_followed_and_not_kept(browser: Browser, asked: str) -> None:
    on_sale()
    db.session.commit()

    page = browser.open(f"/en/products?{asked}")

    assert robots(page) == "noindex, follow"
    assert canonical(page) is None
    assert alternates(page) == {}


def test_a_seller_s_list_leaves_the_word_to_the_producer_s_page(browser: Browser) -> None:
    maker = make.producer()
    on_sale(by=maker)
    db.session.commit()

    assert robots(browser.open(f"/en/products?seller={maker.slug}")) == "noindex, follow"
    assert robots(browser.open(f"/en/producers/{maker.slug}")).startswith("index")


def test_the_second_page_of_a_list_stands_for_itself(browser: Browser) -> None:
    for number in range(25):
        on_sale(f"Chè {number}")
    db.session.commit()

    page = browser.open("/en/products?page=2&sort=name")

    assert canonical(page) == f"{HOST}/en/products?page=2"
    assert robots(page).startswith("index")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_shared_page_shows_its_words_and_a_picture(browser: Browser, lang: str) -> None:
    store = showrooms.showroom()
    db.session.commit()

    page = browser.open(f"/{lang}/showrooms/{store.slug}")

    said = shared(page)
    assert said["og:title"] == store.name[lang]
    assert said["og:description"] == page.one("meta", name="description").get("content")
    assert said["og:url"] == f"{HOST}/{lang}/showrooms/{store.slug}"
    assert said["og:site_name"] == "Chợ Phiên"
    assert said["og:locale"] == {"vi": "vi_VN", "en": "en_US"}[lang]
    assert said["og:locale:alternate"] == {"vi": "en_US", "en": "vi_VN"}[lang]
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"]
    assert page.one("meta", name="twitter:card").get("content") == "summary_large_image"
    picture = browser.open(said["og:image"].removeprefix(HOST))
    assert picture.response.mimetype == "image/jpeg"


def test_personal_pages_and_problems_are_nobody_s_to_find(browser: Browser) -> None:
    product = on_sale()
    variant = product.id
    db.session.commit()
    browser.client.set_cookie("cart", cart_of({variant: 1}))

    for path, status in (
        ("/en/cart", 200),
        ("/en/sign-in", 200),
        ("/en/orders", 200),
        ("/en/nothing", 404),
        ("/en/products?star=9", 400),
        ("/en/products?category=none", 404),
        ("/en/producers/none", 404),
    ):
        page = browser.open(path, status=status)
        assert robots(page).startswith("noindex"), path
        assert canonical(page) is None, path
        assert alternates(page) == {}, path


def test_a_form_sent_back_is_no_page_to_find(browser: Browser) -> None:
    place = villages.village()
    db.session.commit()

    page = browser.post("villages.ask", {"people": "x"}, status=400, slug=place.slug)

    assert robots(page).startswith("noindex")


def test_a_certificate_is_reached_by_its_code_alone(browser: Browser) -> None:
    certificate = make.certificate(make.registered())
    db.session.commit()

    page = browser.open(f"/en/certificates/{certificate.serial}")

    assert robots(page) == "noindex, follow"


def test_what_is_said_of_one_page_is_not_said_of_the_next(browser: Browser) -> None:
    product = on_sale()
    db.session.commit()

    with browser.app.app_context():  # both requests share what lives as long as this context
        first = browser.client.get(path_of(product)).get_data(as_text=True)
        second = browser.client.get("/en/map").get_data(as_text=True)

    assert '<meta property="og:type" content="product">' in first
    assert '<meta property="og:type" content="website">' in second
    assert '"Product"' not in second
