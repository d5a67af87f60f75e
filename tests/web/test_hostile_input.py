"""Whatever is sent to a public address, the answer is a page in the reader's language (R40, S06, S47).

Every public route stands in `ROUTES` with what it takes; one that is missing fails a test. Each value
of the corpus goes into each field alone, the others being right, so that it gets as far as it can.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

import pytest

from app.foundation.actors import SYSTEM
from app.foundation.database import db
from app.foundation.work import unit_of_work
from app.shop.reviews.services.questions import answer_question
from app.web.access import access_of
from app.web.limits import limiter
from tests.shop.reviews import making as reviews
from tests.showrooms import builders as showrooms
from tests.support import make
from tests.support.buying import BUYER, cart_of, checkout_of, on_sale, placed
from tests.villages import builders as villages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.test import TestResponse

    from tests.support.browser import Browser

HOSTILE: Final[dict[str, str | list[str]]] = {
    "nothing": "",
    "zero": "0",
    "below zero": "-1",
    "beyond 64 bits": str(2**63),
    "no number": "NaN",
    "beyond floats": "1e400",
    "Arabic digits": "١٢٣",
    "a raised digit": "²",
    "NUL": "a\x00b",
    "half a pair": "a\ud800b",
    "letters apart from their marks": unicodedata.normalize("NFD", "Chè Shan tuyết"),
    "from right to left": "\u202eabc\u200f",
    "emoji": "\U0001f469\u200d\U0001f33e \U0001f375",
    "100,000 letters": "a" * 100_000,
    "several": ["1", "2"],
    "markup": "<script>alert(1)</script>'\"",
    "placeholders": "%(name)s {{ 7*7 }} %s",
    "two lines": "a\r\nSet-Cookie: b=c",
}


@dataclass(frozen=True)
class World:
    """What the addresses name."""

    values: dict[str, str]
    variant_id: int


@dataclass(frozen=True)
class Taken:
    """What a route takes: parts of its path, a query, a form with right values."""

    path: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    form: dict[str, str] | None = None
    more: tuple[str, ...] = ()  # fields that may come and need not


ACCOUNT: Final = {"email": "ann@example.com", "password": "ten green bottles standing"}
VISIT: Final = {
    "on_date": villages.DAY.isoformat(),
    "people": "2",
    "name": "Ann",
    "phone": "0912 345 678",
    "email": "ann@example.com",
    "note": "Hello",
}
WISH: Final = {"product_id": "", "next": "/vi/products"}
QUESTION: Final = {
    "text": "How warm should it be?",
    "language": "en",
    "email": "ann@example.com",
}
REVIEW: Final = {
    "rating": "5",
    "title": "Good",
    "text": "Smells of flowers, and lasts.",
    "language": "en",
    "shown_as": "initials",
}
LIST_QUERY: Final = (
    *("q", "exact", "category", "province", "star", "seller", "showroom", "village"),
    *("price_min", "price_max", "sort", "page"),
)
ROUTES: Final[dict[tuple[str, str], Taken]] = {
    ("GET", "start"): Taken(query=("q",)),
    ("GET", "healthz"): Taken(query=("q",)),
    ("GET", "readyz"): Taken(query=("q",)),
    ("GET", "robots"): Taken(query=("q",)),
    ("GET", "sitemap"): Taken(query=("q",)),
    ("GET", "sitemap_file"): Taken(path=("name",)),
    ("GET", "worker.script"): Taken(query=("q",)),
    ("GET", "worker.manifest"): Taken(query=("q",)),
    ("GET", "worker.offline"): Taken(query=("q",)),
    ("GET", "web.static_file"): Taken(path=("version", "name")),
    ("GET", "web.media"): Taken(path=("key",)),
    ("GET", "living.components"): Taken(query=("q",)),
    ("POST", "theme.choose"): Taken(form={"theme": "dark", "next": "/vi/products"}),
    ("GET", "catalogue.home"): Taken(query=("page",)),
    ("GET", "catalogue.map_page"): Taken(query=("kind", "order")),
    ("GET", "catalogue.provinces_page"): Taken(query=("q",)),
    ("GET", "catalogue.province"): Taken(path=("slug",)),
    ("GET", "catalogue.products"): Taken(query=LIST_QUERY),
    ("GET", "catalogue.product"): Taken(path=("path",), query=("to",)),
    ("GET", "catalogue.delivery"): Taken(path=("path",), query=("to", "variant_id")),
    ("GET", "catalogue.seen"): Taken(query=("ids",)),
    ("GET", "catalogue.lots"): Taken(query=("code",)),
    ("GET", "catalogue.lot"): Taken(path=("code",)),
    ("GET", "catalogue.share_card"): Taken(path=("name",)),
    ("GET", "vendors.producers"): Taken(query=("q", "province", "kind", "page")),
    ("GET", "vendors.producer"): Taken(path=("slug",), query=("page",)),
    ("GET", "showrooms.showrooms"): Taken(query=("province", "page")),
    ("GET", "showrooms.showroom"): Taken(path=("slug",), query=("category", "page")),
    ("GET", "villages.villages"): Taken(query=("province", "page")),
    ("GET", "villages.village"): Taken(path=("slug",)),
    ("POST", "villages.ask"): Taken(path=("slug",), form=VISIT),
    ("GET", "villages.thanks"): Taken(path=("slug", "number")),
    ("GET", "programme.certificate"): Taken(path=("serial",)),
    ("GET", "programme.register"): Taken(query=("q",)),
    ("GET", "places.suggest"): Taken(query=("q", "province")),
    ("GET", "search.suggest"): Taken(query=("q",)),
    ("POST", "search_log.searched"): Taken(form={"token": "x"}),
    ("POST", "search_log.opened"): Taken(form={"token": "x", "product": "p"}),
    ("GET", "search.others"): Taken(path=("kind",), query=("q", "page")),
    ("GET", "content.help_index"): Taken(query=("q",)),
    ("GET", "content.help_page"): Taken(path=("slug",)),
    ("GET", "content.stories"): Taken(query=("page",)),
    ("GET", "content.story"): Taken(path=("slug",)),
    ("GET", "content.fairs"): Taken(query=("q",)),
    ("GET", "content.fair"): Taken(path=("slug",)),
    ("GET", "content.gifts"): Taken(query=("q",)),
    ("GET", "content.gift_set"): Taken(path=("slug",)),
    ("POST", "content.add_gift_set"): Taken(path=("slug",), form={}),
    ("GET", "basket.cart"): Taken(query=("q",)),
    ("POST", "basket.add"): Taken(form={"variant_id": "", "quantity": "1", "next": "/vi/products"}),
    ("POST", "basket.change"): Taken(form={"remove": "1"}, more=("quantity-1", "quantity-x")),
    ("GET", "saved.wishes"): Taken(query=("q",)),
    ("GET", "saved.ids"): Taken(query=("q",)),
    ("POST", "saved.add"): Taken(form=WISH),
    ("POST", "saved.remove"): Taken(form=WISH),
    ("POST", "saved.toggle"): Taken(form=WISH),
    ("GET", "saved.compare"): Taken(query=("ids",)),
    ("GET", "orders.checkout_begins"): Taken(query=("q",)),
    ("POST", "orders.start"): Taken(form={}, more=("x",)),
    ("GET", "orders.checkout"): Taken(path=("token",)),
    ("POST", "orders.place"): Taken(
        path=("token",),
        form=BUYER | {"expected_total": "155000"},
        more=("step", "showroom", "commune_asked", "commune_code"),
    ),
    ("GET", "orders.find"): Taken(query=("number",)),
    ("POST", "orders.find"): Taken(form={"number": "CP-1", "email": "ann@example.com"}),
    ("GET", "orders.show"): Taken(path=("number",), query=("token",)),
    ("POST", "orders.cancel"): Taken(path=("number",), form={"token": "", "order": ""}),
    ("GET", "reviews.product_reviews"): Taken(path=("path",), query=("page", "sort")),
    ("GET", "reviews.product_questions"): Taken(path=("path",), query=("page",)),
    ("POST", "reviews.ask"): Taken(path=("path",), form=QUESTION),
    ("GET", "reviews.confirm"): Taken(path=("token",)),
    ("POST", "reviews.confirmed"): Taken(path=("token",), form={}, more=("x",)),
    ("POST", "reviews.helpful"): Taken(path=("public_id",), form={}, more=("x",)),
    ("POST", "reviews.report"): Taken(path=("public_id",), form={}, more=("x",)),
    ("POST", "reviews.report_question"): Taken(path=("public_id",), form={}, more=("x",)),
    ("GET", "own_reviews.write"): Taken(path=("number", "public_id"), query=("token",)),
    ("POST", "own_reviews.save"): Taken(
        path=("number", "public_id"), form=REVIEW | {"token": ""}, more=("drop", "photos")
    ),
    ("POST", "own_reviews.withdraw"): Taken(path=("number", "public_id"), form={"token": ""}),
    ("GET", "security.login"): Taken(query=("next",)),
    ("POST", "security.login"): Taken(form=ACCOUNT | {"next": "/vi/"}, more=("remember",)),
    ("POST", "security.logout"): Taken(form={}, more=("next",)),
    ("GET", "security.register"): Taken(query=("next",)),
    ("POST", "security.register"): Taken(form=ACCOUNT | {"name": "Ann"}),
    ("GET", "security.forgot_password"): Taken(query=("next",)),
    ("POST", "security.forgot_password"): Taken(form={"email": "ann@example.com"}),
    ("GET", "security.reset_password"): Taken(path=("token",)),
    ("POST", "security.reset_password"): Taken(path=("token",), form={"password": "x"}),
    ("GET", "security.send_confirmation"): Taken(query=("email",)),
    ("POST", "security.send_confirmation"): Taken(form={"email": "ann@example.com"}),
    ("GET", "security.confirm_email"): Taken(path=("token",)),
    ("POST", "security.confirm_email"): Taken(path=("token",), form={}),
    ("GET", "security.change_email_confirm"): Taken(path=("token",)),
    ("POST", "security.change_email_confirm"): Taken(path=("token",), form={}),
}
REVIEWED: Final = {"number": "received", "public_id": "review", "token": "asked"}
LANGUAGE: Final = re.compile(r"<html[^>]*\blang=\"(\w+)\"")


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    """One of everything that an address can name, and nobody who counts tries."""
    monkeypatch.setattr(limiter, "enabled", False)
    variant_id = on_sale(stock=10_000)
    order = placed({variant_id: 1})
    place = villages.village()
    visit = villages.visit(place)
    store = showrooms.showroom()
    product = make.registered("Mật ong", by=make.producer())
    lot = make.lot(make.listing(product))
    certificate = make.certificate(product)
    db.session.commit()
    brought = reviews.received(variant_id)
    review, asked = reviews.write(brought), reviews.asked(product=product, is_confirmed=False)
    public = reviews.asked(product=product)
    with unit_of_work():
        answer_question(public, "Warm.", language="en", actor=SYSTEM, now=make.NOW)
    kept = {
        "kind": "producers",
        "received": brought.group.number,
        "bought": brought.line.product_public_id,
        "link": brought.group.access_token,
        "review": review.public_id,
        "question": public.public_id,
        "asked": str(asked.token),
        "code": lot.code,
        "path": f"{product.slug}-{product.public_id}",
        "slug": place.slug,
        "store": store.slug,
        "serial": certificate.serial,
        "visit": visit.number,
        "number": order.group.number,
        "order": order.number,
        "token": order.group.access_token,
    }
    db.session.remove()
    return World(kept, variant_id)


def taken_by_public_routes(app: Flask) -> set[tuple[str, str]]:
    """Every way to ask a public route for something."""
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        if (access := access_of(app, rule.endpoint)) is not None and access.is_public
        for method in (rule.methods or set()) & {"GET", "POST"}
    }


def test_every_public_route_is_walked(application: Flask) -> None:
    assert taken_by_public_routes(application) == set(ROUTES)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("method", "endpoint"), sorted(ROUTES))
def test_hostile_input_is_answered_with_a_page(
    browser: Browser, world: World, method: str, endpoint: str, lang: str
) -> None:
    browser.lang = lang
    walker = Walker(browser, world, method, endpoint)

    faults = [fault for attempt in walker.attempts() if (fault := walker.fault_of(*attempt))]

    assert faults == []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["cart", "lang", "session", "remember_token", "theme", "to"])
def test_hostile_cookies_are_those_of_a_stranger(
    browser: Browser, world: World, name: str, lang: str
) -> None:
    for value in HOSTILE.values():
        text = quote(value if isinstance(value, str) else value[0], errors="surrogatepass")
        browser.client.set_cookie(name, text[:4_000])

        for page in ("cart", "wishes"):
            response = browser.client.get(f"/{lang}/{page}")

            assert response.status_code == 200, text[:80]
            assert LANGUAGE.findall(response.text) == [lang]


class Walker:
    """Sends one route everything, a field at a time."""

    def __init__(self, browser: Browser, world: World, method: str, endpoint: str) -> None:
        """Open the page that gives a token, as anybody would."""
        self.browser = browser
        self.world = world
        self.method = method
        self.endpoint = endpoint
        self.taken = ROUTES[method, endpoint]
        if method == "POST":
            browser.get("security.forgot_password")

    def attempts(self) -> Iterator[tuple[str, str, str | list[str]]]:
        """List each field with each value."""
        fields = [("path", name) for name in self.taken.path]
        fields += [("query", name) for name in self.taken.query]
        fields += [("form", name) for name in (*(self.taken.form or {}), *self.taken.more)]
        for place, name in fields:
            for kind, value in HOSTILE.items():
                if place != "path" or (value and isinstance(value, str)):
                    yield place, name, value
                if place != "path" and kind == "several":
                    yield place, f"{name}[]", value

    def fault_of(self, place: str, name: str, value: str | list[str]) -> str:
        """Send one value; say what is wrong with the answer, if anything is."""
        response = self.send(place, name, value)
        text = response.get_data()
        what = f"{place} {name}={str(value)[:40]!a}: {response.status_code}"
        if response.status_code >= 500:
            return what
        if b"\x00" in text and response.mimetype == "text/html":
            return f"{what} with a NUL"
        shown = LANGUAGE.findall(text.decode())
        if shown and shown != [self.browser.lang]:
            return f"{what} in {shown}"
        if response.status_code >= 400 and not shown:
            return f"{what} without a page"
        return ""

    def send(self, place: str, name: str, value: str | list[str]) -> TestResponse:
        """Ask the route, with one thing wrong."""
        form = self.form()
        parts = {one: self.part(one) for one in self.taken.path}
        if place == "path":
            parts[name] = str(value)
        path = self.address(parts)
        if place == "query":
            path += "?" + urlencode({name: value}, doseq=True, errors="surrogatepass")
        elif place == "form":
            form[name] = value
        body = urlencode(form, doseq=True, errors="surrogatepass").encode()
        with self.browser.app.app_context():
            answer: TestResponse = self.browser.client.open(
                path,
                method=self.method,
                data=body if self.method == "POST" else None,
                content_type="application/x-www-form-urlencoded",
                headers={"Accept-Language": self.browser.lang},
            )
        return answer

    def form(self) -> dict[str, Any]:
        """Fill the form in, with a cart that is not an order yet."""
        form: dict[str, Any] = dict(self.taken.form or {}) | {"csrf_token": self.browser.token}
        if self.endpoint == "basket.add":
            form["variant_id"] = str(self.world.variant_id)
        if self.endpoint.startswith("saved."):
            form["product_id"] = self.world.values["bought"]
        if self.endpoint == "orders.cancel":
            form |= {name: self.world.values[name] for name in ("token", "order")}
        if self.endpoint.startswith("own_reviews."):
            form["token"] = self.world.values["link"]
        return form

    def part(self, name: str) -> str:
        """Give a part of the path that is right."""
        if self.endpoint.startswith("security.") or name in {"version", "name", "key"}:
            return "x"
        if self.endpoint.startswith(("reviews.", "own_reviews.")) and name in REVIEWED:
            key = REVIEWED[name]
            is_question = self.endpoint == "reviews.report_question"
            is_bought = self.endpoint.startswith("own_reviews.") and name == "public_id"
            return self.world.values["question" if is_question else "bought" if is_bought else key]
        if self.endpoint in {"orders.checkout", "orders.place"}:
            cart = cart_of({self.world.variant_id: 1})
            token = checkout_of(cart)
            db.session.remove()
            self.browser.client.set_cookie("cart", cart)
            return token
        if self.endpoint.startswith("showrooms."):
            return self.world.values["store"]
        if self.endpoint == "villages.thanks" and name == "number":
            return self.world.values["visit"]
        return self.world.values[name]

    def address(self, parts: dict[str, str]) -> str:
        """Write the path, whatever is in it."""
        rule = next(
            one
            for one in self.browser.app.url_map.iter_rules(self.endpoint)
            if self.method in (one.methods or set())
        )
        path = str(rule).replace("<lang:lang>", self.browser.lang)
        for name, value in parts.items():
            part = quote(value, safe="", errors="surrogatepass")
            path = re.sub(rf"<(\w+:)?{name}>", part.replace("\\", r"\\"), path)
        return path
