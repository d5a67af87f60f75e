"""How products and lists are found: their sitemaps, and what their pages tell machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import url_for
from flask_babel import gettext as _

from app.foundation.clock import local_date, today
from app.places.queries import provinces
from app.programme.queries import categories
from app.shop.catalogue import facets, narrowing, queries
from app.web.locale import LANGUAGES, language
from app.web.sitemaps import Entry
from app.web.structured import (
    CURRENCY,
    SCHEMA,
    Node,
    absolute,
    item_list,
    node,
    rating_data,
    site_data,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.programme.models import RegisteredProduct
    from app.programme.views import CertificateView
    from app.shop.catalogue.forms import ListQuery
    from app.shop.catalogue.offers import Choice, Offer
    from app.shop.catalogue.views import ProductCard
    from app.vendors.views import ProducerCard

MOST_STARS: Final = 5


def product_entries(offset: int, limit: int) -> Iterable[Entry]:
    """List a stretch of the products' pages, in one statement."""
    bases = {lang: url_for("catalogue.products", lang=lang) for lang in LANGUAGES}
    day = today()
    return [
        Entry(
            {lang: f"{base}/{row.slug}-{row.public_id}" for lang, base in bases.items()},
            max(
                one
                for one in (
                    local_date(row.changed_at),
                    row.certified_from
                    if row.certified_from and row.certified_from <= day
                    else None,
                )
                if one
            ),
        )
        for row in queries.product_addresses(offset, limit)
    ]


def province_entries(offset: int, limit: int) -> Iterable[Entry]:
    """List the pages of the provinces."""
    bases = {lang: url_for("catalogue.provinces_page", lang=lang) for lang in LANGUAGES}
    return [
        Entry({lang: f"{base}/{one.slug}" for lang, base in bases.items()})
        for one in provinces()[offset : offset + limit]
    ]


def list_entries(offset: int, limit: int) -> Iterable[Entry]:
    """List the product list and its ways in that hold something: each category, province and star."""
    return _lists()[offset : offset + limit]


def list_count() -> int:
    """Count the lists."""
    return len(_lists())


def _lists() -> list[Entry]:
    counts = facets.count(narrowing.Filters(), today=today())
    found: list[Mapping[str, str]] = [dict.fromkeys(LANGUAGES, "")]
    found += [
        {lang: f"?category={one.slug.in_language(lang)}" for lang in LANGUAGES}
        for one in categories()
        if any(counts.sets.get(code) for code in one.sets or (one.code,))
    ]
    found += [
        dict.fromkeys(LANGUAGES, f"?province={one.slug}")
        for one in provinces()
        if counts.provinces.get(one.code)
    ]
    found += [
        dict.fromkeys(LANGUAGES, f"?star={stars}")
        for stars in narrowing.STARS
        if counts.stars.get(stars)
    ]
    bases = {lang: url_for("catalogue.products", lang=lang) for lang in LANGUAGES}
    return [Entry({lang: bases[lang] + query for lang, query in one.items()}) for one in found]


def is_landing(query: ListQuery, total: int) -> bool:
    """Whether a list stands for itself: narrowed by one of category, province and star at most.

    Words, prices, sellers, places and combinations make more lists than anybody wants to find, and each says
    what a wider one says too; a seller's products are on the producer's page.
    """
    chosen = [one for one in (query.category, query.province, query.star) if one]
    others = (
        query.q
        or query.seller
        or query.scopes
        or query.price_min is not None
        or query.price_max is not None
    )
    return bool(total) and len(chosen) <= 1 and not others


def own_parameters(query: ListQuery, lang: str) -> dict[str, str]:
    """Write what makes a list the list it is, in a language: how it is sorted does not."""
    pairs = query.parameters(lang)
    pairs.pop("sort", None)
    return pairs | ({"page": str(query.page)} if query.page > 1 else {})


def list_data(cards: Sequence[ProductCard], *, total: int, first: int) -> list[Node]:
    """Describe a page of the list."""
    urls = [one.url for one in cards]
    return [item_list(urls, total=total, first=first)] if cards else []


def home_data() -> list[Node]:
    """Describe the shop and its search."""
    return site_data(
        name="Chợ Phiên",
        home=url_for("catalogue.home"),
        search=url_for("catalogue.products"),
        description=_(
            "Specialities of Vietnamese villages, with star certificates anyone can check."
        ),
        lang=language(),
    )


