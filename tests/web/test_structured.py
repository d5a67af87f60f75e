"""Structured data: what each type must have, of what kind, and that no text breaks out of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from app.foundation.database import db
from app.foundation.money import Money
from app.shop.catalogue.models import Listing, NetUnit, ProductCard, Variant
from app.showrooms.found import opening_hours
from app.web import meta, structured
from app.web.structured import script
from tests.shop.catalogue.sale import card, on_sale, path_of
from tests.showrooms import builders as showrooms
from tests.support import make
from tests.support.found import data
from tests.support.statements import counted_statements
from tests.villages import builders as villages

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.browser import Browser

# What each type has at least, and of which kind.
REQUIRED: dict[str, dict[str, Any]] = {
    "Organization": {"name": str},
    "WebSite": {"name": str, "url": "url", "potentialAction": dict, "inLanguage": str},
    "Product": {"name": str, "url": "url", "description": str},
    "Offer": {"price": int, "priceCurrency": str, "availability": "url", "url": "url"},
    "AggregateOffer": {"lowPrice": int, "highPrice": int, "priceCurrency": str, "offerCount": int},
    "AggregateRating": {"ratingValue": float, "reviewCount": int, "bestRating": int},
    "Review": {"author": dict, "reviewRating": dict, "datePublished": str},
    "BreadcrumbList": {"itemListElement": list},
    "ItemList": {"itemListElement": list, "numberOfItems": int},
    "ListItem": {"position": int},
    "PostalAddress": {"addressRegion": str, "addressCountry": str},
    "LocalBusiness": {"name": str, "url": "url", "address": dict},
    "Store": {"name": str, "url": "url", "address": dict},
    "TouristAttraction": {"name": str, "url": "url", "address": dict},
    "Event": {
        "name": str,
        "startDate": str,
        "endDate": str,
        "location": dict,
        "eventStatus": "url",
    },
    "Article": {"headline": str, "datePublished": str, "url": "url"},
    "FAQPage": {"mainEntity": list},
    "Certification": {"certificationIdentification": str, "issuedBy": dict, "expires": str},
    "PropertyValue": {"name": str, "value": int},
    "Rating": {"ratingValue": int},
}
ADDRESSES = ("url", "item", "mainEntityOfPage")


def faults(thing: Any) -> list[str]:
    """What is wrong with a node and those inside it."""
    if isinstance(thing, list):
        return [fault for one in thing for fault in faults(one)]
    if not isinstance(thing, dict):
        return []
    kind = thing.get("@type", "")
    found = []
    for name, wanted in REQUIRED.get(kind, {}).items():
        value = thing.get(name)
        is_right = (
            str(value).startswith("http")
            if wanted == "url"
            else isinstance(value, (int, float) if wanted is float else wanted)
        )
        if not is_right or isinstance(value, bool):
            found.append(f"{kind}.{name} is {value!r}")
    found += [
        f"{kind}.{name} is not absolute"
        for name in ADDRESSES
        if name in thing and not str(thing[name]).startswith("http")
    ]
    found += [f"{kind}.{name} is empty" for name, one in thing.items() if one in ("", None, [], {})]
    return found + [fault for one in thing.values() for fault in faults(one)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_of_page_tells_what_it_shows(browser: Browser, lang: str) -> None:
    product = on_sale()
    store, place, maker = showrooms.showroom(), villages.village(), make.producer()
    db.session.commit()
    kinds = {
        "/": {"Organization", "WebSite"},
        "/products": {"ItemList", "BreadcrumbList"},
        path_of(product, "")[1:]: {"Product", "BreadcrumbList"},
        "/producers": {"BreadcrumbList"},
        f"/producers/{maker.slug}": {"Organization", "BreadcrumbList"},
        f"/showrooms/{store.slug}": {"Store", "BreadcrumbList"},
        f"/villages/{place.slug}": {"TouristAttraction", "BreadcrumbList"},
        "/cart": {"BreadcrumbList"},
    }

    for path, wanted in kinds.items():
        found = data(browser.open(f"/{lang}{path}"))
        assert wanted <= found.keys() | ({"BreadcrumbList"} if path == "/cart" else set()), path
        assert faults(list(found.values())) == [], path
        assert all(one["@context"] == "https://schema.org" for one in found.values())


def test_a_product_tells_its_offer_its_star_and_who_made_it(browser: Browser) -> None:
    product = on_sale(stars=5, dong=125_000)
    serial = product.certificates[0].serial
    db.session.commit()

    page = browser.open(path_of(product))

    found = data(page)["Product"]
    assert found["name"] == "Shan snow tea"
    assert found["alternateName"] == ["Chè Shan tuyết"]
    assert found["category"] == "Fresh and processed tea"
    assert found["brand"]["name"] == "HTX Chè Thử (English)"
    assert found["manufacturer"]["url"].startswith("http://localhost/en/producers/")
    offer = found["offers"]
    assert (offer["@type"], offer["price"], offer["priceCurrency"]) == ("Offer", 125_000, "VND")
    assert offer["availability"] == "https://schema.org/InStock"
    assert offer["seller"]["name"] == found["brand"]["name"]
    assert found["additionalProperty"]["value"] == 5
    assert found["additionalProperty"]["url"].endswith(f"/en/certificates/{serial}")
    assert found["hasCertification"]["certificationIdentification"] == serial
    assert "Demonstration" in found["hasCertification"]["name"]
    assert found["image"][-1].startswith("http://localhost/cards/en/")
    assert "aggregateRating" not in found
    assert not {"gtin", "gtin13", "review"} & found.keys()


def test_several_sizes_make_one_offer_of_many(browser: Browser) -> None:
    product = on_sale(dong=125_000)
    listing = db.session.query(Listing).one()
    listing.variants.append(
        Variant(
            sku="BIG",
            label=make.both("Hộp", "Box"),
            net_quantity=1,
            net_unit=NetUnit.PIECE,
            weight_grams=10,
            price=Money(400_000),
            position=1,
        )
    )
    db.session.commit()

    offers = data(browser.open(path_of(product)))["Product"]["offers"]

    assert offers["@type"] == "AggregateOffer"
    assert (offers["lowPrice"], offers["highPrice"], offers["offerCount"]) == (125_000, 400_000, 2)
    assert [one["availability"].rsplit("/")[-1] for one in offers["offers"]] == [
        "InStock",
        "OutOfStock",
    ]


def test_ratings_are_those_of_the_card(browser: Browser) -> None:
    product = on_sale()
    row = db.session.get_one(ProductCard, product.id)
    row.rating_count, row.rating_total = 3, 14
    db.session.commit()

    found = data(browser.open(path_of(product)))["Product"]["aggregateRating"]

    assert (found["ratingValue"], found["reviewCount"]) == (4.7, 3)


def test_what_is_not_sold_or_certified_says_neither(browser: Browser) -> None:
    product = make.registered()
    card(product)
    db.session.commit()

    found = data(browser.open(path_of(product)))["Product"]

    assert not {"offers", "hasCertification", "additionalProperty", "brand"} & found.keys()


def test_an_illustrative_price_says_so_to_machines_too(browser: Browser) -> None:
    product = on_sale()
    db.session.query(Listing).one().is_illustrative = True
    db.session.commit()

    found = data(browser.open(path_of(product)))["Product"]

    assert "Illustrative" in found["description"]


def test_the_way_to_a_page_is_told_with_addresses(browser: Browser) -> None:
    product = on_sale()
    db.session.commit()

    way = data(browser.open(path_of(product)))["BreadcrumbList"]["itemListElement"]

    assert [one["position"] for one in way] == [1, 2, 3, 4, 5]
    assert [one["name"] for one in way][:2] == ["Home", "Food"]
    assert way[0]["item"] == "http://localhost/en/"
    assert way[-1]["item"] == f"http://localhost{path_of(product)}"


@pytest.mark.parametrize(
    "words",
    ["</script><script>alert(1)</script>", "<!--", "a\u2028b\u2029c", "&quot;", '"}'],
)
def test_no_name_breaks_out_of_the_data(browser: Browser, words: str) -> None:
    product = on_sale(words, words)
    db.session.commit()

    page = browser.open(path_of(product))

    assert data(page)["Product"]["name"] == words
    assert len(page.all("script")) == 2


def test_what_could_end_a_script_is_written_otherwise() -> None:
    written = script([{"@type": "Thing", "name": "</script><!-- & \u2028"}])

    assert not set(written) & set("<>&\u2028")
    assert json.loads(written)[0]["name"] == "</script><!-- & \u2028"


def test_the_shop_tells_how_to_search_it(browser: Browser) -> None:
    site = data(browser.open("/vi/"))["WebSite"]

    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://localhost/vi/products?q={search_term_string}"


def test_hours_are_told_to_machines_where_they_are_simple() -> None:
    assert opening_hours("8:00–18:00 hằng ngày") == "Mo-Su 08:00-18:00"
    assert opening_hours("8:00-18:00 daily") == "Mo-Su 08:00-18:00"
    assert opening_hours("mornings") == ""


def test_made_up_hours_are_not_told_to_machines(browser: Browser) -> None:
    store = showrooms.showroom()
    db.session.commit()

    found = data(browser.open(f"/en/showrooms/{store.slug}"))["Store"]

    assert "openingHours" not in found
    assert found["address"]["streetAddress"] == store.printed_address


def test_fairs_stories_questions_and_reviews_have_what_they_must(app: Flask) -> None:
    address = structured.address_data(region="Hà Nội")
    with app.test_request_context("/vi/"):
        made = [
            structured.event_data(
                name="Hội chợ",
                url="/vi/fairs/x",
                starts=datetime(2026, 12, 1, 8, tzinfo=UTC),
                ends=datetime(2026, 12, 3, 17, tzinfo=UTC),
                place="Nhà văn hóa",
                address=address,
                organiser="Sở",
                is_cancelled=True,
            ),
            structured.article_data(
                headline="Chuyện", url="/vi/stories/x", published=date(2026, 11, 1), author="A"
            ),
            structured.review_data(author="Lan", rating=5, text="Ngon", on=date(2026, 11, 2)),
        ]

    assert faults(made) == []
    assert made[0]["eventStatus"].endswith("EventCancelled")
    assert made[0]["startDate"] == "2026-12-01T08:00:00+00:00"


def test_reviews_are_added_to_the_product_that_the_page_shows(app: Flask) -> None:
    with app.test_request_context("/vi/"):
        meta.describe(data=[structured.node("Product", name="Chè")])
        meta.enrich("Product", review=[{"@type": "Review"}])

        (found,) = json.loads(meta.page_data() or "[]")

    assert found["review"] == [{"@type": "Review"}]


def test_structured_data_asks_nothing_more_of_the_database(browser: Browser) -> None:
    product = on_sale(stars=5)
    path = path_of(product)
    db.session.commit()
    browser.open(path)
    db.session.remove()

    with counted_statements() as seen:
        page = browser.open(path)

    assert data(page)["Product"]
    assert len(seen) <= 6
