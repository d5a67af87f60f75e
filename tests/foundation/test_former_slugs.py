"""Addresses that change: old links lead to the new one, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.foundation.actors import NOBODY, SYSTEM, Role, Scope
from app.foundation.audit import AuditEntry
from app.foundation.clock import now
from app.foundation.database import db
from app.foundation.errors import InvalidInputError, NotPermittedError
from app.foundation.former_slugs import FormerSlug, SlugTakenError
from app.shop.catalogue.models import ProductCard
from app.showrooms import services as showroom_services
from app.vendors import services as vendor_services
from app.villages import services as village_services
from tests.shop.catalogue.sale import on_sale
from tests.showrooms import builders as showrooms
from tests.support import make
from tests.villages import builders as villages

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.support.browser import Browser

KINDS: dict[str, tuple[Callable[[], Any], Any]] = {
    "producers": (make.producer, vendor_services.change_slug),
    "showrooms": (showrooms.showroom, showroom_services.change_slug),
    "villages": (villages.village, village_services.change_slug),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_old_address_leads_to_the_new_one(browser: Browser, kind: str, lang: str) -> None:
    build, change_slug = KINDS[kind]
    thing = build()
    old = thing.slug

    change_slug(thing, "another", actor=SYSTEM, now=now())
    change_slug(thing, "a-third", actor=SYSTEM, now=now())
    db.session.commit()

    for former in (old, "another"):
        moved = browser.open(f"/{lang}/{kind}/{former}?utm=1&q=ch%C3%A8", status=301)
        assert moved.location == f"/{lang}/{kind}/a-third?utm=1&q=ch%C3%A8"
    assert browser.open(f"/{lang}/{kind}/a-third").status == 200
    browser.open(f"/{lang}/{kind}/never-was", status=404)
    entry = db.session.query(AuditEntry).filter_by(subject=f"{kind}:{thing.id}").first()
    assert entry is not None
    assert entry.details == {"before": old, "after": "another"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_only_who_may_gives_addresses(app: Flask, kind: str) -> None:
    build, change_slug = KINDS[kind]
    thing = build()
    clerks = (
        NOBODY,
        make.actor(Role.PRODUCER_OWNER, Scope.producer(thing.id)),
        make.actor(Role.VILLAGE_HOST, Scope.village(thing.id)),
    )

    for actor in clerks:
        with pytest.raises(NotPermittedError):
            change_slug(thing, "another", actor=actor, now=now())

    assert db.session.query(FormerSlug).count() == 0


def test_an_address_that_is_or_was_another_s_is_refused(app: Flask) -> None:
    first, second = make.producer("A"), make.producer("B")
    old = first.slug
    vendor_services.change_slug(first, "first", actor=SYSTEM, now=now())

    for taken in ("first", old):
        with pytest.raises(SlugTakenError):
            vendor_services.change_slug(second, taken, actor=SYSTEM, now=now())


def test_one_may_go_back_to_an_address_of_one_s_own(browser: Browser) -> None:
    maker = make.producer()
    old = maker.slug

    vendor_services.change_slug(maker, "new-one", actor=SYSTEM, now=now())
    vendor_services.change_slug(maker, old, actor=SYSTEM, now=now())
    vendor_services.change_slug(maker, old, actor=SYSTEM, now=now())
    db.session.commit()

    assert browser.open(f"/en/producers/{old}").status == 200
    assert browser.open("/en/producers/new-one", status=301).location == f"/en/producers/{old}"


@pytest.mark.parametrize("slug", ["", "Có dấu", "a b", "-a", "a--b", "A", "a" * 81, "a/b", "../x"])
def test_what_is_no_address_is_refused(app: Flask, slug: str) -> None:
    with pytest.raises(InvalidInputError):
        vendor_services.change_slug(make.producer(), slug, actor=SYSTEM, now=now())


def test_the_same_address_in_another_kind_is_free(app: Flask) -> None:
    maker, store = make.producer(), showrooms.showroom()
    vendor_services.change_slug(maker, "pho-co", actor=SYSTEM, now=now())

    showroom_services.change_slug(store, "pho-co", actor=SYSTEM, now=now())

    assert (maker.slug, store.slug) == ("pho-co", "pho-co")


def test_products_name_the_new_address_of_their_producer(app: Flask) -> None:
    maker = make.producer()
    product = on_sale(by=maker)

    vendor_services.change_slug(maker, "new-one", actor=SYSTEM, now=now())

    assert db.session.get_one(ProductCard, product.id).producer_slug == "new-one"
