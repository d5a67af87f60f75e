"""What happens to registered products and their certificates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.foundation.events import Event

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRegistered(Event):
    """A product entered the register."""

    product_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionRecorded(Event):
    """A star that a source reports was noted."""

    product_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateIssued(Event):
    """A product has stars, from the certificate's first day."""

    product_id: int
    certificate_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRevoked(Event):
    """A certificate gives no stars any more."""

    product_id: int
    certificate_id: int
    at: datetime
