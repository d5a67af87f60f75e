"""Writing the register: products, recognitions, certificates and their end."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING, Any, Final

from app.foundation import audit
from app.foundation.actors import Permission, Scope
from app.foundation.clock import local_date
from app.foundation.database import db
from app.foundation.errors import IllegalMoveError, InvalidInputError
from app.foundation.events import emit
from app.foundation.localized import LocalizedText
from app.foundation.text import clean, random_id, slugify
from app.places.models import Commune, Province
from app.programme import queries
from app.programme.events import (
    CertificateIssued,
    CertificateRevoked,
    ProductRegistered,
    RecognitionRecorded,
)
from app.programme.models import (
    Authority,
    CategoryLevel,
    Certificate,
    Recognition,
    RegisteredProduct,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from app.foundation.actors import Actor

MONTHS_VALID: Final = 36  # 26/2026/QĐ-TTg, art. 4.3
CRITERIA_SET: Final = "QD26-2026"
PUBLIC_ID: Final = 8
SERIAL: Final = 8
LEAST_STARS: Final = 3
MOST_STARS: Final = 5
LONGEST_NAME: Final = 200
LONGEST_DECISION: Final = 200
LONGEST_GROUNDS: Final = 2_000


class CertificateRevokedError(IllegalMoveError):
    """The certificate was revoked before."""

    code = "certificate_revoked"


def register_product(  # noqa: PLR0913 - what the register asks of a product
    *,
    actor: Actor,
    name: Mapping[str, str | None],
    producer_id: int | None,
    set_code: str,
    province_code: str,
    commune_code: str | None,
    now: datetime,
    printed_origin: str | None = None,
    is_illustrative: bool = False,
) -> RegisteredProduct:
    """Enter a product in the register.

    Raises `NotPermittedError`, and `InvalidInputError` for a text, set or place that cannot be.
    """
    scope = Scope.territory(province_code) if producer_id is None else Scope.producer(producer_id)
    actor.must(Permission.PRODUCT_REGISTER, scope)
    names = product_name(name)
    chosen = queries.category(set_code)
    if chosen is None or chosen.level is not CategoryLevel.SET:
        raise InvalidInputError(field="set_code")
    if db.session.get(Province, province_code) is None:
        raise InvalidInputError(field="province_code")
    if commune_code is not None:
        commune = db.session.get(Commune, commune_code)
        if commune is None or commune.province_code != province_code:
            raise InvalidInputError(field="commune_code")
    product = RegisteredProduct(
        public_id=random_id(PUBLIC_ID),
        slug=slugify(names["vi"]),
        name=names,
        producer_id=producer_id,
        set_code=set_code,
        province_code=province_code,
        commune_code=commune_code,
        printed_origin=printed_origin,
        is_illustrative=is_illustrative,
        registered_at=now,
    )
    db.session.add(product)
    db.session.flush()
    _record("product.registered", f"product:{product.id}", actor, now, {"name": names["vi"]})
    emit(ProductRegistered(product_id=product.id, at=now))
    return product


def record_recognition(
    product: RegisteredProduct,
    *,
    stars: int | None,
    year: int | None,
    decision: str | None,
    source_url: str,
) -> Recognition:
    """Note a star that a source reports; it is history and never gives a badge.

    Only imports of published sources call this. Raises `InvalidInputError` for impossible stars.
    """
    if stars is not None and not 1 <= stars <= MOST_STARS:
        raise InvalidInputError(field="stars")
    recognition = Recognition(
        product_id=product.id, stars=stars, year=year, decision=decision, source_url=source_url
    )
    db.session.add(recognition)
    db.session.flush()
    db.session.expire(product, ["recognitions"])
    emit(RecognitionRecorded(product_id=product.id))
    return recognition


def issue_certificate(
    product: RegisteredProduct,
    *,
    actor: Actor,
    authority: Authority,
    stars: int,
    decision: str,
    issued_on: date,
    now: datetime,
) -> Certificate:
    """Give a product stars for 36 months.

    Raises `NotPermittedError`, and `InvalidInputError` for stars other than 3, 4 and 5, for no
    decision, and for an authority of another province (26/2026/QĐ-TTg, art. 4).
    """
    actor.must(Permission.CERTIFICATE_ISSUE, Scope.territory(product.province_code))
    if type(stars) is not int or not LEAST_STARS <= stars <= MOST_STARS:
        raise InvalidInputError(field="stars")
    words = clean(decision)
    if not words or len(words) > LONGEST_DECISION:
        raise InvalidInputError(field="decision")
    if authority.province_code not in {None, product.province_code}:
        raise InvalidInputError(field="authority")
    certificate = Certificate(
        serial=new_serial(authority, issued_on),
        product_id=product.id,
        authority_id=authority.id,
        stars=stars,
        decision=words,
        criteria_set=CRITERIA_SET,
        issued_on=issued_on,
        expires_on=months_after(issued_on, MONTHS_VALID),
        is_demonstration=authority.is_demonstration,
    )
    db.session.add(certificate)
    db.session.flush()
    db.session.expire(product, ["certificates"])
    _record(
        "certificate.issued",
        f"certificate:{certificate.serial}",
        actor,
        now,
        {"product": product.id, "stars": stars, "decision": words},
    )
    emit(CertificateIssued(product_id=product.id, certificate_id=certificate.id, at=now))
    return certificate


def revoke_certificate(
    certificate: Certificate, *, actor: Actor, grounds: str, now: datetime
) -> None:
    """End a certificate at once; the star goes from every page with the same commit.

    Raises `NotPermittedError`, `CertificateRevokedError`, and `InvalidInputError` without grounds.
    """
    product = certificate.product
    actor.must(Permission.CERTIFICATE_ISSUE, Scope.territory(product.province_code))
    if certificate.revoked_on is not None:
        raise CertificateRevokedError
    words = clean(grounds)
    if not words or len(words) > LONGEST_GROUNDS:
        raise InvalidInputError(field="grounds")
    certificate.revoked_on = local_date(now)
    certificate.revocation_grounds = words
    db.session.flush()
    _record(
        "certificate.revoked",
        f"certificate:{certificate.serial}",
        actor,
        now,
        {"product": product.id, "grounds": words},
    )
    emit(CertificateRevoked(product_id=product.id, certificate_id=certificate.id, at=now))


def product_name(name: Mapping[str, str | None]) -> LocalizedText:
    """Check a name in two languages. Raises `InvalidInputError` without a Vietnamese one."""
    try:
        cleaned = {lang: clean(text or "") for lang, text in name.items() if lang in {"vi", "en"}}
    except ValueError as error:
        raise InvalidInputError(field="name") from error
    if not cleaned.get("vi") or any(len(text) > LONGEST_NAME for text in cleaned.values()):
        raise InvalidInputError(field="name")
    return LocalizedText.of(cleaned)


def new_serial(authority: Authority, issued_on: date) -> str:
    """Draw a number that tells a demonstration certificate (MH, minh họa) at first sight."""
    kind = "MH" if authority.is_demonstration else "OCOP"
    return f"{kind}-{issued_on.year}-{random_id(SERIAL).upper()}"


def months_after(day: date, months: int) -> date:
    """Count calendar months on; the last day of a shorter month stands for a day it lacks."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def _record(
    action: str, subject: str, actor: Actor, now: datetime, details: dict[str, Any]
) -> None:
    audit.record(action, subject, actor=actor, now=now, details=details)
