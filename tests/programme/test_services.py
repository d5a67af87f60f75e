from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.foundation.actors import SYSTEM, Role, Scope
from app.foundation.audit import AuditEntry
from app.foundation.database import db
from app.foundation.errors import InvalidInputError, NotPermittedError
from app.foundation.work import unit_of_work
from app.programme import services
from app.programme.models import Authority, Certificate, RegisteredProduct
from app.programme.queries import (
    category_by_slug,
    certificate_by_serial,
    product_by_public_id,
    valid_certificate,
)
from app.shop.catalogue.models import ProductCard
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from flask import Flask

    from app.foundation.actors import Actor


def _authority() -> Authority:
    return db.session.scalars(select(Authority).where(Authority.is_demonstration)).one()


def _issue(product: RegisteredProduct, **values: Any) -> Certificate:
    wanted: dict[str, Any] = {
        "actor": SYSTEM,
        "authority": _authority(),
        "stars": 4,
        "decision": "12/QĐ-MH",
        "issued_on": make.TODAY,
        "now": make.NOW,
    }
    return services.issue_certificate(product, **(wanted | values))


def _register(actor: Actor = SYSTEM, **values: Any) -> RegisteredProduct:
    wanted: dict[str, Any] = {
        "actor": actor,
        "name": {"vi": "Chè xanh", "en": "Green tea"},
        "producer_id": None,
        "set_code": "11",
        "province_code": "08",
        "commune_code": "00706",
        "now": make.NOW,
    }
    return services.register_product(**(wanted | values))


def test_a_registered_product_has_a_card_at_once(app: Flask) -> None:
    with unit_of_work():
        product = _register()

    card = db.session.get(ProductCard, product.id)
    assert card is not None
    assert (card.name["en"], card.industry_code, card.is_listed) == ("Green tea", "I", False)


def test_a_producer_registers_its_own_product_only(app: Flask) -> None:
    own, other = make.producer(), make.producer()
    actor = make.actor(Role.PRODUCER_OWNER, Scope.producer(own.id))

    product = _register(actor, producer_id=own.id)

    assert product.producer_id == own.id
    with pytest.raises(NotPermittedError):
        _register(actor, producer_id=other.id)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": {"vi": "  ", "en": "Tea"}}),
        ("name", {"name": {"vi": "x" * 201}}),
        ("name", {"name": {"vi": "Chè\x00"}}),
        ("set_code", {"set_code": "I.5"}),
        ("set_code", {"set_code": "99"}),
        ("province_code", {"province_code": "99", "commune_code": None}),
        ("commune_code", {"commune_code": "00004"}),
    ],
)
def test_a_product_that_cannot_be_is_not_registered(
    app: Flask, field: str, values: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        _register(**values)

    assert refused.value.field == field


def test_a_certificate_gives_stars_from_its_first_day_to_its_last(app: Flask) -> None:
    certificate = _issue(make.registered(), issued_on=date(2024, 2, 29))

    assert certificate.expires_on == date(2027, 2, 28)
    assert not certificate.is_valid_on(date(2024, 2, 28))
    assert certificate.is_valid_on(date(2024, 2, 29))
    assert certificate.is_valid_on(date(2027, 2, 28))
    assert not certificate.is_valid_on(date(2027, 3, 1))


def test_issuing_writes_the_star_on_the_card_and_the_trail(app: Flask) -> None:
    with unit_of_work():
        product = make.registered()
        certificate = _issue(product)

    card = db.session.get_one(ProductCard, product.id)
    assert (card.certified_stars, card.certified_from) == (4, make.TODAY)
    trail = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "certificate.issued"))
    assert trail.one().subject == f"certificate:{certificate.serial}"


def test_the_demonstration_authority_marks_its_certificates(app: Flask) -> None:
    certificate = _issue(make.registered())

    assert certificate.is_demonstration
    assert certificate.serial.startswith("MH-2026-")


