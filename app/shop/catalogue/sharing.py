"""The card of a product for those who share its page: linked by what it shows, drawn when first asked for."""

from __future__ import annotations

import re
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, Final

from flask import Response, abort, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.foundation.clock import today
from app.foundation.sharing import ShareCard, draw_card
from app.foundation.storage import storage
from app.places.queries import province
from app.shop.catalogue import queries
from app.shop.catalogue.cards import stars_on
from app.shop.catalogue.found import product_data
from app.web.access import public
from app.web.assets import FOREVER
from app.web.limits import limit
from app.web.locale import language
from app.web.meta import ShareImage, describe
from app.web.pictures import picture_data
from app.web.plumbing import site_settings
from app.web.structured import absolute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from flask.typing import ResponseReturnValue

    from app.programme.models import RegisteredProduct
    from app.programme.views import CertificateView
    from app.shop.catalogue.offers import Offer
    from app.vendors.views import ProducerCard as ProducerView

SITE: Final = "Chợ Phiên"
MOST_DRAWN: Final = "60 per minute; 600 per hour"
PATIENCE: Final = 2  # seconds; drawing takes about a tenth of one
_NAME: Final = re.compile(r"(?P<id>[0-9a-z]{1,12})-(?P<digest>[0-9a-f]{16})")
_drawing: Final = BoundedSemaphore(1)


def register(app: Flask) -> None:
    """Serve the cards beside the other pictures."""
    app.add_url_rule("/cards/<lang:lang>/<name>.jpg", "catalogue.share_card", share_card)


def card_of(row: Any) -> ShareCard:  # noqa: ANN401 - a row of the product's card
    """Say what a product's card shows today: stars only from a certificate that is valid."""
    lang = language()
    stars = stars_on(row._mapping, today())  # noqa: SLF001 - its public name
    far = province(row.province_code)
    return ShareCard(
        lang=lang,
        name=row.name.in_language(lang),
        site=SITE,
        producer=row.producer_name.in_language(lang) if row.producer_name else "",
        place=far.name.in_language(lang) if far else "",
        stars=stars,
        stars_words=ngettext("%(num)d OCOP star", "%(num)d OCOP stars", stars) if stars else "",
        picture_key=row.photo_key or "",
        note=_("Illustration") if row.is_illustrative or site_settings().is_demonstration else "",
    )


def card_image(row: Any) -> ShareImage:  # noqa: ANN401 - a row of the product's card
    """Link the card of a product, and say in words what it shows."""
    card = card_of(row)
    words = ", ".join(filter(None, (card.name, card.producer, card.place, card.stars_words)))
    return ShareImage(absolute(_address(row.public_id, card)), words)


def describe_product(
    found: RegisteredProduct,
    own: Any,  # noqa: ANN401 - the row of its card, or none
    *,
    offer: Offer | None,
    certificate: CertificateView | None,
    producer: ProducerView | None,
    crumbs: Sequence[tuple[str, str]],
) -> None:
    """Say what a product's page tells search engines and sharers, from what it has loaded."""
    image = card_image(own) if own else None
    is_real = not (offer and offer.is_illustrative)  # its buyers and their ratings are as real
    product = product_data(
        found,
        offer=offer,
        certificate=certificate,
        producer=producer,
        category=crumbs[-1][0] if crumbs else "",
        image=image.url if image else "",
        rating=(own.rating_total, own.rating_count) if own and is_real else (0, 0),
    )
    describe(kind="product", image=image, data=[product])


def _has_drawn(_response: Response) -> bool:
    return bool(g.get("share_card_drawn"))


@public
@limit(MOST_DRAWN, methods=("GET",), counts=_has_drawn)
def share_card(name: str) -> ResponseReturnValue:
    """Send a product's card; the address of an older one leads to today's."""
    said = _NAME.fullmatch(name) or abort(404)
    rows = queries.card_by_public_id(said["id"])
    if not rows:
        abort(404)
    card = card_of(rows[0])
    if said["digest"] != card.digest:
        return redirect(_address(said["id"], card), code=302)
    response = Response(_file(card), mimetype="image/jpeg")
    response.headers["Cache-Control"] = FOREVER
    # Other sites' pages may show it: that is what it is for.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _address(public_id: str, card: ShareCard) -> str:
    return url_for("catalogue.share_card", name=f"{public_id}-{card.digest}")


def _file(card: ShareCard) -> bytes:
    """Read the card, or draw and keep it; one at a time in a process, and others wait a little."""
    key = f"cards/{card.digest[:2]}/{card.digest}.jpg"
    try:
        return storage().get(key)
    except OSError:
        pass
    if not _drawing.acquire(timeout=PATIENCE):
        abort(503)
    try:
        data = draw_card(card, picture_data(card.picture_key))
    finally:
        _drawing.release()
    storage().put_at(key, data)
    g.share_card_drawn = True
    return data