def product_data(
    found: RegisteredProduct,
    *,
    offer: Offer | None,
    certificate: CertificateView | None,
    producer: ProducerCard | None,
    category: str,
    image: str,
    rating: tuple[int, int] = (0, 0),
) -> Node:
    """Describe a product with what its page has loaded; `rating` is the sum and the number of ratings."""
    lang = language()
    url = url_for("catalogue.product", path=f"{found.slug}-{found.public_id}")
    total, count = rating
    return node(
        "Product",
        id_=f"{absolute(url)}#it",
        name=found.name.in_language(lang),
        alternateName=[text for code, text in found.name.items() if code != lang],
        url=absolute(url),
        productID=found.public_id,
        sku=offer.first.sku if offer else None,
        category=category,
        description=_description(found, offer, lang),
        image=_images(offer, image),
        brand=node("Brand", name=producer.name) if producer else None,
        manufacturer=node("Organization", name=producer.name, url=absolute(producer.url))
        if producer
        else None,
        countryOfOrigin=node("Country", name="VN"),
        additionalProperty=_stars(certificate) if certificate else None,
        hasCertification=_certification(certificate) if certificate else None,
        aggregateRating=rating_data(total=total, count=count),
        offers=_offers(offer, absolute(url), producer) if offer else None,
    )


def _description(found: RegisteredProduct, offer: Offer | None, lang: str) -> str:
    words = offer.summary.in_language(lang) if offer else found.name.in_language(lang)
    is_made_up = found.is_illustrative or bool(offer and offer.is_illustrative)
    if not is_made_up:
        return words
    return (
        f"{words} {_('Illustrative: price, stock and pictures are made up for the demonstration.')}"
    )


def _images(offer: Offer | None, card: str) -> list[str]:
    pictures = offer.pictures if offer else []
    return [absolute(one.largest) for one in pictures] + ([absolute(card)] if card else [])


def _stars(certificate: CertificateView) -> Node:
    return node(
        "PropertyValue",
        name=_("OCOP stars"),
        value=certificate.stars,
        minValue=1,
        maxValue=MOST_STARS,
        url=absolute(certificate.url),
    )


def _certification(certificate: CertificateView) -> Node:
    return node(
        "Certification",
        name=_("Demonstration certificate: not issued by any authority.")
        if certificate.is_demonstration
        else _("OCOP certificate"),
        certificationIdentification=certificate.serial,
        issuedBy=node("Organization", name=certificate.issuer),
        datePublished=certificate.issued_on.isoformat(),
        validFrom=certificate.issued_on.isoformat(),
        expires=certificate.expires_on.isoformat(),
        certificationStatus=f"{SCHEMA}/CertificationActive",
        certificationRating=node(
            "Rating", ratingValue=certificate.stars, bestRating=MOST_STARS, worstRating=1
        ),
        url=absolute(certificate.url),
    )


def _offers(offer: Offer, url: str, producer: ProducerCard | None) -> Node:
    """Describe one choice as an offer, and several as what they cost together with each of them."""
    seller = (
        node("Organization", name=producer.name, url=absolute(producer.url)) if producer else None
    )
    each = [_offer(one, url, seller) for one in offer.choices]
    if len(each) == 1:
        return each[0]
    prices = [one.price.dong for one in offer.choices]
    return node(
        "AggregateOffer",
        lowPrice=min(prices),
        highPrice=max(prices),
        priceCurrency=CURRENCY,
        offerCount=len(each),
        availability=_availability(offer.first),
        offers=each,
    )


def _offer(choice: Choice, url: str, seller: Node | None) -> Node:
    return node(
        "Offer",
        name=choice.label,
        sku=choice.sku,
        url=url,
        price=choice.price.dong,
        priceCurrency=CURRENCY,
        availability=_availability(choice),
        itemCondition=f"{SCHEMA}/NewCondition",
        seller=seller,
    )


def _availability(choice: Choice) -> str:
    if not choice.is_available:
        return f"{SCHEMA}/OutOfStock"
    return f"{SCHEMA}/{'InStoreOnly' if choice.is_only_collected else 'InStock'}"
