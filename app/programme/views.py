"""What pages show of certificates."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import segno
from flask import url_for
from markupsafe import Markup

from app.web.plumbing import site_settings

if TYPE_CHECKING:
    from datetime import date

    from app.programme.models import Certificate


class CertificateStanding(StrEnum):
    """What a certificate is worth on a day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateView:
    """A certificate as a panel shows it."""

    serial: str
    stars: int
    decision: str
    issuer: str
    issued_on: date
    expires_on: date
    revoked_on: date | None
    grounds: str | None
    is_demonstration: bool
    standing: CertificateStanding
    url: str
    qr_svg: Markup


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was found: a link where the source is one, and its words."""

    words: str
    url: str | None


def standing_of(certificate: Certificate, *, on: date) -> CertificateStanding:
    """Say what a certificate is worth on a day."""
    if certificate.revoked_on is not None:
        return CertificateStanding.REVOKED
    if on < certificate.issued_on:
        return CertificateStanding.NOT_YET
    if on > certificate.expires_on:
        return CertificateStanding.EXPIRED
    return CertificateStanding.VALID


def certificate_view(certificate: Certificate, *, lang: str, on: date) -> CertificateView:
    """Prepare a certificate for its panel, with the QR code of its check page."""
    path = url_for("programme.certificate", serial=certificate.serial)
    return CertificateView(
        serial=certificate.serial,
        stars=certificate.stars,
        decision=certificate.decision,
        issuer=certificate.authority.name.in_language(lang),
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        revoked_on=certificate.revoked_on,
        grounds=certificate.revocation_grounds,
        is_demonstration=certificate.is_demonstration,
        standing=standing_of(certificate, on=on),
        url=path,
        qr_svg=qr_svg(site_settings().base_url + path),
    )


@lru_cache(maxsize=1_024)
def qr_svg(address: str) -> Markup:
    """Draw an address of ours as a QR code; nothing else is ever put into one (S18).

    Choosing the best mask costs milliseconds, so that a drawing is kept.
    """
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2
    )
    return Markup(drawing.getvalue().decode("ascii"))  # noqa: S704 - drawn here, from our own address


def source_of(text: str) -> Source:
    """Split what a source field holds into a link, when it begins with one, and the words."""
    first = text.split(" ", 1)[0]
    is_link = urlsplit(first).scheme in {"http", "https"} and bool(urlsplit(first).netloc)
    return Source(urlsplit(first).netloc if is_link else text, first if is_link else None)
