"""What the catalogue does when something happens in the register, or a picture is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.foundation.clock import now
from app.shop.catalogue.photos import swap_key
from app.shop.catalogue.queries import product_ids_of
from app.shop.catalogue.services import refresh_card, refresh_cards

if TYPE_CHECKING:
    from app.foundation.picture_store import PictureDrawn
    from app.programme.events import (
        CertificateIssued,
        CertificateRevoked,
        ProductRegistered,
        RecognitionRecorded,
    )
    from app.vendors.events import ProducerMoved


def on_register_change(event: ProductRegistered | CertificateIssued | CertificateRevoked) -> None:
    """Write the card in the transaction of the change, so that no page shows a star too long."""
    refresh_card(event.product_id, now=event.at)


def on_producer_moved(event: ProducerMoved) -> None:
    """Let the cards of a producer's products name its new address."""
    refresh_cards(product_ids_of(event.producer_id), now=event.at)


def on_recognition(event: RecognitionRecorded) -> None:
    """Write the card with what a source reports."""
    refresh_card(event.product_id, now=now())


def on_picture_drawn(event: PictureDrawn) -> None:
    """Show the drawn picture wherever the one just received stood."""
    swap_key(event.old_key, event.new_key, now=event.at)
