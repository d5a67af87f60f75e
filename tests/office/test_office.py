from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.foundation.actors import Permission, Role, Scope
from app.foundation.audit import AuditEntry
from app.foundation.clock import today
from app.foundation.database import db
from app.foundation.errors import NotPermittedError
from app.foundation.outbox import MessageState, OutboxMessage
from app.office.queries.register import (
    OrganisationFilter,
    ProductFilter,
    organisations,
    overview,
    products,
)
from app.office.services import retry_message
from app.vendors.models import ProducerKind
from tests.support import make

if TYPE_CHECKING:
    from app.foundation.actors import Actor
    from tests.support.browser import Browser

COMMUNE = Scope.territory("01", "00004")
PROVINCE = Scope.territory("01")
COUNTRY = Scope.territory()


@pytest.fixture
def register(app: Any) -> dict[str, Any]:
    """Three organisations with a product each: two communes of Hà Nội, and another province."""
    near = make.producer("Gốm Ba Đình", province_code="01", commune_code="00004")
    beside = make.producer(
        "Trà Ngọc Hà", province_code="01", commune_code="00008", kind=ProducerKind.ENTERPRISE
    )
    far = make.producer("Chè Tuyên Quang")
    rows = {
        "near": make.registered("Bình gốm đẹp", "Fine vase", by=near),
        "beside": make.registered("Trà sen", "Lotus tea", by=beside),
        "far": make.registered("Chè Shan", "Shan tea", by=far),
        "nowhere": make.registered("Cốm", "Young rice", province_code="01"),
    }
    make.certificate(rows["near"], stars=5, issued_on=today() - timedelta(days=1_000))
    make.certificate(rows["beside"], stars=4, issued_on=today() - timedelta(days=10))
    make.certificate(rows["beside"], stars=5, revoked_on=today())
    make.certificate(rows["far"], stars=3, issued_on=today() - timedelta(days=2_000))
    make.recognition(rows["far"], stars=4, year=2022)
    make.recognition(rows["near"], stars=4, year=2020)
    db.session.commit()
    return rows


def officer(scope: Scope) -> Actor:
    return make.actor(Role.OFFICER, scope)


def names(actor: Actor) -> set[str]:
    page = products(actor, ProductFilter(), on=today(), number=1)
    return {row.name["en"] for row in page.items}


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (COMMUNE, {"Fine vase"}),
        (PROVINCE, {"Fine vase", "Lotus tea", "Young rice"}),
        (COUNTRY, {"Fine vase", "Lotus tea", "Young rice", "Shan tea"}),
        (Scope.territory("68"), set()),
    ],
)
@pytest.mark.usefixtures("register")
def test_an_officer_sees_the_products_of_its_territory_only(scope: Scope, seen: set[str]) -> None:
    assert names(officer(scope)) == seen


@pytest.mark.usefixtures("register")
def test_somebody_without_a_territory_sees_nothing() -> None:
    assert names(make.actor()) == set()
    assert organisations(make.actor(), OrganisationFilter(), number=1).total == 0


@pytest.mark.usefixtures("register")
def test_organisations_are_scoped_searched_and_filtered() -> None:
    actor = officer(PROVINCE)

    def found(**values: Any) -> list[str]:
        page = organisations(actor, OrganisationFilter(**values), number=1)
        return [row.name["vi"] for row in page.items]

    assert found() == ["Gốm Ba Đình", "Trà Ngọc Hà"]
    assert found(words="ba dinh") == ["Gốm Ba Đình"]
    assert found(words="gốm") == ["Gốm Ba Đình"]
    assert found(words="ENGLISH") == ["Gốm Ba Đình", "Trà Ngọc Hà"]
    assert found(words="???") == []
    assert found(kind=ProducerKind.ENTERPRISE) == ["Trà Ngọc Hà"]
    assert found(province_code="08") == []


@pytest.mark.usefixtures("register")
def test_an_overview_is_counted_from_the_rows_of_the_territory() -> None:
    country = overview(officer(COUNTRY), on=today())
    commune = overview(officer(COMMUNE), on=today())

    assert country.organisations == {ProducerKind.COOPERATIVE: 2, ProducerKind.ENTERPRISE: 1}
    assert country.products == 4
    assert country.certified == {5: 1, 4: 1}
    assert country.recognised == {4: 1}
    assert country.expiring == 1
    assert commune.organisations == {ProducerKind.COOPERATIVE: 1}
    assert (commune.products, commune.certified, commune.recognised) == (1, {5: 1}, {})