@pytest.mark.parametrize("stars", [0, 1, 2, 6, True])
def test_only_three_four_or_five_stars_are_certified(app: Flask, stars: int) -> None:
    with pytest.raises(InvalidInputError):
        _issue(make.registered(), stars=stars)


def test_an_authority_certifies_its_own_province(app: Flask) -> None:
    hanoi = make.add(Authority(key="hanoi", name=make.both("Hà Nội"), province_code="01"))

    with pytest.raises(InvalidInputError):
        _issue(make.registered(province_code="08"), authority=hanoi)

    assert _issue(make.registered(province_code="01"), authority=hanoi).serial.startswith("OCOP-")


@pytest.mark.parametrize("role", [None, Role.PRODUCER_OWNER, Role.OFFICER])
def test_others_issue_and_revoke_nothing(app: Flask, role: Role | None) -> None:
    product = make.registered(by=make.producer())
    certificate = make.certificate(product)
    actor = make.actor(role)

    with pytest.raises(NotPermittedError):
        _issue(product, actor=actor)
    with pytest.raises(NotPermittedError):
        services.revoke_certificate(certificate, actor=actor, grounds="x", now=make.NOW)


def test_revoking_takes_the_star_off_with_the_same_commit(app: Flask) -> None:
    with unit_of_work():
        product = make.registered()
        certificate = _issue(product)

    with unit_of_work():
        services.revoke_certificate(
            certificate, actor=SYSTEM, grounds="False dossier", now=make.NOW
        )

    assert db.session.get_one(ProductCard, product.id).certified_stars is None
    assert certificate.revoked_on == make.TODAY
    assert not certificate.is_valid_on(make.TODAY)
    with pytest.raises(services.CertificateRevokedError):
        services.revoke_certificate(certificate, actor=SYSTEM, grounds="Again", now=make.NOW)


def test_revoking_needs_grounds(app: Flask) -> None:
    certificate = make.certificate(make.registered())

    with pytest.raises(InvalidInputError):
        services.revoke_certificate(certificate, actor=SYSTEM, grounds="  ", now=make.NOW)


def test_of_two_valid_certificates_the_one_with_more_stars_counts(app: Flask) -> None:
    product = make.registered()
    make.certificate(product, 3, issued_on=make.TODAY)
    best = make.certificate(product, 5, issued_on=make.TODAY - timedelta(days=400))
    make.certificate(product, 5, issued_on=make.TODAY - timedelta(days=1_200))

    assert valid_certificate(product, on=make.TODAY) == best


def test_a_recognition_reaches_the_card(app: Flask) -> None:
    product = _register()

    services.record_recognition(
        product, stars=4, year=2021, decision="7/QĐ", source_url="https://example.test/"
    )

    card = db.session.get_one(ProductCard, product.id)
    assert (card.recognised_stars, card.recognised_year) == (4, 2021)
    with pytest.raises(InvalidInputError):
        services.record_recognition(product, stars=6, year=2021, decision=None, source_url="x")


def test_a_product_is_read_with_all_its_page_tells_in_one_statement(app: Flask) -> None:
    product = make.registered(by=make.producer())
    make.recognition(product)
    serial, public_id = make.certificate(product).serial, product.public_id
    db.session.commit()
    db.session.expunge_all()

    with counted_statements() as seen:
        found = product_by_public_id(public_id)
        assert found is not None
        assert found.producer
        assert found.recognitions
        assert found.certificates[0].authority.name

    assert len(seen) == 1
    assert product_by_public_id("nothing") is None
    assert certificate_by_serial(serial) is not None


def test_a_category_answers_to_its_address_in_both_languages(app: Flask) -> None:
    tea = category_by_slug("che")

    assert tea is not None
    assert tea == category_by_slug("tea")
    assert (tea.line, tea.sets) == (("I", "I.5"), ("11",))
    assert category_by_slug("nothing") is None
