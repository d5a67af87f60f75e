from __future__ import annotations

from datetime import date, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from app.foundation.actors import Role, Scope
from app.foundation.clock import now, today
from app.foundation.database import db
from app.foundation.outbox import deliver_due
from app.shop.catalogue.services import refresh_card
from app.villages.models import VisitRequest, VisitState
from tests.support import make
from tests.support.statements import counted_statements
from tests.villages import builders

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from app.villages.models import Village
    from tests.support.browser import Browser


def soon() -> date:
    return today() + timedelta(days=30)


def form(**values: Any) -> dict[str, str]:
    return {
        "on_date": soon().isoformat(),
        "people": "3",
        "name": "Ann Guest",
        "phone": "0912 345 678",
        "email": "ann@example.com",
        "note": "Two children",
    } | values


def letters(instance: Path) -> dict[str, EmailMessage]:
    found = {}
    for path in (instance / "mail").glob("*.eml"):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        found[str(letter["To"])] = letter
    return found


def body(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def asked() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(VisitRequest.id))) or 0


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_villages_are_listed_and_filtered_by_province(browser: Browser, lang: str) -> None:
    builders.village("Bản Chè", recognised_year=2023, recognised_stars=4)
    builders.village("Làng Biển", province_code="68", commune_code=None)
    db.session.commit()
    browser.lang = lang

    everything = browser.get("villages.villages")
    one = browser.get("villages.villages", province="lam-dong")

    assert "Bản Chè" in everything
    assert "2023" in everything
    assert not everything.all(data_testid="star-badge")
    assert "Làng Biển" in one
    assert "Bản Chè" not in one


@pytest.mark.parametrize(
    ("query", "status"),
    [("page=0", 404), ("page=99999999", 404), ("page=abc", 400), ("province=xx", 400)],
)
def test_a_list_that_is_not_there_is_refused(browser: Browser, query: str, status: int) -> None:
    path = browser.url("villages.villages")

    browser.open(f"{path}?{query}", status=status)


def test_a_country_without_villages_says_so(browser: Browser) -> None:
    assert "No village here yet" in browser.get("villages.villages")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_village_page_shows_its_own_goods_and_no_badge(browser: Browser, lang: str) -> None:
    village = builders.village(recognised_stars=5, recognised_year=2024)
    product = listed(make.producer())
    builders.makes(village, product)
    db.session.commit()
    browser.lang = lang

    page = browser.get("villages.village", slug=village.slug)

    assert page.one(data_testid="village-products").get("data-kind") == "own"
    assert len(page.all(data_testid="product-card")) == 1
    assert "2024" in page


def test_a_village_without_goods_shows_its_neighbours(browser: Browser) -> None:
    beside = builders.village(commune_code="00706")
    farther = builders.village(commune_code=None)
    listed(make.producer())
    db.session.commit()

    near = browser.get("villages.village", slug=beside.slug)
    far = browser.get("villages.village", slug=farther.slug)

    assert "From the same commune" in near
    assert "From the same province" in far


def test_a_village_names_its_makers_its_neighbours_and_the_way_to_it(browser: Browser) -> None:
    village = builders.village("Bản Chè")
    builders.village("Bản Bên")
    builders.village("Làng Xa", province_code="68", commune_code=None)
    builders.makes(village, listed(make.producer("HTX Nhà")))
    db.session.commit()

    page = browser.get("villages.village", slug=village.slug)

    assert "HTX Nhà (English)" in page
    assert "Bản Bên village" in page
    assert "Làng Xa village" not in page
    assert any("openstreetmap.org/?mlat=21" in str(one.get("href")) for one in page.all("a"))


def test_a_guest_is_offered_the_next_weekends(browser: Browser) -> None:
    village = builders.village()
    db.session.commit()

    page = browser.get("villages.village", slug=village.slug)

    days = [
        date.fromisoformat(str(one.get("value")))
        for one in page.one("datalist").findall(".//{*}option")
    ]
    assert len(days) == 8
    assert {one.weekday() for one in days} == {5, 6}
    assert min(days) > today()


def test_a_village_asks_little_of_the_database(browser: Browser) -> None:
    village = builders.village()
    for _ in range(4):
        builders.village()
        builders.makes(village, listed(make.producer()))
    slug = village.slug
    db.session.commit()
    browser.get("villages.villages")

    with counted_statements() as seen:
        browser.get("villages.village", slug=slug)

    assert len(seen) <= 5


def test_a_village_that_is_not_is_not_found(browser: Browser) -> None:
    browser.get("villages.village", status=404, slug="nowhere")


def test_a_guest_asks_and_is_thanked_with_a_number(browser: Browser, instance: Path) -> None:
    village = builders.village()
    db.session.commit()
    slug = village.slug
    browser.get("villages.village", slug=slug)

    answer = browser.post("villages.ask", form(), slug=slug)
    thanks = browser.follow(answer)
    db.session.rollback()
    deliver_due(clock=now)

    request = db.session.scalars(select(VisitRequest)).one()
    assert request.phone == "+84912345678"
    assert request.number in thanks
    assert "ann@example.com" not in thanks
    sent = letters(instance)
    assert request.number in str(sent["ann@example.com"]["Subject"])
    assert "Two children" in body(sent["host@example.test"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("on_date", ""),
        ("on_date", "2020-01-01"),
        ("on_date", "31/12/2026"),
        ("on_date", "2026-02-30"),
        ("on_date", "٢٠٢٦-١٢-٠١"),
        ("on_date", "9999-12-31"),
        ("people", "0"),
        ("people", "13"),
        ("people", "-1"),
        ("people", "1e3"),
        ("people", "99999999999999999999"),
        ("name", ""),
        ("name", "x" * 121),
        ("name", "a\x00b"),
        ("phone", "12"),
        ("phone", "+" + "9" * 400),
        ("email", "nobody"),
        ("email", "a" * 300 + "@example.test"),
        ("note", "x" * 1_001),
    ],
)
def test_a_wrong_field_is_named_and_what_was_typed_stays(
    browser: Browser, name: str, value: str
) -> None:
    village = builders.village()
    db.session.commit()
    slug = village.slug
    browser.get("villages.village", slug=slug)

    page = browser.post("villages.ask", form(**{name: value}), slug=slug, status=400)

    assert page.one(id=name).get("aria-invalid") == "true"
    kept = page.form_values(data_testid="visit-form")
    assert kept["email" if name != "email" else "name"]
    if "\x00" not in value:
        assert kept[name] == value
    assert asked() == 0