@pytest.mark.usefixtures("register")
def test_products_are_filtered_by_stars_and_by_what_ends_soon() -> None:
    actor = officer(COUNTRY)

    def found(**values: Any) -> set[str]:
        page = products(actor, ProductFilter(**values), on=today(), number=1)
        return {row.name["en"] for row in page.items}

    assert found(stars=5) == {"Fine vase"}
    assert found(stars=4) == {"Lotus tea"}
    assert found(stars=0) == {"Young rice", "Shan tea"}
    assert found(is_expiring=True) == {"Fine vase"}
    assert found(words="binh gom") == {"Fine vase"}
    assert found(words="lotus") == {"Lotus tea"}


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_commune_officer_opens_its_desk(browser: Browser, lang: str) -> None:
    browser.sign_in(make.user(Role.OFFICER, COMMUNE))
    db.session.commit()
    browser.lang = lang

    desk = browser.get("office.office")
    listed = browser.get("office.office_products")
    makers = browser.get("office.office_organisations")

    assert "Ba Đình" in desk.texts(data_testid="territory")[0]
    assert len(listed.all(data_testid="product-row")) == 1
    assert len(makers.all(data_testid="organisation-row")) == 1
    assert "Tuyên Quang" not in listed.one(id="main").itertext()


@pytest.mark.usefixtures("register")
def test_a_star_is_shown_for_a_valid_certificate_only(browser: Browser) -> None:
    browser.sign_in(make.user(Role.OFFICER, COUNTRY))
    db.session.commit()

    page = browser.get("office.office_products")

    link = next(one for one in page.all("a") if "Fine vase" in "".join(one.itertext()))
    assert "Fine vase" in browser.open(str(link.get("href")))
    badges = [badge.get("data-stars") for badge in page.all(data_testid="star-badge")]
    assert sorted(str(badge) for badge in badges) == ["4", "5"]
    assert "Recognised in 2022" in page


@pytest.mark.parametrize(
    ("endpoint", "query"),
    [
        ("office.office_products", "stars=9"),
        ("office.office_products", "expiring=yes"),
        ("office.office_products", "province=abc"),
        ("office.office_products", "page=abc"),
        ("office.office_organisations", "kind=giant"),
        ("office.office_organisations", "province=٠١"),
        ("office.office_organisations", "q=" + "x" * 201),
    ],
)
def test_a_filter_that_is_none_is_refused(browser: Browser, endpoint: str, query: str) -> None:
    browser.sign_in(make.user(Role.OFFICER, COUNTRY))
    db.session.commit()

    browser.open(f"{browser.url(endpoint)}?{query}", status=400)


@pytest.mark.parametrize("number", ["0", "2", "99999999"])
def test_a_page_that_is_not_is_not_found(browser: Browser, number: str) -> None:
    browser.sign_in(make.user(Role.OFFICER, COUNTRY))
    db.session.commit()

    browser.open(f"{browser.url('office.office_products')}?page={number}", status=404)


def test_an_empty_territory_says_so(browser: Browser) -> None:
    browser.sign_in(make.user(Role.OFFICER, Scope.territory("68")))
    db.session.commit()

    assert "No product of your territory matches" in browser.get("office.office_products")
    assert "No organisation of your territory" in browser.get("office.office_organisations")


@pytest.mark.parametrize("endpoint", ["office.office", "office.office_products", "office.messages"])
def test_the_desk_is_for_officers(browser: Browser, endpoint: str) -> None:
    browser.get(endpoint, status=303)
    browser.sign_in(make.user(Role.VILLAGE_HOST, Scope.village(1)))
    db.session.commit()

    browser.get(endpoint, status=403)


def dead(**values: Any) -> OutboxMessage:
    made: OutboxMessage = make.add(
        OutboxMessage(
            **{
                "topic": "villages.tell_host",
                "payload": {"secret": "of nobody's concern"},
                "state": MessageState.DEAD,
                "attempts": 24,
                "due_at": make.NOW,
                "created_at": make.NOW,
                "last_error": "ConnectionRefusedError",
            }
            | values
        )
    )
    return made


def test_an_operator_tries_a_dead_message_again(browser: Browser) -> None:
    message_id = dead().id
    browser.sign_in(make.user(Role.OPERATOR, COUNTRY))
    db.session.commit()
    page = browser.get("office.messages")

    browser.post("office.retry", message_id=message_id)
    browser.post("office.retry", message_id=message_id)

    assert "ConnectionRefusedError" in page
    assert "nobody's concern" not in page
    db.session.rollback()
    message = db.session.scalars(select(OutboxMessage)).one()
    assert (message.state, message.attempts) == (MessageState.PENDING, 0)
    assert db.session.scalars(select(AuditEntry.action)).all() == ["message.retried"]
    assert "Every message has been delivered" in browser.get("office.messages")


def test_an_officer_does_not_see_messages(browser: Browser) -> None:
    browser.sign_in(make.user(Role.OFFICER, COUNTRY))
    db.session.commit()

    browser.get("office.messages", status=403)
    assert "Undelivered messages" not in browser.get("office.office")


@pytest.mark.usefixtures("app")
def test_only_an_operator_tries_messages_again() -> None:
    message = dead()

    with pytest.raises(NotPermittedError):
        retry_message(message.id, actor=officer(COUNTRY), now=make.NOW)

    assert not officer(COUNTRY).may(Permission.MESSAGE_RETRY)
