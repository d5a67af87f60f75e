"""Refused forms and refused requests speak the reader's language too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import select

from app.accounts.models import User
from app.foundation.database import db
from app.shop.orders.models import Order
from app.shop.orders.states import DeliveryState
from app.villages.models import Village
from app.web.forms import LIBRARY_SENTENCES, OurWords
from app.web.sentences import known_codes
from ops.pseudo import CODE, OPENING
from tests.language.reading import untold
from tests.villages import builders

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.browser import Browser, Page

PRODUCT: Final = "/products/tra-xanh-phin-ho-x2rrm9qc"
DESK: Final = "/desk/producer/products"
TOO_MUCH: Final = {"": "", "long": "x" * 3_000}
TEA: Final = "tea@chophien.example"
HOST: Final = "host@chophien.example"
OPERATOR: Final = "operator@chophien.example"
# Whose form, the page it stands on, a part of its action, and the status for nothing and for far too much of it.
FORMS: Final = (
    ("", "/sign-in", "/sign-in", 422, 422),
    ("", "/sign-up", "/sign-up", 422, 422),
    # Whether an account has an address is told to nobody, nor whether it is one (S23).
    ("", "/account/reset", "/account/reset", 200, 200),
    ("", "/account/confirm", "/account/confirm", 200, 200),
    ("", "/orders", "/orders", 422, 422),
    ("", "/villages/lo-lo-chai", "/villages/lo-lo-chai", 400, 400),
    ("", PRODUCT, "/questions", 422, 422),
    ("", "checkout", r"/checkout/\w+", 422, 422),
    ("", "review", r"/review/\w+", 422, 422),
    (TEA, "/account", "/account", 422, 422),
    (TEA, f"{DESK}/new", f"{DESK}/new", 400, 400),
    (TEA, f"{DESK}/x2rrm9qc", f"{DESK}/x2rrm9qc", 400, 400),
    (TEA, f"{DESK}/x2rrm9qc/photos", "/photos", 400, 400),
    (TEA, DESK, "/stock", 400, 400),
    (TEA, "/desk/producer/questions", r"/questions/\w+", 422, 422),
    (TEA, "/desk/producer/reviews", r"/reviews/\w+", 422, 422),
    (HOST, "visit", r"/visits/[\w-]+", 400, 400),
)


def user_of(email: str) -> User:
    """Find somebody of the demonstration."""
    return db.session.scalars(select(User).filter_by(email=email)).one()


def path_of(reader: Browser, page: str) -> str:
    """Find a page's path; some have one only once something happened."""
    if page == "checkout":
        bought = reader.open(f"/{CODE}{PRODUCT}")
        sold = bought.all("form", action=f"/{CODE}/cart/add")[0]
        [variant] = [one for one in sold.iter() if one.get("name") == "variant_id"][:1]
        variant_id = variant.get("value") or next(
            str(one.get("value")) for one in variant.iter() if one.get("value")
        )
        reader.post("basket.add", {"variant_id": variant_id, "quantity": "1"})
        return reader.post("orders.start").location
    if page == "review":
        received = select(Order).where(Order.delivery_state == DeliveryState.DELIVERED)
        for order in db.session.scalars(received.order_by(Order.id)):
            group, public_id = order.group, order.lines[0].product_public_id
            address = f"/{CODE}/orders/{group.number}/review/{public_id}?token={group.access_token}"
            if reader.open(address).all("form", enctype="multipart/form-data"):
                return address
        pytest.fail("nothing can be reviewed any more")
    if page == "visit":
        db.session.rollback()  # what was read is old by now
        place = db.session.scalars(select(Village).filter_by(host_email=HOST)).one()
        number = builders.visit(place, name="11").number
        db.session.commit()
        return f"/{CODE}/desk/village/visits/{number}"
    return f"/{CODE}{page}"


def refused(reader: Browser, page: Page, part: str, sent: str, status: int) -> Page:
    """Send a form with the same wrong thing in every field."""
    form = next(
        one
        for one in page.all("form", method="post")
        if re.search(part + r"(\?|#|$)", one.get("action", ""))
    )
    fields = [one for one in form.iter() if one.get("name")]
    data = {
        one.get("name") or "": one.get("value", "") if one.get("type") == "hidden" else sent
        for one in fields
    }
    return reader.send(form.get("action", ""), data, status=status)


@pytest.mark.parametrize(("account", "page", "part", "empty", "long"), FORMS)
def test_a_form_is_refused_in_the_readers_language(
    reader: Browser,
    known: frozenset[str],
    account: str,
    page: str,
    part: str,
    empty: int,
    long: int,
) -> None:
    if "@" in account:
        reader.sign_in(user_of(account))
    path = path_of(reader, page)

    shown = {
        status: refused(reader, reader.open(path), part, TOO_MUCH[sent], status)
        for sent, status in (("", empty), ("long", long))
    }

    faults = [untold(one.document, known) for one in shown.values() if one.document is not None]
    assert all(one.document is not None for one in shown.values())
    assert [fault for found in faults for fault in found if "xxx" not in fault] == []


@pytest.mark.parametrize(
    ("status", "method", "path", "headers"),
    [
        (400, "POST", "sign-in", {}),
        (403, "POST", "sign-in", {"Sec-Fetch-Site": "cross-site"}),
        (404, "GET", "nothing", {}),
        (404, "GET", "products/nothing-aaaaaaaa", {}),
        (405, "POST", "map", {}),
    ],
)
def test_a_request_is_refused_in_the_readers_language(
    reader: Browser,
    known: frozenset[str],
    status: int,
    method: str,
    path: str,
    headers: dict[str, str],
) -> None:
    with reader.app.app_context():
        response = reader.client.open(f"/{CODE}/{path}", method=method, headers=headers)
    page = reader._page(response, status)

    assert page.document is not None
    assert untold(page.document, known) == []


def test_too_much_is_refused_in_the_readers_language(
    reader: Browser, known: frozenset[str]
) -> None:
    page = reader.send(f"/{CODE}/sign-in", {"email": "x" * 30_000_000}, status=413)

    assert page.document is not None
    assert untold(page.document, known) == []


def test_an_answer_given_twice_is_refused_in_the_readers_language(
    reader: Browser, known: frozenset[str]
) -> None:
    reader.sign_in(user_of(HOST))
    path = path_of(reader, "visit")
    data = reader.open(path).form_values(action=path) | {"reply": "34"}

    reader.send(path, data | {"answer": "accept"})
    page = reader.send(path, data | {"answer": "decline"}, status=409)

    assert page.document is not None
    assert untold(page.document, known) == []


def test_somebody_who_tries_too_often_reads_so(reader: Browser, known: frozenset[str]) -> None:
    page = None
    for _ in range(40):
        data = {"email": "a@example.test", "password": "wrong", "csrf_token": reader.token}
        if not reader.token:
            reader.get("security.login")
        with reader.app.app_context():
            response = reader.client.post(f"/{CODE}/sign-in", data=data)
        if response.status_code == 429:
            page = reader._page(response, 429)
            break

    assert page is not None
    assert page.document is not None
    assert untold(page.document, known) == []


def test_sentences_of_rules_and_libraries_come_from_the_catalogue(shop: Flask) -> None:
    from app.web import sentences  # noqa: PLC0415 - the private table is what is looked at

    with shop.test_request_context(f"/{CODE}/"):
        shop.preprocess_request()
        ours = [str(sentences._sentences[code]) for code in known_codes()]
        library = [OurWords().gettext(one) for one in LIBRARY_SENTENCES]

        assert [one for one in [*ours, *library] if OPENING not in one] == []