def test_somebody_who_asks_too_often_is_asked_to_wait(browser: Browser) -> None:
    village = builders.village()
    slug = village.slug
    db.session.commit()
    browser.get("villages.village", slug=slug)
    for _ in range(10):
        browser.post("villages.ask", form(people="0"), slug=slug, status=400)
    for number in range(6):
        browser.post("villages.ask", form(email=f"ann{number}@example.com"), slug=slug)

    browser.post("villages.ask", form(email="ann7@example.com"), slug=slug, status=429)

    assert asked() == 6


def test_a_product_names_its_village_and_the_home_page_a_few(browser: Browser) -> None:
    village = builders.village("Bản Chè")
    product = listed(make.producer())
    builders.makes(village, product)
    slug, public_id = product.slug, product.public_id
    db.session.commit()

    page = browser.get("catalogue.product", path=f"{slug}-{public_id}")

    assert "Bản Chè village" in page
    assert "Bản Chè village" in browser.get("catalogue.home")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_host_reads_and_accepts_in_its_language(
    browser: Browser, instance: Path, lang: str
) -> None:
    village = builders.village()
    request = builders.visit(village, language="en", note="Two children")
    number = request.number
    browser.sign_in(host_of(village))
    db.session.commit()
    browser.lang = lang

    assert number in browser.get("villages.desk_requests")
    page = browser.get("villages.desk_request", number=number)
    values = page.form_values(data_testid="answer-form")
    browser.post(
        "villages.desk_answer", values | {"reply": "See you", "answer": "accept"}, number=number
    )
    after = browser.get("villages.desk_request", number=number)
    db.session.rollback()
    deliver_due(clock=now)

    assert "See you" in after
    letter = letters(instance)["ann@example.com"]
    assert "accepted" in str(letter["Subject"])
    assert "See you" in body(letter)


def test_a_refusal_without_a_word_keeps_the_page(browser: Browser) -> None:
    village = builders.village()
    request = builders.visit(village)
    number = request.number
    browser.sign_in(host_of(village))
    db.session.commit()
    page = browser.get("villages.desk_request", number=number)
    values = page.form_values(data_testid="answer-form")

    refused = browser.post(
        "villages.desk_answer", values | {"answer": "decline"}, number=number, status=400
    )

    assert "Write to the guest why" in refused


def test_two_hosts_answer_one_request_and_the_second_is_told(browser: Browser) -> None:
    village = builders.village()
    request = builders.visit(village)
    number = request.number
    browser.sign_in(host_of(village))
    db.session.commit()
    values = browser.get("villages.desk_request", number=number).form_values(
        data_testid="answer-form"
    )
    browser.post("villages.desk_answer", values | {"answer": "accept"}, number=number)

    late = browser.post(
        "villages.desk_answer",
        values | {"answer": "decline", "reply": "Full"},
        number=number,
        status=409,
    )

    assert "in the meantime" in late
    assert late.form_values(data_testid="answer-form")["reply"] == "Full"
    db.session.rollback()
    assert db.session.scalars(select(VisitRequest.state)).all() == [VisitState.ACCEPTED]


@pytest.mark.parametrize(
    "values", [{"answer": "maybe"}, {"answer": "accept", "version": "x"}, {"answer": "accept"}]
)
def test_an_answer_that_is_none_is_refused(browser: Browser, values: dict[str, str]) -> None:
    village = builders.village()
    request = builders.visit(village)
    number = request.number
    browser.sign_in(host_of(village))
    db.session.commit()
    browser.get("villages.desk_request", number=number)

    browser.post("villages.desk_answer", values, number=number, status=400)


def test_another_villages_request_does_not_exist(browser: Browser) -> None:
    foreign = builders.visit(builders.village())
    number = foreign.number
    browser.sign_in(host_of(builders.village()))
    db.session.commit()

    mine = browser.get("villages.desk_requests")
    browser.get("villages.desk_request", number=number, status=404)
    browser.post("villages.desk_answer", {"answer": "accept"}, number=number, status=404)

    assert number not in mine
    assert "Nobody has asked for a visit yet" in mine


def test_the_desk_is_for_hosts(browser: Browser) -> None:
    browser.get("villages.desk_requests", status=303)
    browser.sign_in(make.user())
    db.session.commit()

    browser.get("villages.desk_requests", status=403)


def host_of(village: Village) -> Any:
    return make.user(Role.VILLAGE_HOST, Scope.village(village.id))


def listed(producer: Any) -> Any:
    product = make.registered(by=producer)
    make.listing(product)
    refresh_card(product.id, now=make.NOW)
    return product
